import {describe, expect, test} from "vitest";
import type {Network} from "../../src/engine/network.js";
import {plan} from "../../src/engine/plan.js";
import {FAMILIES} from "../../src/importers/families.js";
import type {Family} from "../../src/importers/families.js";
import {FAMILY_NAMES, WHAT_IS_READ} from "../../src/importers/recognise.js";
import {foldLayers} from "../../src/importers/fold.js";
import {findNetwork} from "../../src/importers/find-network.js";
import type {Margins, Operation} from "../../src/importers/operations.js";
import {mobileNetV2} from "../../src/engine/backbones/mobilenetv2.js";
import {mobileNetV3} from "../../src/engine/backbones/mobilenetv3.js";
import {resNetV1} from "../../src/engine/backbones/resnet.js";
import {xception} from "../../src/engine/backbones/xception.js";
import {v3PlusHead} from "../../src/engine/heads.js";
import {KNOWN_NETWORKS} from "../../src/engine/known-networks.js";
import {released} from "../../src/engine/released.js";
import {complete, quantisable, randomWeights} from "../engine/networks.js";
import {operationsOfSteps} from "./operations-of-steps.js";
import {operationsOf} from "./operations-of.js";
import type {GraphOptions} from "./operations-of.js";

const weights = randomWeights(complete);

describe("a v3+ with every kind of branch gets its canonical names, weights and rates", () => {
  const cases: [string, GraphOptions][] = [
    ["exported at output stride 16", {}],
    ["exported at output stride 8", {outputStride: 8}],
    ["exported at output stride 32", {outputStride: 32}],
    ["with its branches joined in another order", {branchOrder: [2, 1, 3, 0]}],
    ["with the decoder's skip first", {lowLevelFirst: true}]
  ];
  test.each(cases)("%s", (_, options) => {
    const found = findNetwork(foldLayers(operationsOf(complete, weights, options)));
    expect(found.weights).toEqual(weights);
    expect(found.network).toEqual(complete);
  });
});

describe("a network with nothing after its depthwise convolutions is found as such", () => {
  const bare = randomWeights(quantisable);
  const {steps} = plan(quantisable, {height: 257, width: 257});
  const find = (operations: ReadonlyMap<string, Operation>) => findNetwork(foldLayers(operations));

  test("without biases", () => {
    const found = find(operationsOfSteps(steps, bare));
    expect(found.network).toEqual(quantisable);
    expect(found.weights).toEqual(bare);
  });
  test("with biases that are zero, as files of TensorFlow Lite have", () => {
    const operations = [...operationsOfSteps(steps, bare)].map(([name, operation]): [string, Operation][] =>
      operation.op === "depthwise"
        ? [
            [`${name}/bare`, operation],
            [name, {op: "affine", input: `${name}/bare`, shift: new Float32Array(operation.kernel.shape[2]!)}]
          ]
        : [[name, operation]]
    );
    const found = find(new Map(operations.flat()));
    expect(found.network).toEqual(quantisable);
    expect(found.weights).toEqual(bare);
  });
  test("and, where one bias is not zero, as one with biases", () => {
    const biased: Network = {...quantisable, depthwise: {activation: "linear", bias: true}};
    const found = find(operationsOfSteps(plan(biased, {height: 257, width: 257}).steps, randomWeights(biased)));
    expect(found.network).toEqual(biased);
  });
});

test("operations may come in any order", () => {
  const reversed = new Map([...operationsOf(complete, weights)].toReversed());
  expect(findNetwork(foldLayers(reversed)).weights).toEqual(weights);
});

describe("what is not DeepLab is refused with what was found", () => {
  const network = released(0.5);
  const whole = [...operationsOf(network, randomWeights(network))];
  const refusal = (operations: readonly (readonly [string, Operation])[]) => () => findNetwork(foldLayers(new Map(operations)));
  const isConvolution = (operation: Operation) => operation.op === "conv" || operation.op === "depthwise";
  /** The operations before the n-th convolution. */
  const upTo = (convolutions: number) => {
    const ends = whole.flatMap(([, operation], index) => (isConvolution(operation) ? [index] : []));
    return whole.slice(0, ends[convolutions]);
  };

  test("a MobileNetV2 without head, as in a classifier", () => {
    expect(refusal(upTo(51))).toThrow(/network of 51 convolutions: a MobileNetV2, but no ASPP projection or logits layer/);
  });
  test("a network that breaks off after a few units", () => {
    expect(refusal(upTo(10))).toThrow(/not MobileNetV2: only 3 of 17 inverted residual units/);
  });
  test("a DeepLab without logits", () => {
    expect(refusal(upTo(54))).toThrow(/without a logits layer/);
  });
  test("a graph without convolutions", () => {
    expect(refusal([["a", {op: "other", inputs: []}]])).toThrow(/graph of 1 operations without a convolution/);
  });
  test("a network whose activations are mixed", () => {
    const changed = whole.map(([name, operation], index): [string, Operation] =>
      operation.op === "activation" && index < 10 ? [name, {...operation, activation: "relu"}] : [name, operation]
    );
    expect(refusal(changed)).toThrow(/backbone of this network mixes activations/);
  });
});

