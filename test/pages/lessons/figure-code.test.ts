import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {modelNamed} from "../../../scripts/evaluate/model.js";
import {cost} from "../../../src/engine/cost.js";
import {labelsFromLogits} from "../../../src/engine/labels/labels.js";
import {differenceShare} from "../../../src/engine/labels/label-difference.js";
import {classShares} from "../../../src/engine/labels/pixel.js";
import {covered} from "../../../src/engine/labels/postprocess.js";
import type {Model} from "../../../src/engine/model.js";
import type {Network} from "../../../src/engine/network.js";
import type {Photo} from "../../../src/engine/photo.js";
import {plan, smallestPlan} from "../../../src/engine/plan.js";
import {atPrecision} from "../../../src/engine/precision.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {networkWeights} from "../../../src/engine/plan.js";
import {depthwiseFirst, roundings, spread} from "../../../src/engine/readings/rounding.js";
import {receptiveField} from "../../../src/engine/receptive-field.js";
import {released} from "../../../src/engine/released.js";
import {run} from "../../../src/engine/run.js";
import {atrousConvolution, validTapShares} from "../../../src/engine/teaching/atrous.js";
import {pathField} from "../../../src/engine/teaching/gridding.js";
import {stackFields} from "../../../src/engine/teaching/layer-stack.js";
import {shrunk, withBoxes} from "../../../src/engine/teaching/label-sizes.js";
import {VERSIONS, lineage} from "../../../src/engine/teaching/lineage.js";
import {resNetBlocks} from "../../../src/engine/teaching/multi-grid.js";
import {UNITS, residualUnit} from "../../../src/engine/teaching/residual-units.js";
import {separableCost} from "../../../src/engine/teaching/separable.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {inputFrom} from "../../../src/worker/inputs.js";
import {crossEntropy} from "../../../src/train/cross-entropy.js";
import {useBackend} from "../../backend.js";
import {samplePhoto} from "../../worker/notebook/in-node.js";
import {stateOf, valueOf} from "./code-in-node.js";

const codes = await import("../../../src/pages/lessons/code/index.js");
const {ATROUS_TABLE, KERNELS, PATCH} = await import("../../../src/pages/lessons/atrous/state.js");
const {strideTable} = await import("../../../src/pages/lessons/output-stride/state.js");
const {SEPARABLE_TABLE} = await import("../../../src/pages/lessons/separable/state.js");
const {RESIDUAL_TABLE} = await import("../../../src/pages/lessons/residual/state.js");
const {ASPP_TABLE} = await import("../../../src/pages/lessons/aspp/state.js");
const {decoderTable} = await import("../../../src/pages/lessons/decoder/state.js");
const {networkTable} = await import("../../../src/pages/lessons/network/state.js");
const {CLASSES, LEARNING_TABLE} = await import("../../../src/pages/lessons/learning/state.js");
const {formatOf, quantisationTable} = await import("../../../src/pages/lessons/quantisation/state.js");
const {SAMPLES} = await import("../../../data/samples/samples.js");

/** Long side of the networks' inputs: smaller than any that a reader can choose, so that runs are quick. */
const SIZE = 129;

let dog: Photo;
let nano: Model;
beforeAll(async () => {
  await useBackend("wasm");
  [dog, nano] = await Promise.all([samplePhoto("dog"), modelNamed("nano")]);
});

/** What the engine's own functions make of the dog. */
function engineRun(options: {outputStride?: number; rates?: number[]} = {}, replaced: Record<string, "zero"> = {}, model = nano) {
  const fit = fitInput(dog.height, dog.width, SIZE);
  const planned = plan(model.network, {height: fit.height, width: fit.width, ...options});
  const weights = loadWeights(model);
  const {logits} = run(planned, weights, inputFrom(dog, fit), {replaced});
  const [, height, width, classes] = logits.shape;
  const values = logits.dataSync() as Float32Array;
  const labels = labelsFromLogits({height, width, classes, values}, covered(fit), dog.height, dog.width);
  weights.dispose();
  logits.dispose();
  return {planned, labels, values, height, width, classes};
}

/** The photo in greys as the code of the lesson on atrous convolution makes it. */
function greyPatch(): tf.Tensor4D {
  return tf.tidy(() =>
    tf.image.resizeBilinear(tf.mean(inputFrom(dog, fitInput(dog.height, dog.width, 513)), 3, true) as tf.Tensor4D, [49, 49], true)
  );
}

