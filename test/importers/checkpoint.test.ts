import {isDeepStrictEqual} from "node:util";
import {describe, expect, it} from "vitest";
import {KNOWN_NETWORKS} from "../../src/engine/known-networks.js";
import type {Model} from "../../src/engine/model.js";
import {plan, weightShapes} from "../../src/engine/plan.js";
import {readCheckpointIndex} from "../../src/formats/checkpoint.js";
import {answered} from "../../src/importers/answered.js";
import {checkpointNetwork} from "../../src/importers/checkpoint-network.js";
import {importCheckpoint} from "../../src/importers/import.js";
import type {Answers} from "../../src/engine/questions.js";
import type {ImportedModel} from "../../src/importers/questions.js";
import {
  globalStep,
  mobileNetV3Variables,
  pyramidVariables,
  releaseVariables,
  resNetVariables,
  slots,
  xceptionVariables
} from "../fixtures/checkpoint/release-variables.js";
import {checkpoint, filesOf} from "../formats/written-checkpoint.js";
import type {WrittenVariable} from "../formats/written-checkpoint.js";

const CARD = {name: "trained", license: "", source: "", measured: ""};
const TINY = {width: 0.1, classes: 7, channels: {aspp: 8, skip: 4, decoder: 8}} as const;
const variables = releaseVariables(TINY);

function read(variables: readonly WrittenVariable[], answers: Answers = {}): Promise<ImportedModel> {
  const {index, data} = checkpoint(variables);
  return importCheckpoint(index, filesOf(data), CARD, answers);
}

async function imported(variables: readonly WrittenVariable[], answers: Answers = {}): Promise<Model> {
  return answered(await read(variables, answers), answers);
}

async function questions(variables: readonly WrittenVariable[]) {
  return (await read(variables)).questions!.map(({about, usual}) => [about, usual]);
}

const without = (name: RegExp) => variables.filter((variable) => !name.test(variable.name));
const changed = (name: string, change: Partial<WrittenVariable>) =>
  variables.map((variable) => (variable.name === name ? {...variable, ...change} : variable));