test("what to do with a refused file names every family that is read, as model files' sentences do", () => {
  const names = FAMILIES.map(({name}) => name);
  expect(Object.values(FAMILY_NAMES).toSorted()).toEqual(names.toSorted());
  expect(names.filter((name) => !WHAT_IS_READ.includes(name))).toEqual([]);
});

describe("the release's other backbones are found in their graphs, with every weight in its place", () => {
  const of = (backbone: Network["backbone"], padding: Network["padding"]): Network => ({
    ...complete,
    backbone,
    padding,
    head: v3PlusHead(backbone)
  });
  test.each<[string, Network]>([
    ["MobileNetV2 of width 0.35, its expansions in eights", of(mobileNetV2({width: 0.35, expansions: "in_eights"}), "same")],
    ["MobileNetV3, small", of(mobileNetV3({size: "small"}), "same")],
    ["ResNet-v1 50 with a multi-grid", of(resNetV1({width: 1 / 16, multiGrid: [1, 2, 4]}), "fixed")],
    ["Xception 41", of(xception({depth: 41, width: 1 / 8}), "fixed")]
  ])("%s", (_, network) => {
    const given = randomWeights(network);
    const found = findNetwork(foldLayers(operationsOfSteps(plan(network, {height: 257, width: 257, outputStride: 8}).steps, given)));
    expect(found.network).toEqual(network);
    expect(Object.keys(found.weights).toSorted()).toEqual(Object.keys(given).toSorted());
    const moved = Object.keys(given).filter((name) => found.weights[name]!.values.some((value, i) => value !== given[name]!.values[i]));
    expect(moved).toEqual([]);
  });
});

describe("R-ASPP of MobileNetV3 is found", () => {
  const {build, outputStride, size} = KNOWN_NETWORKS.find(({name}) => name === "mobilenet_v3_small_seg")!;
  const network = build();
  const given = randomWeights(network);
  const {steps} = plan(network, {height: size[0], width: size[1], outputStride});
  test("with its windows, their strides down and to the right, and its skip", () => {
    const found = findNetwork(foldLayers(operationsOfSteps(steps, given)));
    expect(found.network).toEqual(network);
    expect(found.weights).toEqual(given);
  });
  test("and where the skip is brought to the size that it has, as in the release's graphs", () => {
    const operations = operationsOfSteps(steps, given);
    const [sum] = [...operations].toReversed().find(([, {op}]) => op === "add")!;
    const {inputs} = operations.get(sum) as Extract<Operation, {op: "add"}>;
    operations.set("again", {op: "resize", input: inputs[1]!, mode: "corners", size: [129, 257]});
    operations.set(sum, {op: "add", inputs: [inputs[0]!, "again"]});
    expect(findNetwork(foldLayers(operations)).weights).toEqual(given);
  });
});

describe("another family is a line in the table", () => {
  const unit = {kind: "basic", channels: 6, stride: 1, shortcut: "identity", activation: "relu"} as const;
  const backbone: Network["backbone"] = {
    family: "toy",
    options: {},
    units: [
      {kind: "conv", name: "conv", kernel: 3, channels: 6, stride: 2, activation: "relu"},
      {kind: "pool", name: "pool", pool: "max", window: 3, channels: 6, stride: 4},
      {...unit, name: "unit_0"},
      {...unit, name: "unit_1", stride: 2, channels: 8, shortcut: "projection"}
    ],
    skips: {}
  };
  const toy: Family = {name: "Toy", units: {called: "toy units", prefix: "unit_"}, backbones: () => [{backbone, padding: "same"}]};
  const network: Network = {backbone, head: complete.head, classes: 5, padding: "same"};
  const withoutSkip: Network = {...network, head: {...network.head, decoder: []}};
  const toyWeights = randomWeights(withoutSkip);
  const operations = operationsOfSteps(plan(withoutSkip, {height: 257, width: 257}).steps, toyWeights);

  test("and its files are found, whatever families stand beside it", () => {
    for (const families of [
      [toy, ...FAMILIES],
      [...FAMILIES, toy]
    ]) {
      const found = findNetwork(foldLayers(operations), families);
      expect(found).toEqual({preparation: null, usual: "plus-minus-one", network: withoutSkip, weights: toyWeights});
    }
  });

  test("and the one that comes furthest is named, with the place", () => {
    const changed = new Map(
      [...operations].map(([name, operation]): [string, Operation] => [
        name,
        operation.op === "conv" && operation.kernel.shape[3] === 8 && operation.kernel.shape[0] === 1 && operation.stride === 2
          ? {...operation, stride: 3}
          : operation
      ])
    );
    expect(() => findNetwork(foldLayers(changed), [...FAMILIES, toy])).toThrow(
      /its backbone is not Toy: only 1 of 2 toy units were found; at "backbone\/unit_1\/shortcut" it should have a 1x1 convolution from 6 to 8 channels, stride 2, and has .*stride 3/
    );
  });
});