describe("the code of a figure gives what the engine does:", () => {
  it.each([{}, {rate: 3, stride: 2, padding: "valid"}, {rate: 5, stride: 3}, {rate: 1, stride: 2, kernel: KERNELS.blur}])(
    "atrous convolution in two dimensions, in one, and in three ways, with %j",
    async (change) => {
      const state = {...stateOf(ATROUS_TABLE, {...change, row: 3, column: 5}), patch: PATCH};
      const grey = greyPatch();
      const engine = (kernel: readonly number[], shape: [number, number, number, number], x: tf.Tensor4D) =>
        atrousConvolution(x, tf.tensor4d([...kernel], shape), state);
      const plane = engine(state.kernel, [3, 3, 1, 1], grey);
      const at = (x: tf.Tensor4D, row: number, column: number) => (x.arraySync()[0]![row]![column] as [number])[0];
      expect(await valueOf(codes.atrous.window(state), "value")).toBeCloseTo(at(plane, 3, 5), 5);
      const line = engine(state.kernel.slice(3, 6), [1, 3, 1, 1], tf.slice(grey, [0, 24, 0, 0], [1, 1, 49, 1]));
      expect(await valueOf(codes.atrous.line(state), "value")).toBeCloseTo(at(line, 0, 5), 5);
      const views = codes.atrous.views(state);
      expect(await valueOf(views, "[value, output.shape]")).toEqual([expect.closeTo(tf.sum(plane).dataSync()[0]!, 3), plane.shape]);
      expect(await valueOf(views, "largest")).toBeLessThan(1e-5);
    }
  );

  it.each(["3s2,3,3r2", "2s2,4s3r2,3r5", "3r2,3r2,3r18"])("a stack of layers, %s", async (short) => {
    for (const stackPadding of ["fixed", "valid"] as const) {
      const state = {stack: ATROUS_TABLE.stack.parse(short)!, stackPadding};
      const {extent, jump, start, holes} = stackFields(state.stack, stackPadding).at(-1)!;
      expect(await valueOf(codes.atrous.stack(state), "{...field, holes}")).toEqual({size: extent, jump, start, holes});
    }
  });

  it("the gridding lab and the cliff", async () => {
    for (const gridding of [
      [2, 2, 2],
      [1, 2, 5]
    ])
      expect(await valueOf(codes.atrous.gridding({gridding}), "holes")).toBe(pathField(gridding).holes);
    for (const [mapSize, cliffRate] of [
      [65, 32],
      [14, 15]
    ] as const) {
      const shares = Object.fromEntries(validTapShares(mapSize, 3, cliffRate).map(({taps, share}) => [taps, share]));
      const found = (await valueOf(codes.atrous.cliff({mapSize, cliffRate}), "shares")) as Record<string, number>;
      for (const [taps, share] of Object.entries(shares)) expect(found[taps]).toBeCloseTo(share, 6);
    }
  });

  it("one network at three output strides, a point, its blocks, and sizes", async () => {
    const state = stateOf(strideTable(["nano"]), {inputSize: String(SIZE), x: 430, y: 500, side: 224});
    const labels = Object.fromEntries([8, 16, 32].map((outputStride) => [outputStride, engineRun({outputStride}).labels]));
    expect(await valueOf(codes.outputStride.pictures(state), "differ")).toBeCloseTo(differenceShare(labels[8]!, labels[32]!), 6);
    const pixel = Math.round(0.5 * (dog.height - 1)) * dog.width + Math.round(0.43 * (dog.width - 1));
    expect(await valueOf(codes.outputStride.detail(state), "classes.map((row) => row.class)")).toEqual(
      [32, 16, 8].map((outputStride) => nano.card.classes[labels[outputStride]![pixel]!])
    );
    const {units} = engineRun({outputStride: 8}).planned;
    expect(await valueOf(codes.outputStride.blocks(state), "largest")).toBe(Math.max(...units.map(({rate}) => rate)));
    expect(await valueOf(codes.outputStride.sizes(state), "cells.map(({featureWidth}) => featureWidth)")).toEqual(
      [8, 16, 32].map((outputStride) => plan(nano.network, {height: 224, width: 224, outputStride}).featureWidth)
    );
  });

  it.each([{}, {channels: 5, outputs: 2, rate: 2, kernelSize: 3}])("a separable layer with %j", async (change) => {
    const state = stateOf(SEPARABLE_TABLE, change);
    const expected = separableCost({...state, padding: "valid"});
    expect(await valueOf(codes.separable.sliding(state), "output.shape")).toEqual([
      1,
      expected.outputSize,
      expected.outputSize,
      state.outputs
    ]);
    expect(await valueOf(codes.separable.counts(state), "[multiplyAdds.standard, fewer]")).toEqual([
      expected.standard.multiplyAdds,
      expect.closeTo(expected.standard.parameters / expected.separable.parameters, 9)
    ]);
    expect(await valueOf(codes.separable.rank(state), "[difference / sum < 1e-6, sum > 0]")).toEqual([true, true]);
    const race = separableCost({size: 65, channels: 96, outputs: 96, kernelSize: 3, rate: 1, padding: "same"});
    expect(await valueOf(codes.separable.race({size: 65, channels: 96, outputs: 96, rate: 1}), "fewer")).toBeCloseTo(
      race.standard.parameters / race.separable.parameters,
      9
    );
  });

  it("residual units, multi-grid and MobileNetV2", async () => {
    for (const unit of UNITS) {
      const state = stateOf(RESIDUAL_TABLE, {unit, channels: 16, size: 9});
      expect(await valueOf(codes.residual.unit(state), "parameters")).toBe(cost({steps: residualUnit(unit, state)}).parameters);
    }
    for (const change of [{}, {multiGrid: "1,2,1", outputStride: 8, blockThree: true}]) {
      const state = stateOf(RESIDUAL_TABLE, change);
      const blocks = resNetBlocks(state.outputStride, state.multiGrid.split(",").map(Number));
      const rates = blocks.at(-1)!.rates;
      const read = state.blockThree ? [blocks.at(-2)!.rates.at(-1)!, ...rates] : rates;
      expect(await valueOf(codes.residual.multiGrid({...state, read}), "[rates, holes]")).toEqual([rates, pathField(read).holes]);
    }
    const {units} = plan(released(1), {height: 513, width: 513, outputStride: 8});
    expect(await valueOf(codes.residual.mobileNet({outputStride: 8}), "dilated")).toBe(units.filter(({rate}) => rate > 1).length);
  });

  it("segmentation, ASPP's desk and its logits", async () => {
    const {labels, classes} = engineRun();
    const largest = Math.max(...classShares(labels, classes));
    const code = codes.networks.segmentation({sample: "dog", address: "", model: "nano"});
    const small = {...code, cells: code.cells.map((cell) => cell.replace("size: 513", `size: ${SIZE}`))};
    expect(await valueOf(small, "found[0].share")).toBeCloseTo(largest, 6);

    const state = stateOf(ASPP_TABLE, {inputSize: String(SIZE), rate1: 2, muted: ["image_pooling"]});
    const pooling = smallestPlan(nano.network).branches.find(({kind}) => kind === "image_pooling")!.endPoint;
    const changed = engineRun({rates: [2, 12, 18]}, {[pooling]: "zero"});
    expect(await valueOf(codes.networks.desk(state), "share")).toBeCloseTo(differenceShare(changed.labels, labels), 6);
    const row = Math.round((Math.round(0.24 * (dog.height - 1)) / (dog.height - 1)) * (changed.height - 1));
    const column = Math.round((Math.round(0.84 * (dog.width - 1)) / (dog.width - 1)) * (changed.width - 1));
    const from = (row * changed.width + column) * classes;
    expect(await valueOf(codes.networks.contributions(state), "value")).toBeCloseTo(
      Math.max(...changed.values.slice(from, from + classes)),
      4
    );
  });

  it("the decoder's skip and its stages", async () => {
    const table = decoderTable(SAMPLES, ["nano"]);
    const skip = smallestPlan(nano.network).skips.at(-1)!.endPoint;
    const trained = engineRun().labels;
    const cut = stateOf(table, {inputSize: String(SIZE), skip: "zeroed"});
    expect(await valueOf(codes.networks.surgery(cut), "share")).toBeCloseTo(
      differenceShare(engineRun({}, {[skip]: "zero"}).labels, trained),
      6
    );
    expect(await valueOf(codes.networks.stages(cut), "mean")).toBe(0);
    const whole = await valueOf(codes.networks.stages({...cut, skip: "on"}), "[mean > 0, channels]");
    expect(whole).toEqual([true, smallestPlan(nano.network).steps.find(({name}) => name === skip)!.channels]);
    expect(await valueOf(codes.networks.surgery({...cut, skip: "other"}), "share")).toBeGreaterThan(0);
  });

  it("the whole network, a layer, its costs, and four papers", async () => {
    const table = networkTable(["nano"]);
    const costOf = (network: Network, rates?: number[]) =>
      cost(plan(network, {height: SIZE, width: SIZE, outputStride: 16, ...(rates && {rates})}));
    const rates = [6, 12, 18];
    for (const version of ["own", ...VERSIONS] as const) {
      const state = stateOf(table, {inputSize: SIZE, version});
      const network = version === "own" ? nano.network : lineage(version, nano.network);
      const expected = costOf(network, ["own", "v3", "v3+"].includes(version) ? rates : undefined);
      expect(await valueOf(codes.networks.whole(state), "[parameters, multiplyAdds]")).toEqual([
        expected.parameters,
        expected.multiplyAdds
      ]);
    }
    const state = stateOf(table, {inputSize: SIZE});
    const made = plan(nano.network, {height: SIZE, width: SIZE});
    expect(await valueOf(codes.networks.layer(state), "[extent, maps.shape[3]]")).toEqual([
      receptiveField(made.steps, state.layer).extent,
      made.steps.find(({name}) => name === state.layer)!.channels
    ]);
    expect(await valueOf(codes.networks.costs(state), "heaviest[0].multiplyAdds")).toBe(
      Math.max(...made.steps.map(({multiplyAdds}) => multiplyAdds))
    );
    expect(await valueOf(codes.networks.papers(state), "rows.map((row) => row.parameters)")).toEqual(
      VERSIONS.map((version) => costOf(lineage(version, nano.network)).parameters)
    );
  });

  it("learning: a step, small labels, statistics of batches, and a network that knows nothing", async () => {
    const state = stateOf(LEARNING_TABLE, {inputSize: String(SIZE), leg: 4, spacing: 8, norm: smallestPlan(nano.network).features});
    const [before, after, label] = (await valueOf(
      codes.learning.descent({...state, id: CLASSES.indexOf("cat"), learningRate: 1e-2}),
      "[before, after, label]"
    )) as [number, number, number[]];
    const {values, height, width, classes} = engineRun();
    const {value} = crossEntropy(tf.tensor4d(values, [1, height, width, classes]), tf.tensor3d(label, [1, height, width]));
    expect(before).toBeCloseTo(value.dataSync()[0]!, 4);
    expect(after).toBeLessThan(before);
    for (const leg of [4, 12]) {
      const empty = {width: 129, height: 129, ids: new Uint8Array(129 ** 2)};
      const small = shrunk(withBoxes(empty, [{left: 66, top: 0, width: leg, height: 129}], 1), 8);
      expect(await valueOf(codes.learning.sizes({leg, spacing: 8}), "kept")).toBe(small.ids.filter((id) => id === 1).length);
    }
    const means = (await valueOf(codes.learning.norms(state), "means")) as number[];
    const fit = fitInput(dog.height, dog.width, SIZE);
    const weights = loadWeights(nano);
    const planned = plan(nano.network, {height: fit.height, width: fit.width});
    const tapped = run(planned, weights, inputFrom(dog, fit), {taps: [state.norm]}).taps[state.norm]!;
    expect(means[0]).toBeCloseTo(tf.mean(tapped, [1, 2]).dataSync()[0]!, 4);
    weights.dispose();
    const [parameters, loss, ln21] = (await valueOf(
      codes.learning.branches({...state, rates: [2, 4, 6]}),
      "[parameters, loss, ln21]"
    )) as number[];
    expect(parameters).toBe(cost(smallestPlan({...nano.network, head: lineage("v3", nano.network).head})).parameters);
    expect(Math.abs(loss! - ln21!)).toBeLessThan(2);
  });

  it.each([{}, {bits: 4, per: "channel"}, {grid: "uint"}, {bits: 6, grid: "minmax"}, {bits: 16}])(
    "quantisation of one layer and of every layer, with %j",
    async (change) => {
      const state = stateOf(quantisationTable(["nano"]), change);
      const expected = roundings(nano.network, nano.weights, formatOf(state));
      const chosen = depthwiseFirst(expected).toSorted((a, b) => spread(b) - spread(a))[0]!;
      expect(await valueOf(codes.quantisation.weights(state), "[layer.name, zeroed]")).toEqual([
        chosen.layer,
        expect.closeTo(chosen.zeroed, 9)
      ]);
      const noise = (await valueOf(codes.quantisation.layers(state), "noise")) as {name: string; value: number | null}[];
      expect(noise.map(({name}) => name)).toEqual(expected.map(({layer}) => layer));
      const here = noise.find(({name}) => name === chosen.layer)!;
      // Nothing is lost of what half precision holds already: JSON has no infinity.
      if (state.bits === 16) expect([here.value, chosen.medianDecibels]).toEqual([null, Infinity]);
      else expect(here.value).toBeCloseTo(chosen.medianDecibels, 1);
    }
  );

  it.each([{}, {extent: "depthwise", bits: 6}, {extent: "layer", per: "channel", bits: 4}])(
    "a mask of rounded weights, with %j",
    async (change) => {
      const layer = smallestPlan(nano.network).units[2]!.carrier;
      const state = stateOf(quantisationTable(["nano"]), {...change, inputSize: String(SIZE), layer});
      const all = roundings(nano.network, nano.weights, "float32");
      const rounded = {all: undefined, depthwise: depthwiseFirst(all).map((each) => each.layer), layer: [layer]}[state.extent];
      const weights = atPrecision(nano.weights, formatOf(state), networkWeights(nano.network), rounded);
      const changed = differenceShare(engineRun({}, {}, {...nano, weights}).labels, engineRun().labels);
      expect(changed).toBeGreaterThan(0);
      expect(await valueOf(codes.quantisation.masks(state), "changed")).toBeCloseTo(changed, 6);
    }
  );
});
