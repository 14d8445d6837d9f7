import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {machineInNode} from "../../../scripts/kernels/in-node.js";
import {inputValues} from "../../../src/engine/input-values.js";
import {guideColours, labelsAlongEdges} from "../../../src/engine/labels/live-logits.js";
import {labelsFromLogits} from "../../../src/engine/labels/labels.js";
import type {LogitsArray} from "../../../src/engine/labels/pixel.js";
import {covered} from "../../../src/engine/labels/postprocess.js";
import type {Pictures} from "../../../src/engine/pictures.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import type {Machine} from "../../../src/engine/wasm/machine.js";
import {picturesOn} from "../../../src/engine/wasm/pictures.js";
import {largestDifference} from "../../exactness/difference.js";
import {chance} from "./random-steps.js";
import type {Chance} from "./random-steps.js";

/** Pictures that are tried of each kind; `LONG=1` tries more. */
const PICTURES = process.env["LONG"] ? 2000 : 40;
/** Of the pixels: sums in another order turn a tie or two. */
const TIES = 1e-3;

let machines: readonly Machine[];
let ours: readonly Pictures[];
beforeAll(async () => {
  machines = await Promise.all([1, 3].map((threads) => machineInNode(threads)));
  ours = machines.map(picturesOn);
});
afterAll(() => machines.forEach((machine) => machine.dispose()));

describe("our kernels make of pictures what plain TypeScript makes of them, in one thread and in three", () => {
  it("the network's input, to the bit, of RGB and RGBA bytes", () => {
    const of = chance(pseudoRandom(1));
    for (let i = 0; i < PICTURES; i++) {
      const [height, width] = [of.between(1, 90), of.between(1, 90)];
      const channels = of.among([3, 4] as const);
      const photo = {height, width, channels, values: bytes(of, height * width * channels)};
      const fit = fitInput(height, width, of.among([33, 40, 65, 129, null]), of.among(["tight", "square"] as const));
      const expected = inputValues(photo, fit);
      for (const pictures of ours) expect(largestDifference(pictures.input(photo, fit), expected), `${i}: ${height} x ${width}`).toBe(0);
    }
  });

  it("class maps", () => {
    const of = chance(pseudoRandom(2));
    for (let i = 0; i < PICTURES; i++) {
      const {logits, extent, height, width} = scene(of);
      const expected = labelsFromLogits(logits, extent, height, width);
      for (const pictures of ours) expect(apart(pictures.labels(logits, extent, height, width), expected), String(i)).toBeLessThan(TIES);
    }
  });

  it("class maps along edges", () => {
    const of = chance(pseudoRandom(3));
    for (let i = 0; i < PICTURES; i++) {
      const {logits, extent, height, width} = scene(of);
      const frame = {height, width, data: new Uint8ClampedArray(bytes(of, height * width * 4))};
      const guide = guideColours(frame, logits, extent);
      const expected = labelsAlongEdges(logits, extent, frame, guide);
      for (const {labelsAlongEdges: along} of ours) {
        expect(apart(along!(logits, extent, frame, guide), expected), String(i)).toBeLessThan(TIES);
      }
    }
  });

  it("also where there is no more memory", () => {
    const full: Machine = {
      ...{memory: machines[0]!.memory, threads: 1, lack: null, onLack: null, holds: null, behind: 256},
      room() {
        throw new RangeError("no more");
      },
      perform: () => expect.unreachable(),
      dispose() {}
    };
    const {logits, extent, height, width} = scene(chance(pseudoRandom(4)));
    expect(picturesOn(full).labels(logits, extent, height, width)).toEqual(labelsFromLogits(logits, extent, height, width));
  });

  it("of logits that are no numbers the first class", () => {
    const logits = {height: 2, width: 2, classes: 3, values: new Float32Array(12).fill(NaN)};
    for (const pictures of ours) expect(pictures.labels(logits, {height: 1, width: 1}, 5, 5)).toEqual(new Uint8Array(25));
  });
});

function bytes(of: Chance, length: number): Uint8Array {
  return Uint8Array.from({length}, () => of.between(0, 255));
}

/** Logits of a few regions with noise, so that there are cells within a class and on a border. */
function scene(of: Chance): {logits: LogitsArray; extent: {height: number; width: number}; height: number; width: number} {
  const [height, width] = [of.between(20, 120), of.between(20, 120)];
  const extent = covered(fitInput(height, width, null, of.among(["tight", "square"] as const)));
  const [rows, columns, classes] = [of.between(1, 17), of.between(1, 17), of.among([2, 5, 8, 21, 30])];
  const split = of.between(0, columns);
  const values = Float32Array.from({length: rows * columns * classes}, (_, at) => {
    const [id, column] = [at % classes, Math.floor(at / classes) % columns];
    return of.value() + (id === (column < split ? 1 : 0) ? 1.5 : 0);
  });
  return {logits: {height: rows, width: columns, classes, values}, extent, height, width};
}

/** Share of the pixels whose classes differ. */
function apart(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, id, pixel) => sum + Number(id !== b[pixel]), 0) / a.length;
}
