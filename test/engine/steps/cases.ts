/** Small lists of steps that between them hold every kind, padding, stride, rate, sampling and activation; each ends in "end". */
import type {Aspp, DecoderStage, Network, Unit} from "../../../src/engine/network.js";
import {INPUT, StepList} from "../../../src/engine/step-list.js";
import {layHead} from "../../../src/engine/head.js";
import type {Activation} from "../../../src/engine/steps/activation.js";
import {SAMPLINGS} from "../../../src/engine/steps/upsample.js";
import {layUnit} from "../../../src/engine/units.js";
import {tiny} from "../../exactness/tiny.js";

export interface Case {
  readonly name: string;
  readonly list: StepList;
  readonly end: string;
}

const SIZE = {height: 7, width: 6, channels: 2};

function made(name: string, build: (steps: StepList) => string, size = SIZE): Case {
  const list = new StepList(size);
  return {name, end: build(list), list};
}

const ACTIVATED: readonly Activation[] = ["linear", "relu", "relu6", "sigmoid", "hard_sigmoid", "hard_swish"];
/** Kernel, stride, rate. The last of them are those that TensorFlow.js on WASM pads by less than nothing. */
const WINDOWS = [
  [[3, 3], 1, 1],
  [[3, 3], 2, 1],
  [[3, 3], 1, 2],
  [[3, 3], 2, 2],
  [[3, 3], 1, 6],
  [[1, 1], 2, 1],
  [[2, 3], 1, 1],
  [[4, 2], 2, 1],
  [[2, 2], 4, 1],
  [[2, 2], 3, 1]
] as const;

const windows: Case[] = (["same", "fixed", "valid"] as const).flatMap((padding) =>
  WINDOWS.filter(([kernel, , rate]) => padding !== "valid" || Math.max(...kernel) * rate < 6).flatMap(([kernel, stride, rate]) => {
    const text = `${kernel.join("x")}, stride ${stride}, rate ${rate}, ${padding}`;
    const options = {kernel, stride, rate, padding, activation: "linear"} as const;
    // 7 x 6 pads one side evenly and the other not; at 8 x 7 kernel 2 with stride 4 would pad by less than nothing.
    const size = stride > kernel[0] ? {height: 8, width: 7, channels: 2} : SIZE;
    return [
      made(`conv ${text}`, (steps) => steps.conv("end", INPUT, {...options, channels: 3}), size),
      made(`depthwise ${text}`, (steps) => steps.depthwise("end", INPUT, options), size)
    ];
  })
);

const activations: Case[] = ACTIVATED.flatMap((activation) => [
  made(`conv, ${activation}`, (steps) => steps.conv("end", INPUT, {kernel: 1, channels: 3, activation})),
  made(`depthwise without bias, ${activation}`, (steps) => steps.depthwise("end", INPUT, {kernel: 3, activation, bias: false})),
  made(`scale and shift, ${activation}`, (steps) => steps.batchNorm("end", INPUT, activation)),
  made(`an activation by itself, ${activation}`, (steps) => steps.activation("end", INPUT, activation)),
  made(`a sum, ${activation}`, (steps) =>
    steps.add("end", [INPUT, steps.conv("other", INPUT, {kernel: 1, channels: 2, activation: "linear"})], activation)
  )
]);

const pools: Case[] = (["max", "mean"] as const).flatMap((pool) => [
  ...(["same", "fixed", "valid"] as const).flatMap((padding) =>
    (
      [
        [[3, 3], 2],
        [[2, 3], 1],
        [[1, 1], 2]
      ] as const
    ).map(([window, stride]) =>
      made(`${pool} ${window.join("x")}, stride ${stride}, ${padding}`, (steps) =>
        steps.pool("end", INPUT, {pool, window, stride, padding})
      )
    )
  ),
  made(`${pool} over all`, (steps) => steps.pool("end", INPUT, {pool, window: "all", stride: 1, padding: "valid"})),
  // The gradient of TensorFlow.js's max pool on WASM loses what is not above zero.
  made(`${pool} of negative values`, (steps) => {
    const sigmoid = steps.activation("sigmoid", INPUT, "sigmoid");
    const negative = steps.push("affine", "negative", [sigmoid], {scale: true, shift: true, activation: "linear"});
    return steps.pool("end", negative, {pool, window: [3, 3], stride: 2, padding: "same"});
  })
]);

pools.push(
  made("mean 3x2, stride 2 down and 1 to the right, valid", (steps) =>
    steps.pool("end", INPUT, {pool: "mean", window: [3, 2], stride: [2, 1], padding: "valid"})
  )
);

const margins: Case[] = [
  made("conv 1x1, a margin of 2", (steps) => steps.conv("end", INPUT, {kernel: 1, channels: 3, padding: {margin: 2}, activation: "relu6"})),
  made("depthwise, stride 2, a margin of 1", (steps) =>
    steps.depthwise("end", INPUT, {kernel: 3, stride: 2, padding: {margin: 1}, activation: "linear"})
  )
];

