import {describe, expect, it} from "vitest";
import {labelsOf, refining} from "../../../src/engine/crf/dense-crf.js";
import {probabilitiesAt} from "../../../src/engine/crf/marginals.js";
import type {Marginals} from "../../../src/engine/crf/marginals.js";
import {coloursOn, gridOf, unariesOn} from "../../../src/engine/crf/grid.js";
import {RELEASED_CRF} from "../../../src/engine/crf/options.js";
import type {CrfOptions} from "../../../src/engine/crf/options.js";
import {softmaxAt} from "../../../src/engine/labels/pixel.js";
import type {Pixels} from "../../../src/engine/photo-input.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

const [HEIGHT, WIDTH] = [40, 60];
/** Where the photo's colours change. */
const EDGE = 33;

const next = pseudoRandom(4);
/** Dark on the left and light on the right, with a little noise. */
const photo: Pixels = {
  height: HEIGHT,
  width: WIDTH,
  channels: 3,
  values: Uint8Array.from({length: HEIGHT * WIDTH * 3}, (_, i) => (Math.floor(i / 3) % WIDTH < EDGE ? 60 : 160) + 4 * next())
};
/** 6 x 8 cells, of which the photo covers 5 rows: class 3 on the left and 1 on the right, unsure around the edge; 0 and 2 never. */
const [ROWS, COLUMNS, CLASSES] = [6, 8, 4];
const values = Float32Array.from({length: ROWS * COLUMNS * CLASSES}, (_, i) => {
  const column = Math.floor(i / CLASSES) % COLUMNS;
  return [-9, 1.2 * (column - 4.2), -9, -1.2 * (column - 4.2)][i % CLASSES]!;
});
const scores = {logits: {height: ROWS, width: COLUMNS, classes: CLASSES, values}, covered: {height: 0.8, width: 1}};

function last(options: Partial<CrfOptions> = {}): Marginals {
  let found: Marginals | null = null;
  for (const marginals of refining(photo, [scores], {...RELEASED_CRF, ...options})) found = marginals;
  return found!;
}

/** Where each row of a label map changes to class 1. */
const edges = (labels: Uint8Array) =>
  new Set(Array.from({length: HEIGHT}, (_, row) => labels.subarray(row * WIDTH, (row + 1) * WIDTH).indexOf(1)));

describe("the CRF on a network's scores", () => {
  it("moves an outline to where the photo's colours change, on the photo's pixels exactly", () => {
    expect([...edges(labelsOf(last({iterations: 0}), HEIGHT, WIDTH))]).toEqual([36]);
    const refined = labelsOf(last(), HEIGHT, WIDTH);
    expect([...edges(refined)]).toEqual([EDGE]);
    expect(new Set(refined)).toEqual(new Set([1, 3]));
  });

  it("labels the cells of the scores that the photo covers, where that is asked for", () => {
    const {map} = last({grid: "logits"});
    expect([map.height, map.width]).toEqual([5, 8]);
    expect(labelsOf(last({grid: "logits"}), HEIGHT, WIDTH)).toHaveLength(HEIGHT * WIDTH);
  });

  it("begins with the scores' own probabilities, leaves out classes that are likely nowhere, and says what it ends with at any point", () => {
    const begun = last({iterations: 0});
    expect([...begun.ids]).toEqual([1, 3]);
    const own = softmaxAt(scores.logits, 0.3 * 0.8 * (ROWS - 1), 0.6 * (COLUMNS - 1));
    const found = probabilitiesAt(begun, CLASSES, 0.3, 0.6);
    for (let c = 0; c < CLASSES; c++) expect(Math.abs(found[c]! - own[c]!)).toBeLessThan(0.01);
    expect([found[0], found[2]]).toEqual([0, 0]);
    const ended = last();
    for (let i = 0; i < ended.map.values.length; i += 2) expect(ended.map.values[i]! + ended.map.values[i + 1]!).toBeCloseTo(1, 3);
  });

  it("gives the same numbers again", () => {
    expect(last().map.values).toEqual(last().map.values);
  });

  it("begins with the mean probabilities of several passes", () => {
    const other = {...scores, logits: {...scores.logits, values: scores.logits.values.map((value) => -value / 2)}};
    const grid = gridOf(RELEASED_CRF, photo, [scores]);
    const [first, second] = [unariesOn(grid, [scores], 0).probabilities, unariesOn(grid, [other], 0).probabilities];
    const mean = unariesOn(grid, [scores, other], 0).probabilities;
    expect(Math.max(...mean.map((value, i) => Math.abs(value - (first[i]! + second[i]!) / 2)))).toBeLessThan(1e-6);
  });

  it("takes the probabilities of those that take part as they are", () => {
    const grid = gridOf(RELEASED_CRF, photo, [scores]);
    const [all, some] = [unariesOn(grid, [scores], 0), unariesOn(grid, [scores])];
    expect([all.classes, some.classes]).toEqual([4, 2]);
    expect(some.probabilities).toEqual(all.probabilities.filter((_, i) => i % 4 === 1 || i % 4 === 3));
  });
});

describe("the grid", () => {
  it("has a photo's pixels up to 500 on the long side, and their mean colours", () => {
    expect(gridOf(RELEASED_CRF, {height: 375, width: 500}, [scores])).toEqual({rows: 375, columns: 500});
    expect(gridOf(RELEASED_CRF, {height: 3000, width: 1500}, [scores])).toEqual({rows: 500, columns: 250});
    expect([...coloursOn({rows: HEIGHT, columns: WIDTH}, photo)]).toEqual([...photo.values]);
    const row = {
      height: 1,
      width: 5,
      channels: 4 as const,
      values: Uint8Array.from([0, 0, 0, 9, 10, 0, 0, 9, 20, 0, 0, 9, 30, 0, 0, 9, 40, 6, 0, 9])
    };
    // A cell's colour is that of the pixels no farther from it than half a cell.
    expect([...coloursOn({rows: 1, columns: 2}, row)]).toEqual([10, 0, 0, 30, 2, 0]);
    expect([...coloursOn({rows: 1, columns: 1}, row)]).toEqual([20, 1.2000000476837158, 0]);
  });
});
