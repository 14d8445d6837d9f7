import {VERSIONS, lineage} from "../../../engine/teaching/lineage.js";
import type {StateOf} from "../../../lab/state.js";
import type {AsppTable} from "../aspp/state.js";
import type {DecoderTable} from "../decoder/state.js";
import type {NetworkState, NetworkTable} from "../network/state.js";
import {LIKE_BUNDLED} from "../bundled-model.js";
import {list, photoAndModel, pictureLine, pointLines, torch} from "./figure-code.js";
import type {FigureCode, PhotoState} from "./figure-code.js";

/** The lessons that take the whole network: segmentation, ASPP, the decoder, the network. */

const SHARE = `const share = d3.mean(changed.mask.labels, (id, pixel) => Number(id !== trained.mask.labels[pixel]));`;

/** Three questions about a photo. */
export function segmentation(state: PhotoState & {readonly model: string}): FigureCode {
  return {
    cells: [
      photoAndModel(state, state.model),
      `const {mask, logits} = await run(net, picture, {size: 513, outputStride: 16});
display(show.mask(mask, {photo: picture}));`,
      `// what is where, and how much of it
const found = mask.shares.map(({name, share}) => ({name, share}));
display(show.table(found));`
    ],
    pytorch: torch(
      "logits = torch.rand(1, 21, 97, 129)  # a network's scores, a quarter of the photo",
      'scores = F.interpolate(logits, size=(385, 513), mode="bilinear", align_corners=True)',
      "mask = scores.argmax(1)",
      "classes, pixels = mask.unique(return_counts=True)"
    )
  };
}

type AsppState = StateOf<AsppTable> & PhotoState;

const settingOf = ({inputSize, outputStride}: {readonly inputSize: string | number; readonly outputStride: number}) =>
  `size: ${inputSize}, outputStride: ${outputStride}`;

/** The cells that run as the desk says: `changed`, and which branches that mutes. */
function deskCells(state: AsppState): string[] {
  const {rate1, rate2, rate3, muted} = state;
  return [
    `${photoAndModel(state)}
const options = {${settingOf(state)}, rates: [${rate1}, ${rate2}, ${rate3}]};`,
    `const branches = plan(net).branches;
const muted = branches.filter(({name}) => ${list(muted)}.includes(name)).map(({endPoint}) => [endPoint, "zero"]);
const changed = await replaced(net, picture, Object.fromEntries(muted), options);
display(show.mask(changed.mask, {photo: picture}));`
  ];
}

/** Five branches. */
export function desk(state: AsppState): FigureCode {
  const {rate1, rate2, rate3, outputStride} = state;
  const rates = [rate1, rate2, rate3].map((rate) => Math.max(1, Math.round((rate * 16) / outputStride)));
  return {
    cells: [...deskCells(state), `const trained = await run(net, picture, {${settingOf(state)}});\n${SHARE}`],
    pytorch: torch(
      "from torch import nn",
      "",
      "class ASPP(nn.Module):",
      "    def __init__(self, channels, width, rates):",
      "        super().__init__()",
      "        self.pool = nn.Conv2d(channels, width, 1)",
      "        self.one = nn.Conv2d(channels, width, 1)",
      "        self.atrous = nn.ModuleList(nn.Sequential(",
      "            nn.Conv2d(channels, channels, 3, padding=rate, dilation=rate, groups=channels),",
      "            nn.ReLU(), nn.Conv2d(channels, width, 1)) for rate in rates)",
      "        self.project = nn.Conv2d((2 + len(rates)) * width, width, 1)",
      "",
      "    def forward(self, x):",
      "        pooled = self.pool(x.mean((2, 3), keepdim=True)).expand(-1, -1, *x.shape[2:])",
      "        parts = [pooled, self.one(x), *(branch(x) for branch in self.atrous)]",
      "        return F.relu(self.project(torch.cat([F.relu(part) for part in parts], 1)))",
      "",
      `y = ASPP(160, 256, ${list(rates)})(torch.rand(1, 160, 33, 33))`
    ),
    tensorflow: `from tensorflow.keras import layers

def aspp(x, width=256, rates=${list(rates)}):
    pooled = layers.Conv2D(width, 1, activation="relu")(layers.GlobalAveragePooling2D(keepdims=True)(x))
    pooled = layers.UpSampling2D((x.shape[1], x.shape[2]))(pooled)
    parts = [pooled, layers.Conv2D(width, 1, activation="relu")(x)]
    for rate in rates:
        deep = layers.DepthwiseConv2D(3, padding="same", dilation_rate=rate, activation="relu")(x)
        parts.append(layers.Conv2D(width, 1, activation="relu")(deep))
    return layers.Conv2D(width, 1, activation="relu")(layers.Concatenate()(parts))`
  };
}

