import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {mobileNetV2} from "../../src/engine/backbones/mobilenetv2.js";
import {decoderOf, losesDecoder, takesDecoder} from "../../src/engine/heads.js";
import type {Model} from "../../src/engine/model.js";
import {plan, weightShapes} from "../../src/engine/plan.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {readCheckpoint, writeCheckpoint} from "../../src/train/checkpoint.js";
import {frozenEndPoints} from "../../src/train/classes.js";
import type {Frozen} from "../../src/train/classes.js";
import {withDecoder} from "../../src/train/decoder.js";
import {lossGradients} from "../../src/train/loss-gradients.js";
import {stepCost} from "../../src/train/memory.js";
import {startingModel} from "../../src/train/start.js";
import type {DecoderChoice} from "../../src/train/start.js";
import {startTraining} from "../../src/train/training.js";
import type {TrainingOptions} from "../../src/train/training.js";
import {useBackend} from "../backend.js";
import {SIDE, fixtureBatch, startModel} from "./fixture.js";

const SIZE = {height: SIDE, width: SIDE};
const ADAM = {kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01} as const;

beforeAll(() => useBackend("wasm"));

/** The fixture's network without its decoder, and with one that is new, for the same classes. */
async function grown() {
  const before = await startModel({decoder: false});
  const {model, decoder = [], ...classes} = withDecoder(before, before.card, 1);
  return {before, model, decoder, classes};
}

async function logitsOf({network, weights}: Awaited<ReturnType<typeof startModel>>, input: tf.Tensor4D): Promise<tf.Tensor4D> {
  const loaded = loadWeights({network, weights});
  const {logits} = run(plan(network, SIZE), loaded, input);
  loaded.dispose();
  return logits;
}

it("is as wide as what ASPP gives, its skip in proportion; the plan follows, and what is new is told", async () => {
  const {before, model, decoder, classes} = await grown();
  const convolution = {channels: 8, separable: true};
  expect(model.network.head.decoder).toEqual([
    {
      ...{lowLevelEndPoint: "block_02/depthwise", lowLevelChannels: 2, merge: "concat"},
      convolutions: [
        {name: "conv_0", ...convolution},
        {name: "conv_1", ...convolution}
      ]
    }
  ]);
  expect(Object.fromEntries(Object.entries(model.weights).map(([name, {shape}]) => [name, [...shape]]))).toEqual(
    weightShapes(model.network)
  );
  expect([...decoder].sort()).toEqual(
    Object.keys(model.weights)
      .filter((name) => !(name in before.weights))
      .sort()
  );
  expect(decoder).toHaveLength(10);
  for (const [name, weight] of Object.entries(before.weights)) expect(model.weights[name]).toEqual(weight);
  expect(classes).toEqual({fresh: [], carried: before.card.classes, added: []});
  const wide = decoderOf(mobileNetV2({width: 1}), true);
  expect([wide.lowLevelChannels, wide.convolutions.map(({channels}) => channels)]).toEqual([48, [256, 256]]);

  const options = {batch: 1, frozen: frozenEndPoints(model.network, "backbone"), optimiser: ADAM};
  const [without, having] = [before, model].map(({network}) => stepCost(plan(network, SIZE), options));
  expect(having!.layers - without!.layers).toBe(5);
  expect(having!.values - without!.values).toBe(decoder.reduce((sum, name) => sum + model.weights[name]!.values.length, 0));
  expect(having!.bytes).toBeGreaterThan(without!.bytes);
  // The logits alone are computed on a grid of 16 times as many cells.
  expect(having!.multiplyAdds).toBeGreaterThan(without!.multiplyAdds);
});

it("begins by handing on what the model found", async () => {
  const {before, model} = await grown();
  const batch = await fixtureBatch();
  const [coarse, fine] = await Promise.all([before, model].map((each) => logitsOf(each, batch.input)));
  const enlarged = tf.image.resizeBilinear(coarse!, [17, 17], true);
  expect(fine!.shape).toEqual(enlarged.shape);
  const [bare, after] = [enlarged, fine!].map((logits) => logits.dataSync());
  const apart = bare!.map((value, i) => Math.abs(value - after![i]!));
  const share = Math.max(...apart) / (Math.max(...bare!) - Math.min(...bare!));
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(0.05);
  tf.dispose([coarse!, fine!, enlarged, batch.input, batch.labels]);
});

it("has a gradient in each of its weights, learns, and goes on from a checkpoint to the bit", async () => {
  const {model, decoder} = await grown();
  const frozen = frozenEndPoints(model.network, "backbone");
  const batch = await fixtureBatch();
  const loaded = loadWeights(model);
  const {loss, gradients} = lossGradients(plan(model.network, SIZE), {tensors: loaded.tensors}, batch, {frozen: new Set(frozen)});
  for (const name of decoder) expect(Math.max(...Array.from(await gradients[name]!.data(), Math.abs)), name).toBeGreaterThan(0);
  tf.dispose([loss, {...gradients}]);
  loaded.dispose();

  const options: TrainingOptions = {...{plan: SIZE, frozen, optimiser: ADAM}, rate: {base: 0.01, power: 0.9, steps: 10, warmUp: 2}};
  const whole = startTraining(model, options);
  const losses = [];
  for (let step = 0; step < 3; step++) losses.push((await whole.learn(batch)).loss);
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
  const first = startTraining(model, options);
  await first.learn(batch);
  const {state} = readCheckpoint(writeCheckpoint({state: await first.state(), settings: ""}));
  const rest = startTraining(model, options, state);
  for (const loss of losses.slice(1)) expect((await rest.learn(batch)).loss).toBe(loss);
  expect(await rest.state()).toEqual(await whole.state());
  for (const training of [whole, first, rest]) training.dispose();
  tf.dispose([batch.input, batch.labels]);
});

it("is added where it is asked for, to a model that takes one, and where it would learn", async () => {
  const [having, without] = await Promise.all([startModel({decoder: true}), startModel({decoder: false})]);
  const asked = (model: Model, decoder: DecoderChoice, frozen: Frozen = "backbone") =>
    startingModel(model, model.card, {decoder, frozen, seed: 1});
  expect(asked(without, "on").decoder).toHaveLength(10);
  for (const [model, choice] of [
    [having, "on"],
    [having, "own"],
    [without, "own"],
    [without, "off"]
  ] as const) {
    expect(asked(model, choice).model).toEqual(model);
    expect(asked(model, choice)).not.toHaveProperty("decoder");
  }
  expect(asked(having, "off").model.network.head.decoder).toEqual([]);
  expect(() => asked(without, "on", "all but the logits")).toThrow("would not learn");
  const bare = {...without, network: {...without.network, backbone: {...without.network.backbone, skips: {}}}};
  expect(() => asked(bare, "on")).toThrow("no features at stride 4");
  expect([having, without, bare].map(({network}) => [takesDecoder(network), losesDecoder(network)])).toEqual([
    [false, true],
    [true, false],
    [false, false]
  ]);
});
