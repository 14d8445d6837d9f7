import {expect, it} from "vitest";
import {trainingLine, trainingRow} from "../../scripts/bench/training/report.js";

it("compares training steps as their ratio, and says how far the losses are apart", () => {
  const timed = {threads: 2, oursMs: [90, 100, 300], peerMs: [2000, 3000], ourLosses: [3, 2.5, 2], peerLosses: [3.001, 2.5]};
  const row = trainingRow("nano", {crop: 257, batch: 4}, timed);
  expect(row).toMatchObject({oursMs: 100, peerMs: 2500, ratio: 25});
  expect(trainingLine(row)).toContain(
    "100 ms on WASM, 2 threads; 2500 ms by tf.train on cpu, dilations as spaceToBatch: 25.0 times as long"
  );
  expect(trainingLine(row)).toContain("losses apart by 1.0e-3");
});