const others: Case[] = [
  made("a sum of three, one of them a single cell", (steps) =>
    steps.add("end", [INPUT, steps.mean("mean", INPUT), steps.conv("conv", INPUT, {kernel: 3, channels: 2, activation: "relu"})])
  ),
  made("a product of two maps", (steps) =>
    steps.multiply("end", INPUT, steps.conv("conv", INPUT, {kernel: 1, channels: 2, activation: "sigmoid"}))
  ),
  made("a product with a gate of a single cell", (steps) => steps.multiply("end", steps.mean("mean", INPUT), INPUT)),
  made("a concatenation, with one map twice", (steps) =>
    steps.concat("end", [INPUT, steps.conv("conv", INPUT, {kernel: 1, channels: 3, activation: "linear"}), INPUT])
  ),
  ...SAMPLINGS.flatMap((sampling) => [
    made(`larger, ${sampling}`, (steps) => steps.upsample("end", INPUT, 13, 9, sampling)),
    made(`smaller, ${sampling}`, (steps) => steps.upsample("end", INPUT, 4, 5, sampling)),
    made(`from a single cell, ${sampling}`, (steps) => steps.upsample("end", steps.mean("mean", INPUT), 4, 5, sampling))
  ])
];

function unit(name: string, description: Unit, size = {height: 7, width: 6, channels: 4}): Case {
  return made(
    name,
    (steps) =>
      layUnit(steps, description, {
        input: INPUT,
        output: "end",
        part: (part) => part,
        stride: description.stride,
        rate: description.stride > 1 ? 1 : 2,
        stridedPadding: "fixed"
      }).output,
    size
  );
}

const common = {name: "unit", channels: 4, activation: "relu"} as const;
const inverted = {...common, kind: "inverted", kernel: 3, inputChannels: 4, expandedChannels: 6, activation: "hard_swish"} as const;
const squeeze = {channels: 2, activation: "relu", gate: "hard_sigmoid"} as const;
const units: Case[] = [
  unit("an inverted unit with squeeze-and-excitation", {...inverted, stride: 1, squeeze, residual: true}),
  unit("an inverted unit that strides", {...inverted, kernel: 5, stride: 2, residual: false}),
  unit("an inverted unit with zeros around its input", {...inverted, stride: 1, zerosAround: "input", residual: true}),
  unit("an inverted unit with zeros around its input that strides", {...inverted, stride: 2, zerosAround: "input", residual: false}),
  unit("a convolution that strides without padding", {...common, kind: "conv", kernel: 3, stride: 2, padding: "valid"}),
  unit("a basic unit that strides", {...common, kind: "basic", stride: 2, shortcut: "projection"}),
  ...(["post", "pre"] as const).flatMap((order) =>
    (["identity", "projection"] as const).flatMap((shortcut) =>
      [1, 2].map((stride) =>
        unit(`a bottleneck, ${order}, ${shortcut}, stride ${stride}`, {
          ...common,
          kind: "bottleneck",
          order,
          shortcut,
          stride,
          reducedChannels: 2
        })
      )
    )
  ),
  unit("separable convolutions, ReLU before each, the skip a convolution", {
    ...common,
    kind: "separable",
    stride: 2,
    parts: [3, 3, 4],
    activationAt: "before",
    shortcut: "conv"
  }),
  unit("separable convolutions, ReLU inside, no skip", {
    ...common,
    kind: "separable",
    stride: 1,
    parts: [3, 3, 4],
    activationAt: "inside",
    shortcut: "none"
  })
];

/** A head on four channels, with the input as the skip. */
function head(name: string, aspp: Aspp, stage: DecoderStage, logits: "conv" | "decoder", network: Pick<Network, "sampling"> = {}): Case {
  return made(name, (steps) => {
    steps.conv("backbone/low", INPUT, {kernel: 3, channels: 3, activation: "relu"});
    const features = steps.conv("backbone/end", "backbone/low", {kernel: 3, channels: 4, stride: 2, activation: "hard_swish"});
    const described = {...tiny, ...network, head: {aspp, decoder: [stage], logits, activation: "relu"}, classes: 3} as const;
    return layHead(steps, described, features, {rates: [2], outputStride: 2}).output;
  });
}

const stage = {lowLevelEndPoint: "low", lowLevelChannels: 3} as const;
const heads: Case[] = [
  head(
    "ASPP and decoder of v3+",
    {
      branches: [
        {kind: "image_pooling", name: "image_pooling", channels: 2},
        {kind: "conv_1x1", name: "conv_1x1", channels: 2},
        {kind: "atrous", name: "atrous_0", channels: 2, rate: 2, separable: true}
      ],
      projectionChannels: 3
    },
    {...stage, merge: "concat", convolutions: [{name: "conv_0", channels: 3, separable: true}]},
    "conv"
  ),
  head(
    "half-pixel centres in decoder and logits, a convolution after ASPP",
    {
      branches: [{kind: "conv_1x1", name: "conv_1x1", channels: 3}],
      projectionChannels: 3,
      convolutions: [{name: "conv_0", channels: 2, separable: false}]
    },
    {...stage, merge: "concat", convolutions: [{name: "conv_0", channels: 3, separable: false}]},
    "conv",
    {sampling: "half_pixel"}
  ),
  head(
    "R-ASPP",
    {
      branches: [{kind: "conv_1x1", name: "conv_1x1", channels: 3}],
      projectionChannels: null,
      gate: {window: 5, stride: [2, 1], activation: "hard_sigmoid"}
    },
    {...stage, merge: "sum", convolutions: []},
    "decoder"
  )
];

export const CASES: readonly Case[] = [...windows, ...activations, ...pools, ...margins, ...others, ...units, ...heads];