describe("a checkpoint of the release's training", () => {
  it.each([
    ["v3+, separable", TINY, ["image_pooling", "conv_1x1", "atrous", "atrous", "atrous"], true],
    ["v3+, full convolutions", {...TINY, separable: false}, ["image_pooling", "conv_1x1", "atrous", "atrous", "atrous"], true],
    ["v3, one atrous branch", {...TINY, channels: {aspp: 8}, atrous: 1}, ["image_pooling", "conv_1x1", "atrous"], false],
    [
      "v3 as the released MobileNetV2, without atrous branches",
      {...TINY, channels: {aspp: 8}, atrous: 0},
      ["image_pooling", "conv_1x1"],
      false
    ]
  ] as const)("is recognised: %s", async (_, options, branches, hasDecoder) => {
    const {network} = await imported(releaseVariables(options));
    const {aspp, decoder, activation} = network.head;
    expect(aspp.branches.map(({kind}) => kind)).toEqual(branches);
    expect(
      aspp.branches.every(
        (branch) =>
          branch.kind !== "atrous" || branch.separable === (options as {separable?: boolean}).separable || !("separable" in options)
      )
    ).toBe(true);
    expect(decoder.map(({lowLevelEndPoint, lowLevelChannels}) => [lowLevelEndPoint, lowLevelChannels])).toEqual(
      hasDecoder ? [["block_02/depthwise", 4]] : []
    );
    expect([network.classes, activation, network.backbone.options["width"]]).toEqual([7, "relu", 0.1]);
  });

  it.each([0.35, 1])("of a MobileNetV2 of width %d is recognised, expansions of eights and all", (width) => {
    // Names and shapes are all that is looked at.
    const {index} = checkpoint(releaseVariables({width, classes: 21, channels: {aspp: 256, skip: 48, decoder: 256}, valued: false}));
    const {network} = checkpointNetwork(readCheckpointIndex(index));
    expect(network.backbone.options["width"]).toBeCloseTo(width, 2);
    expect(network.classes).toBe(21);
  });

  it.each([
    [
      "Xception-65",
      xceptionVariables(8, TINY),
      {"backbone/middle_03/separable_2/pointwise": "xception_65/middle_flow/block1/unit_3/xception_module/separable_conv2_pointwise"},
      {family: "xception", skip: "entry_2/separable_2/pointwise", grid: [1, 1, 1]}
    ],
    [
      "ResNet-50, beta",
      resNetVariables(32, "3x3", TINY),
      {"backbone/root_2": "resnet_v1_50/conv1_2", "backbone/block_3_unit_5/conv": "resnet_v1_50/block3/unit_5/bottleneck_v1/conv2"},
      {family: "resnet_v1", skip: "block_1_unit_2/restore", grid: [1, 2, 4]}
    ],
    [
      "ResNet-50",
      resNetVariables(32, "7x7", TINY),
      {"backbone/root": "resnet_v1_50/conv1", "backbone/block_4_unit_1/shortcut": "resnet_v1_50/block4/unit_1/bottleneck_v1/shortcut"},
      {family: "resnet_v1", skip: "block_1_unit_2/restore", grid: [1, 2, 4]}
    ]
  ] as const)("of %s is recognised, and each layer gets its variables", async (_, variables, places, {family, skip, grid}) => {
    const {network, weights} = await imported(variables);
    expect([network.backbone.family, network.padding, network.head.decoder[0]?.lowLevelEndPoint]).toEqual([family, "fixed", skip]);
    expect(Object.fromEntries(Object.entries(weights).map(([name, {shape}]) => [name, [...shape]]))).toEqual(weightShapes(network));
    const {layers} = checkpointNetwork(readCheckpointIndex(checkpoint(variables).index));
    for (const [ours, theirs] of Object.entries(places)) expect(layers.get(ours)!.variables.kernel).toBe(`${theirs}/weights`);
    expect(await questions(variables)).toContainEqual(["grid", grid]);
    const rates = ({network}: Model) =>
      plan(network, {height: 65, width: 65})
        .units.slice(-3)
        .map(({rate}) => rate);
    if (family === "resnet_v1") expect([rates(await imported(variables)), rates(await imported(variables, {grid: [1, 1, 1]}))]).toEqual([[2, 4, 8], [2, 2, 2]]); // prettier-ignore
  });

  it.each(["large", "small"] as const)("of MobileNetV3 %s with R-ASPP is recognised, and each layer gets its variables", (size) => {
    const variables = mobileNetV3Variables(size, {classes: 19, channels: {aspp: 128}, valued: false});
    const {network, layers, questions} = checkpointNetwork(readCheckpointIndex(checkpoint(variables).index));
    expect(network).toEqual(KNOWN_NETWORKS.find(({name}) => name === `mobilenet_v3_${size}_seg`)!.build());
    expect(Object.fromEntries([...layers].map(([ours, {variables}]) => [ours, variables.kernel]))).toMatchObject({
      "backbone/block_05/squeeze/reduce": "MobilenetV3/expanded_conv_5/squeeze_excite/Conv/weights",
      "backbone/block_05/squeeze/expand": "MobilenetV3/expanded_conv_5/squeeze_excite/Conv_1/weights",
      "backbone/last": "MobilenetV3/Conv_1/weights",
      "aspp/gate": "image_pooling/weights",
      "decoder/deep": "decoder/decoder_conv0/weights"
    });
    expect(questions).toEqual([]);
  });

  it("of MobileNetV3 with a pyramid is recognised, too", async () => {
    const other = mobileNetV3Variables("small", {...TINY, valued: false}).filter(({name}) => name.startsWith("MobilenetV3/"));
    const {network} = checkpointNetwork(readCheckpointIndex(checkpoint([...other, ...pyramidVariables(288, 16, TINY)]).index));
    expect([network.backbone.options, network.head.decoder[0]?.lowLevelEndPoint]).toEqual([{size: "small"}, "block_00/depthwise"]);
  });

  it("of the plain ResNet takes the mean from the photo and divides by nothing", async () => {
    const {weights} = await imported(resNetVariables(32, "7x7", TINY));
    const {scale, shift} = {scale: weights["backbone/normalise/scale"]!.values, shift: weights["backbone/normalise/shift"]!.values};
    // A photo's 0 and 255 are -1 and 1.
    expect([shift[0]! - scale[0]!, shift[0]! + scale[0]!]).toEqual([expect.closeTo(-123.15, 3), expect.closeTo(255 - 123.15, 3)]);
  });

  it("leaves out what the optimiser keeps, the step and the optimiser's own numbers", async () => {
    const bare = await imported(variables);
    const one = {shape: [], values: Float32Array.of(0.9)};
    const whole = [
      ...variables,
      ...slots(variables, "Adam"),
      ...slots(variables, "Adam_1"),
      ...slots(variables, "Momentum"),
      globalStep(3)
    ];
    const trained = await imported([...whole, {name: "beta1_power", ...one}, {name: "beta2_power", ...one}]);
    expect(isDeepStrictEqual(trained, bare)).toBe(true);
  });

  it("takes averages of variables in their place, or not where it is told so", async () => {
    const averages = slots(variables, "ExponentialMovingAverage").map((variable) => ({
      ...variable,
      values: variable.values.map((_, i) => i / 9)
    }));
    const both = [...variables, ...averages];
    const averaged = await imported(averages.map(({name, ...rest}) => ({...rest, name: name.replace("/ExponentialMovingAverage", "")})));
    const bare = await imported(variables);
    expect(isDeepStrictEqual(averaged, bare)).toBe(false);
    expect(isDeepStrictEqual(await imported(both), averaged)).toBe(true);
    expect(isDeepStrictEqual(await imported(averages), averaged)).toBe(true);
    expect(isDeepStrictEqual(await imported(both, {averages: false}), bare)).toBe(true);
    expect(await questions(both)).toContainEqual(["averages", true]);
  });

  it("asks for what it does not tell, and takes what is usual where nobody answers", async () => {
    expect(await questions(releaseVariables({...TINY, classes: 21, atrous: 4}))).toEqual([
      ["rates", [6, 12, 18, 24]],
      ["outputStride", 16],
      ["classes", expect.arrayContaining(["background", "aeroplane", "tvmonitor"])]
    ]);
    expect(await questions(releaseVariables({...TINY, classes: 19, atrous: 0}))).toEqual([
      ["classes", expect.arrayContaining(["road", "bicycle"])]
    ]);
    const rates = ({network}: Model) => network.head.aspp.branches.flatMap((branch) => (branch.kind === "atrous" ? [branch.rate] : []));
    expect(rates(await imported(variables))).toEqual([6, 12, 18]);
    const classes = ["a", "b", "c", "d", "e", "f", "g"];
    const told = await imported(variables, {rates: [12, 24, 36], classes});
    expect(rates(told)).toEqual([12, 24, 36]);
    expect(told.card).toMatchObject({name: "trained", classes});
    expect(rates(await imported(variables, {rates: [12, 24, 36], outputStride: 8}))).toEqual([6, 12, 18]);
  });

  it("refuses answers that do not fit", async () => {
    await expect(imported(variables, {rates: [6, 12]})).rejects.toThrow("The model has 3 atrous branches, but 2 rates are given for them.");
    await expect(imported(variables, {rates: [6, 12, 17], outputStride: 8})).rejects.toThrow(
      /^Rates are whole numbers from 1 up, also at output stride 16; 6, 12, 17 at output stride 8 are not/
    );
    await expect(imported(variables, {classes: ["a"]})).rejects.toThrow("The network has 7 classes, but 1 names are given.");
  });
});