/** The logits at a point, and what each branch is worth to the highest. */
export function contributions(state: AsppState): FigureCode {
  return {
    cells: [
      ...deskCells(state),
      `${pointLines(state)}
// the logits of the cell nearest to the point
async function logitsAt({logits}) {
  const [, height, width] = logits.shape;
  const row = Math.round((y / (picture.height - 1)) * (height - 1));
  const column = Math.round((x / (picture.width - 1)) * (width - 1));
  return tf.slice(logits, [0, row, column, 0], [1, 1, 1, -1]).data();
}`,
      `const scores = await logitsAt(changed);
const winner = d3.maxIndex(scores);
const value = scores[winner];`,
      `// what it loses when one branch more is muted: the figure splits the sum itself
const losses = {};
for (const {name, endPoint} of branches) {
  const without = await replaced(net, picture, {...Object.fromEntries(muted), [endPoint]: "zero"}, options);
  losses[name] = value - (await logitsAt(without))[winner];
}
display(show.bars(losses, {label: changed.mask.classes[winner]}));`
    ]
  };
}

type DecoderState = StateOf<DecoderTable> & PhotoState;

/** What stands in the skip's place, in code; null where it is on. */
function inPlaceOfSkip({skip, other}: DecoderState): string | null {
  if (skip === "on") return null;
  return skip === "zeroed" ? '"zero"' : `await photo(${JSON.stringify(other)})`;
}

/** The cells that run with the skip as it is set: `changed`. */
function skipCells(state: DecoderState): string[] {
  const setting = settingOf(state);
  const place = inPlaceOfSkip(state);
  return [
    photoAndModel(state, state.model),
    `const skip = plan(net).skips.at(-1).endPoint;
const changed = ${place ? `await replaced(net, picture, {[skip]: ${place}}, {${setting}})` : `await run(net, picture, {${setting}})`};
display(show.mask(changed.mask, {photo: picture}));`
  ];
}

/** The skip, on, cut and transplanted. */
export function surgery(state: DecoderState): FigureCode {
  return {
    cells: [...skipCells(state), `const trained = await run(net, picture, {${settingOf(state)}});\n${SHARE}`],
    pytorch: torch(
      "from torch import nn",
      "",
      "class Decoder(nn.Module):",
      "    def __init__(self, channels=256, low=24, narrow=48, classes=21):",
      "        super().__init__()",
      "        separable = lambda c: nn.Sequential(nn.Conv2d(c, c, 3, padding=1, groups=c), nn.ReLU(),",
      "                                            nn.Conv2d(c, channels, 1), nn.ReLU())",
      "        self.low = nn.Sequential(nn.Conv2d(low, narrow, 1), nn.ReLU())",
      "        self.mix = nn.Sequential(separable(channels + narrow), separable(channels))",
      "        self.logits = nn.Conv2d(channels, classes, 1)",
      "",
      "    def forward(self, encoded, features):",
      '        larger = F.interpolate(encoded, features.shape[2:], mode="bilinear", align_corners=True)',
      `        skip = self.low(features)${state.skip === "zeroed" ? " * 0  # cut" : ""}`,
      "        return self.logits(self.mix(torch.cat([larger, skip], 1)))",
      "",
      "y = Decoder()(torch.rand(1, 256, 33, 33), torch.rand(1, 24, 129, 129))"
    )
  };
}

/** Through the decoder, stage by stage. */
export function stages(state: DecoderState): FigureCode {
  const {model, stage} = state;
  const setting = settingOf(state);
  const place = inPlaceOfSkip(state);
  const replacement = place ? `, replaced: {[made.skips.at(-1).endPoint]: ${place}}` : "";
  return {
    cells: [
      photoAndModel(state, model),
      `const made = plan(net, {photo: picture, ${setting}});
const stage = ${JSON.stringify(stage)};
const {taps} = await run(net, picture, {${setting}, taps: [stage]${replacement}});
const maps = taps[stage];`,
      `display(show.maps(maps, {count: 24}));
const [, height, width, channels] = maps.shape;
const mean = (await tf.mean(tf.abs(maps)).data())[0];`
    ]
  };
}

type WholeState = StateOf<NetworkTable> & PhotoState;

/** A head as the notebook writes it, where `backbone` is in scope. */
function headCode(version: (typeof VERSIONS)[number]): string {
  if (version === "v3") return "v3Head()";
  if (version === "v3+") return "v3PlusHead(backbone)";
  const {aspp} = lineage(version, LIKE_BUNDLED.network).head;
  const branches = aspp.branches
    .map((branch) =>
      JSON.stringify(branch)
        .replaceAll(/"(\w+)":/g, " $1: ")
        .replace("{ ", "{")
    )
    .join(", ");
  return `{...v3Head(), aspp: {branches: [${branches}], projectionChannels: ${aspp.projectionChannels}}}`;
}

