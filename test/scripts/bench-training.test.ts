import {expect, it} from "vitest";
import {trainingRows, trainingTable} from "../../scripts/bench/training/report.js";

const SETTING = {crop: 257, batch: 4};
const OURS = {name: "ours", on: "WASM, 2 threads", timed: {ms: [90, 100, 300], losses: [3, 2.5, 2, 1.5]}};

it("compares training steps as their ratio, and says how far the losses are apart", () => {
  const peer = {name: "PyTorch", on: "2 threads", timed: {ms: [20, 30], losses: [3.001, 2.5, 2]}, limitMs: 900_000};
  const rows = trainingRows("nano", SETTING, OURS, [peer]);
  expect(rows).toMatchObject([
    {name: "ours", ms: 100, fastestMs: 90, steps: 3, ratio: 1, fastestRatio: 1, lossesApart: 0},
    {name: "PyTorch", ms: 25, fastestMs: 20, steps: 2, ratio: 0.25, fastestRatio: 2 / 9}
  ]);
  const table = trainingTable(rows);
  expect(table).toMatch(/ours +WASM, 2 threads +100 +1\.00 +90 +1\.00 +3 +0\.0e\+0/);
  expect(table).toMatch(/PyTorch +2 threads +25 +0\.25 +20 +0\.22 +2 +1\.0e-3/);
  expect(table).not.toContain("did not end");
});

it("says of a step that does not end what it takes at least", () => {
  const rows = trainingRows("nano", SETTING, OURS, [{name: "tf.train", on: "cpu backend", timed: null, limitMs: 900_000}]);
  expect(rows[1]).toMatchObject({ms: 900_000, steps: 0, ratio: 9000, lossesApart: null});
  const table = trainingTable(rows);
  expect(table).toMatch(/tf\.train +cpu backend +> 900000 +> 9000\.00 +> 900000 +> 10000\.00 +0 +–/);
  expect(table).toContain("A step by tf.train on cpu backend did not end: it takes more than 900 s.");
});