describe("what is refused, in the file's own words:", () => {
  const scalar = {shape: [], values: Float32Array.of(1)};
  const list = {shape: [2], values: Float32Array.of(1, 2)};
  it.each<[string, readonly WrittenVariable[], RegExp]>([
    [
      "another network",
      [
        {name: "conv1/weights", ...list},
        {name: "fc1/weights", ...list}
      ],
      /2 variables, but none of a backbone that is read here: their names begin with conv1, fc1\. Give a DeepLab/
    ],
    ["no variables", [], /0 variables, but none of a backbone/],
    ["Keras", [{name: "_CHECKPOINTABLE_OBJECT_GRAPH", ...scalar, type: 7}], /saved by TensorFlow 2 or Keras/],
    [
      "simulated quantisation",
      [...variables, {name: "MobilenetV2/Conv/weights_quant/min", ...scalar}],
      /simulates quantisation \("MobilenetV2\/Conv\/weights_quant\/min"\)/
    ],
    [
      "a backbone alone",
      without(/^(aspp|concat|image|decoder|logits)/),
      /holds a MobileNetV2, but no "logits\/semantic", .* begin training with/
    ],
    ["no projection", without(/^concat_projection/), /but no "concat_projection"/],
    [
      "R-ASPP without its gate",
      mobileNetV3Variables("small", TINY).filter(({name}) => !name.startsWith("image_pooling")),
      /holds a MobileNetV3, but no "image_pooling"/
    ],
    [
      "MobileNetV3 of another width",
      mobileNetV3Variables("small", TINY).map((variable) =>
        variable.name === "MobilenetV3/Conv/weights" ? {...variable, shape: [3, 3, 3, 8]} : variable
      ),
      /DeepLab v3\+ on MobileNetV3 small, but "MobilenetV3\/Conv\/weights" has the shape \[3, 3, 3, 8\]/
    ],
    ["no branches", without(/^(aspp|image)/), /has a projection but no ASPP branch before it/],
    ["a layer too few", without(/expanded_conv_3\/depthwise/), /"MobilenetV2\/expanded_conv_3\/depthwise" is missing/],
    [
      "a layer too many",
      [...variables, {name: "MobilenetV2/expanded_conv_17/expand/weights", shape: [1, 1, 1, 2], values: Float32Array.of(1, 2)}],
      /also holds "MobilenetV2\/expanded_conv_17\/expand\/weights", which has no place/
    ],
    ["a list too many", [...variables, {name: "class_weights", ...list}], /also holds "class_weights", which has no place/],
    [
      "another shape",
      changed("aspp0/weights", {shape: [1, 1, 8, 32]}),
      /"aspp0\/weights" has the shape \[1, 1, 8, 32\] where \[1, 1, 32, 32\] is expected/
    ],
    ["a kernel without sides", changed("logits/semantic/weights", {shape: [56]}), /"logits\/kernel" has the shape \[56\]/],
    ["a norm without its kernel", without(/^aspp0\/weights/), /holds "aspp0\/BatchNorm\/beta", but no weights of "aspp0"/],
    [
      "a norm without its measurements",
      without(/^aspp0\/BatchNorm\/moving_/),
      /holds "aspp0\/BatchNorm\/gamma", but not the mean and variance/
    ],
    ["a norm of another size", changed("aspp0/BatchNorm/gamma", list), /"aspp0\/BatchNorm\/gamma" has the shape \[2\] for 8 channels/],
    [
      "a variance below none",
      changed("aspp0/BatchNorm/moving_variance", {values: new Float32Array(8).fill(-1)}),
      /"aspp\/conv_1x1\/kernel" holds values that are not numbers/
    ]
  ])("%s", async (_, variables, sentence) => {
    await expect(imported(variables)).rejects.toThrow(
      expect.objectContaining({name: expect.stringMatching(/FormatError|NotDeepLabError/), message: expect.stringMatching(sentence)})
    );
  });

  it("more classes than a mask has ids, before anything is made of that size", async () => {
    const {index, data} = checkpoint(changed("logits/semantic/weights", {shape: [1, 1, 8, 2 ** 30]}));
    await expect(importCheckpoint(index, filesOf(data), CARD)).rejects.toThrow(/1073741824 classes/);
  });

  it("files that are cut off at every tenth", async () => {
    const {index, data} = checkpoint(variables);
    for (let tenth = 0; tenth < 10; tenth++) {
      const cut = (bytes: Uint8Array) => bytes.subarray(0, Math.floor((bytes.length * tenth) / 10));
      await expect(importCheckpoint(cut(index), filesOf(data), CARD)).rejects.toThrow(/or it is cut off/);
      await expect(importCheckpoint(index, filesOf(data.map(cut)), CARD)).rejects.toThrow(/is cut off: it has/);
    }
  });
});