describe("what a file says besides kernels is honoured or refused", () => {
  const whole = operationsOf(complete, weights);
  /** The graph with some of its operations changed, or with others in their place. */
  const found = (change: (operation: Operation, name: string) => Operation | [string, Operation][]) =>
    findNetwork(
      foldLayers(
        new Map(
          [...whole].flatMap(([name, operation]): [string, Operation][] => {
            const changed = change(operation, name);
            return Array.isArray(changed) ? changed : [[name, changed]];
          })
        )
      )
    );
  const slides = (operation: Operation): operation is Extract<Operation, {op: "conv" | "depthwise"}> =>
    operation.op === "conv" || operation.op === "depthwise";
  const one = {before: [1, 1], after: [1, 1]} as const;
  const padded = (margins: Margins, isPadded: (stride: number) => boolean) => (operation: Operation, name: string) =>
    slides(operation) && isPadded(operation.stride) && operation.kernel.shape[0] === 3 && operation.rate === 1
      ? ([
          [`${name}/pad`, {op: "pad", input: operation.input, margins}],
          [name, {...operation, input: `${name}/pad`, padding: "valid"}]
        ] satisfies [string, Operation][])
      : operation;

  test("zeros on both sides before a stride are the description's", () => {
    const {network, weights: read} = found(padded(one, (stride) => stride === 2));
    expect(network).toEqual({...complete, padding: "fixed"});
    expect(read).toEqual(weights);
  });

  test("zeros behind alone, and none at all, are not what it can say", () => {
    expect(() => found(padded({before: [0, 0], after: [1, 1]}, (stride) => stride === 2))).toThrow(
      /at "backbone\/conv" it should have a 3x3 convolution from 3 to 8 channels, stride 2, relu6, and has .* padded by 0 and 0 before and 1 and 1 after/
    );
    expect(() => found((operation) => (slides(operation) ? {...operation, padding: "valid"} : operation))).toThrow(/padding "valid"/);
  });

  test("a mean in windows of the size to which it is enlarged is image pooling, in smaller ones it is not", () => {
    const pooled = (side: number) => (operation: Operation) => {
      if (operation.op === "mean") {
        const {input} = operation;
        return {op: "pool", input, kind: "mean", window: [33, 33], stride: [33, 33], padding: "valid"} satisfies Operation;
      }
      return operation.op === "resize" ? ({...operation, size: [side, side]} satisfies Operation) : operation;
    };
    expect(found(pooled(33)).weights).toEqual(weights);
    expect(() => found(pooled(65))).toThrow(
      /at "aspp\/image_pooling\/mean" it should have the mean over the map, and has .*the mean in windows of 33x33/
    );
  });

  test("how a graph prepares photos is told, and where it does not, nothing is", () => {
    const scaled = (scale: number, shift: number | number[]) => (operation: Operation, name: string) =>
      operation.op === "other"
        ? ([
            ["photo", operation],
            ["scaled", {op: "affine", input: "photo", scale: new Float32Array([scale])}],
            [name, {op: "affine", input: "scaled", shift: new Float32Array([shift].flat())}]
          ] satisfies [string, Operation][])
        : operation;
    expect(found(scaled(1 / 127.5, -1)).weights).toEqual(weights);
    const near = (...values: number[]) => values.map((value) => expect.closeTo(value, 3));
    const told = (scale: number, shift: number | number[]) => found(scaled(scale, shift)).preparation;
    expect(told(1 / 127.5, -1)).toEqual({mean: near(127.5, 127.5, 127.5), deviation: near(127.5, 127.5, 127.5)});
    expect(told(1 / 255, 0)).toEqual({mean: near(-0, -0, -0), deviation: near(255, 255, 255)});
    expect(told(1, [-123.15, -115.9, -103.06])).toEqual({mean: near(123.15, 115.9, 103.06), deviation: near(1, 1, 1)});
    expect(found((operation) => operation).preparation).toBeNull();
    expect(() => told(0, 0)).toThrow("The file is damaged: it multiplies the photo by zero.");
  });

  test("a rate that no output stride gives, another kernel, a missing sum: the place is named", () => {
    const units = [...whole].filter(([, operation]) => operation.op === "depthwise").map(([name]) => name);
    expect(() => found((operation, name) => (name === units[14] && slides(operation) ? {...operation, rate: 3} : operation))).toThrow(
      /only 14 of 17 inverted residual units were found; at "backbone\/block_14\/depthwise" it should have .* channels, rate 2, relu6, and has .*rate 3/
    );
    const [sum] = [...whole].filter(([, operation]) => operation.op === "add").map(([name]) => name);
    expect(() => found((operation, name) => (name === sum && operation.op === "add" ? {...operation, op: "multiply"} : operation))).toThrow(
      /at "backbone\/block_02" it should have a sum of 2, and has .*a product of 2/
    );
    expect(() => found((operation) => (slides(operation) && operation.rate === 12 ? {...operation, padding: "valid"} : operation))).toThrow(
      /a DeepLab on MobileNetV2, but at "aspp\/atrous_1" it should have .*rate 12, relu6, and has/
    );
  });
});
