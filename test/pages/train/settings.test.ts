import {describe, expect, it} from "vitest";
import {stateFromQuery} from "../../../src/lab/state.js";
import {courseOf, withNews} from "../../../src/pages/train/course.js";
import {inWords} from "../../../src/pages/train/crops.js";
import {apartChoices, apartOf, settingsOf, usualRate} from "../../../src/pages/train/settings.js";
import {trainTable} from "../../../src/pages/train/state.js";
import {estimateInWords, freshInWords, timeOf, warningOf} from "../../../src/pages/train/words.js";
import type {Capabilities} from "../../../src/worker/protocol.js";
import type {Score} from "../../../src/train/measure.js";
import type {OpenTraining, TrainingEstimate} from "../../../src/worker/training-messages.js";

const MACHINE: Capabilities = {best: "wasm", backends: [{id: "wasm", available: true, detail: "", software: false}]};
const state = (query: string) => stateFromQuery(trainTable(["nano", "other"]), new URLSearchParams(query));

describe("what a training is told", () => {
  it("follows from an address that says nothing", () => {
    const settings = settingsOf(state(""), MACHINE, {share: 0.2});
    expect(settings).toMatchObject({
      frozen: "backbone",
      crop: 257,
      photoSide: 513,
      batch: 4,
      steps: 200,
      backend: "wasm",
      measureEvery: 10
    });
    expect(settings.rate).toEqual({base: 0.001, power: 0.9, warmUp: 20});
    expect(settings.augmentation).toEqual({scale: [0.5, 2], flip: true, colour: 0.1});
    expect(settings).not.toHaveProperty("rates");
    expect(settings).not.toHaveProperty("classWeights");
  });

  it("follows from one that says all", () => {
    const query =
      "model=other&freeze=logits&size=129&batch=2&steps=1000&optimiser=sgd&lr=0.01&scale=0&flip=0&colour=0&balance=1&rates=2,4,6&decoder=off";
    expect(settingsOf(state(query), MACHINE, null)).toMatchObject({
      modelUrl: expect.stringMatching(/other\.safetensors$/),
      frozen: "all but the logits",
      ...{crop: 129, photoSide: 257, batch: 2, val: null, rates: [2, 4, 6], decoder: "off", classWeights: "balanced", measureEvery: 50},
      optimiser: {kind: "sgd", momentum: 0.9},
      rate: {base: 0.01, warmUp: 50},
      augmentation: {scale: [1, 1], flip: false, colour: 0}
    });
  });

  it("is without a decoder by an address from before one could be added, too", () => {
    expect(["decoder=0", "decoder=1", "decoder=on"].map((query) => state(query).decoder)).toEqual(["off", "own", "on"]);
  });

  it("has a tenth of the learning rate where all layers learn", () => {
    expect(usualRate({optimiser: "adamw", frozen: "nothing"})).toBe(usualRate({optimiser: "adamw", frozen: "backbone"}) / 10);
    expect(usualRate({optimiser: "sgd", frozen: "logits"})).toBe(0.01);
  });
});

describe("what is kept apart", () => {
  it("is the list val where there is one, and some of the photos otherwise", () => {
    expect(apartChoices({splits: ["val", "train", "test"]}, "train")).toEqual(["val", "20 %", "10 %", "30 %", "50 %", "test", "none"]);
    expect(apartChoices({splits: ["val"]}, "val")[0]).toBe("20 %");
    expect(apartOf("", ["val", "20 %"])).toEqual({list: "val"});
    expect(apartOf("30 %", ["20 %", "30 %"])).toEqual({share: 0.3});
    expect(apartOf("gone", ["20 %"])).toEqual({share: 0.2});
    expect(apartOf("none", ["20 %", "none"])).toBeNull();
  });
});

const ESTIMATE: TrainingEstimate = {
  ...{bytes: 4e8, multiplyAdds: 1e9, millisecondsOfStep: 1000, millisecondsOfMeasuring: 3000},
  photos: {train: 12, val: 3},
  learning: {layers: 14, values: 123456},
  fresh: {weights: [], carried: [], added: []},
  isKept: true
};
const SETTING = {steps: 200, measureEvery: 10, frozen: "backbone", backend: "wasm"} as const;

