import {expect, it} from "vitest";
import {probabilitiesAt} from "../../src/engine/crf/marginals.js";
import {channelRows, probabilityRows} from "../../src/engine/labels/class-probability.js";
import {softmaxAt} from "../../src/engine/labels/pixel.js";
import {seededValues} from "../../src/engine/seeded.js";
import {toCells} from "../../src/lab/photo-geometry.js";

const SIZE = {width: 23, height: 17};
const logitsOf = (seed: number, height: number, width: number) => ({
  ...{height, width, classes: 4},
  values: Float32Array.from(seededValues(seed, height * width * 4), (value) => 5 * value)
});
const rowsOf = (rows: Iterable<Float32Array>) => Array.from(rows, (row) => [...row]);

it("each pixel has the mean of what softmax says there of each pass, where the photo covers a share of the logits", () => {
  const passes = [
    {logits: logitsOf(1, 5, 7), covered: {width: 0.9, height: 0.6}},
    {logits: logitsOf(2, 3, 4), covered: {width: 1, height: 1}}
  ];
  const rows = rowsOf(probabilityRows(passes, SIZE, 2));
  expect(rows).toHaveLength(SIZE.height);
  for (const [y, row] of rows.entries()) {
    for (const [x, value] of row.entries()) {
      const each = passes.map(({logits, covered}) => {
        const {row, column} = toCells({...SIZE, covered}, logits, {row: y, column: x});
        return softmaxAt(logits, row, column)[2]!;
      });
      expect(value).toBeCloseTo((each[0]! + each[1]!) / 2, 5);
    }
  }
});

it("a CRF's probabilities are upsampled as they are", () => {
  const map = logitsOf(3, 6, 5);
  const rows = rowsOf(channelRows(map, SIZE, 1));
  for (const [y, row] of rows.entries()) {
    for (const [x, value] of row.entries()) {
      const all = probabilitiesAt({map, ids: Uint8Array.of(0, 3, 5, 6)}, 8, y / (SIZE.height - 1), x / (SIZE.width - 1));
      expect(value).toBeCloseTo(all[3]!, 5);
    }
  }
});

it("a photo of one pixel has one probability", () => {
  const logits = logitsOf(4, 2, 2);
  const [[value]] = rowsOf(probabilityRows([{logits, covered: {width: 1, height: 1}}], {width: 1, height: 1}, 0)) as [[number]];
  expect(value).toBeCloseTo(softmaxAt(logits, 0, 0)[0]!, 6);
});
