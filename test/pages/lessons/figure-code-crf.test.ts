import {beforeAll, expect, it} from "vitest";
import {modelNamed} from "../../../scripts/evaluate/model.js";
import {labelsOf, refining} from "../../../src/engine/crf/dense-crf.js";
import {RELEASED_CRF} from "../../../src/engine/crf/options.js";
import {differenceShare} from "../../../src/engine/labels/label-difference.js";
import {coarser} from "../../../src/engine/labels/pixel.js";
import {covered} from "../../../src/engine/labels/postprocess.js";
import {plan} from "../../../src/engine/plan.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {run} from "../../../src/engine/run.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {inputFrom} from "../../../src/worker/inputs.js";
import {useBackend} from "../../backend.js";
import {samplePhoto} from "../../worker/notebook/in-node.js";
import {stateOf, valueOf} from "./code-in-node.js";

const codes = await import("../../../src/pages/lessons/code/index.js");
const {networkTable} = await import("../../../src/pages/lessons/network/state.js");

const SIZE = 257;

beforeAll(() => useBackend("wasm"));

it("the code of the CRF gives what the engine does", async () => {
  const [dog, nano] = await Promise.all([samplePhoto("dog"), modelNamed("nano")]);
  const fit = fitInput(dog.height, dog.width, SIZE);
  const planned = plan(nano.network, {height: fit.height, width: fit.width});
  const weights = loadWeights(nano);
  const {logits} = run(planned, weights, inputFrom(dog, fit));
  const [, height, width, classes] = logits.shape;
  const fine = {height, width, classes, values: logits.dataSync() as Float32Array};
  weights.dispose();
  logits.dispose();
  const scores = [{logits: coarser(fine, (height - 1) / (planned.featureHeight - 1)), covered: covered(fit)}];
  const pixels = {height: dog.height, width: dog.width, channels: 4, values: dog.rgba} as const;
  const labels: Uint8Array[] = [];
  for (const marginals of refining(pixels, scores, {...RELEASED_CRF, iterations: 2, longestSide: SIZE}))
    labels.push(labelsOf(marginals, dog.height, dog.width));
  const changed = differenceShare(labels[2]!, labels[0]!);
  expect(changed).toBeGreaterThan(0);
  const state = stateOf(networkTable(["nano"]), {inputSize: SIZE, version: "v1", crfIterations: 2});
  expect(await valueOf(codes.networks.refined(state), "changed")).toBeCloseTo(changed, 9);
});