describe("what the page says of it", () => {
  it("is what becomes of a photo", () => {
    const none = {down: 0, right: 0, brightness: 0, contrast: 1, saturation: 1};
    expect(inWords({...none, scale: 1.234, flip: false})).toBe("scaled by 1.23");
    expect(inWords({...none, scale: 0.5, flip: true, brightness: -0.1, contrast: 1.1})).toBe(
      "scaled by 0.50, mirrored, brightness −10 %, contrast +10 %"
    );
  });

  it("is time, memory and what learns", () => {
    expect(timeOf(ESTIMATE, SETTING)).toBe(200_000 + 20 * 3000);
    expect(timeOf(ESTIMATE, SETTING, 195)).toBe(5000 + 3000);
    expect(estimateInWords(ESTIMATE, SETTING)).toBe(
      "12 photos to learn from, 3 kept apart. 123,456 weights in 14 layers learn; a step takes 1.00 G multiply-adds. About 4 minutes on WASM here, and 400 MB of memory."
    );
  });

  it("warns of what is too large or too long, and how it gets smaller", () => {
    expect(warningOf(ESTIMATE, SETTING)).toBe("");
    expect(warningOf({...ESTIMATE, bytes: 3e9}, SETTING)).toMatch(/^It wants 3\.0 GB .* smaller or fewer crops a step/);
    expect(warningOf({...ESTIMATE, bytes: 3e9}, {...SETTING, frozen: "nothing"})).toMatch(/let only the head learn/);
    expect(warningOf({...ESTIMATE, millisecondsOfStep: 60_000}, SETTING)).toMatch(/^It takes about 201 minutes/);
    expect(warningOf({...ESTIMATE, isKept: false, bytes: 3e9}, SETTING)).toMatch(
      /^This browser .* lost when you leave this page.* It wants 3\.0 GB/
    );
  });

  it("is that a decoder is new, by its parts, before what the last layer keeps", () => {
    const decoder = ["low_level/kernel", "low_level/bias", "conv_0/depthwise/kernel", "conv_0/pointwise/kernel"].map(
      (name) => `decoder/${name}`
    );
    const told = "The decoder is new (low_level and conv_0): it begins by handing on what the model found, and a little of the skip.";
    expect(freshInWords({weights: [], carried: ["a"], added: [], decoder})).toBe(told);
    expect(freshInWords({weights: ["logits/kernel"], carried: [], added: ["camel"], decoder})).toBe(
      `${told} The last layer begins anew for camel.`
    );
  });

  it("is which classes are new to the model", () => {
    expect(freshInWords({weights: [], carried: [], added: []})).toBe("");
    expect(freshInWords({weights: ["logits/kernel"], carried: ["background"], added: ["camel"]})).toBe(
      "The last layer begins anew for camel; for background it keeps what the model knows."
    );
    expect(freshInWords({weights: ["logits/kernel"], carried: [], added: ["a", "b", "c", "d", "e", "f"]})).toBe(
      "The last layer begins anew for a, b, c, d, e and 1 more."
    );
  });
});

it("news of a training add to what is known of it", () => {
  const opened = {step: 3, course: {steps: [], measured: [], best: null, resumed: [3], overfittingSince: null}} as unknown as OpenTraining;
  const score: Score = {loss: 1, meanIoU: 0.5, iou: [0.5]};
  const masks = [Uint8Array.of(1)];
  const record = {step: 4, loss: 2, rate: 0.1, norm: 1, norms: {}, milliseconds: 5};
  let known = courseOf(opened);
  expect(known).toMatchObject({step: 3, keptAt: 3});
  known = withNews(known, {kind: "step", record});
  known = withNews(known, {kind: "measuring", done: 1, of: 2});
  known = withNews(known, {
    kind: "measured",
    ...{masks, costly: [], best: 4, overfittingSince: 2},
    measured: {step: 4, train: score, val: null}
  });
  expect(known).toMatchObject({step: 4, keptAt: 3, masks: [{step: 4, masks}]});
  expect(known.course).toMatchObject({best: 4, overfittingSince: 2, resumed: [3], steps: [record]});
  expect(withNews(known, {kind: "kept", step: 4}).keptAt).toBe(4);
});