/** The cells that make the network that is shown: `net`, and its `options`. */
function shownCells(state: WholeState): string[] {
  const {model, version, outputStride, inputSize, rate1, rate2, rate3} = state;
  const hasThree = version === "own" || version === "v3" || version === "v3+";
  const options = `const options = {size: ${inputSize}, outputStride: ${outputStride}${hasThree ? `, rates: [${rate1}, ${rate2}, ${rate3}]` : ""}};`;
  if (version === "own") return [`const net = await model(${JSON.stringify(model)});\n${options}`];
  return [
    `const {backbone} = (await model(${JSON.stringify(model)})).network;
const net = untrained(network({backbone, head: ${headCode(version)}}));
${options}`
  ];
}

/** The whole network, from photo to logits. */
export function whole(state: WholeState): FigureCode {
  return {
    cells: [
      ...shownCells(state),
      `const made = plan(net, options);
const {parameters, multiplyAdds, peakActivationBytes} = cost(made);
display(show.table(made.steps.map(({name, op, height, width, channels}) => ({name, op, height, width, channels}))));`
    ],
    pytorch: `import torch
from torchvision.models.segmentation import deeplabv3_resnet50

network = deeplabv3_resnet50(weights=None, weights_backbone=None)
parameters = sum(weight.numel() for weight in network.parameters())
logits = network.eval()(torch.rand(1, 3, ${state.inputSize}, ${state.inputSize}))["out"]`
  };
}

/** The chosen layer. */
export function layer(state: WholeState): FigureCode {
  return {
    cells: [
      `${pictureLine(state)}\n${shownCells(state).join("\n")}`,
      `const layer = ${JSON.stringify(state.layer)};
const maps = await tap(net, picture, layer, options);
display(show.maps(maps, {count: 24}));`,
      `const {extent, jump} = receptiveField(plan(net, options), layer); // in pixels`
    ],
    pytorch: `import torch
from torch import nn

network = nn.Sequential(nn.Conv2d(3, 16, 3, stride=2, padding=1), nn.ReLU())
taps = {}  # what flows out of a module, whatever network that is in
handle = network[0].register_forward_hook(lambda module, inputs, output: taps.update(layer=output.detach()))
network(torch.rand(1, 3, ${state.inputSize}, ${state.inputSize}))
handle.remove()`
  };
}

/** Where the multiplications are. */
export function costs(state: WholeState): FigureCode {
  return {
    cells: [
      ...shownCells(state),
      `const made = plan(net, options);
const heaviest = made.steps.toSorted((a, b) => b.multiplyAdds - a.multiplyAdds).slice(0, 10);
display(show.bars(heaviest.map(({name, multiplyAdds: value}) => ({name, value})), {label: "Multiply-adds"}));`,
      `const share = heaviest[0].multiplyAdds / cost(made).multiplyAdds;`
    ]
  };
}

/** Four papers, one backbone. */
export function papers({model, outputStride, inputSize}: Pick<NetworkState, "model" | "outputStride" | "inputSize">): FigureCode {
  return {
    cells: [
      `const {backbone} = (await model(${JSON.stringify(model)})).network;
const heads = {
${VERSIONS.map((version) => `  ${JSON.stringify(version)}: ${headCode(version)}`).join(",\n")}
};`,
      `const rows = Object.entries(heads).map(([version, head]) => ({
  version,
  ...cost(plan(network({backbone, head}), {size: ${inputSize}, outputStride: ${outputStride}}))
}));
display(show.table(rows));`
    ]
  };
}

/** The CRF behind v1 and v2, on the model's scores. */
export function refined(state: Pick<NetworkState, "model" | "outputStride" | "inputSize" | "crfIterations"> & PhotoState): FigureCode {
  const {model, inputSize, outputStride, crfIterations} = state;
  return {
    cells: [
      `${photoAndModel(state, model)}
const found = await run(net, picture, {size: ${inputSize}, outputStride: ${outputStride}});`,
      `// as coarse as what ASPP gives: v1 and v2 had no decoder
const step = (found.logits.shape[1] - 1) / (found.plan.featureHeight - 1);
const scores = {...found, logits: tf.stridedSlice(found.logits, [0, 0, 0, 0], found.logits.shape, [1, step, step, 1])};`,
      `const before = await crf(scores, picture, {iterations: 0, longestSide: ${inputSize}});
const after = await crf(scores, picture, {iterations: ${crfIterations}, longestSide: ${inputSize}});
display(show.mask(after, {photo: picture}));`,
      `const changed = d3.mean(after.labels, (id, pixel) => Number(id !== before.labels[pixel]));`
    ]
  };
}
