import {expect, it} from "vitest";
import {lower} from "../../src/engine/lower.js";
import {StepList} from "../../src/engine/step-list.js";

/** Image pooling beside another branch, joined and projected. */
function pooled(padding: "same" | {readonly margin: number}) {
  const list = new StepList({height: 5, width: 4, channels: 3});
  list.mean("mean", "input");
  list.upsample("spread", "mean", 5, 4);
  list.concat("joined", ["spread", "input"]);
  list.conv("projection", "joined", {kernel: 1, channels: 2, activation: "relu", padding});
  return list.list;
}

it("the pooled share of a projection is taken by itself, unless the projection reads zeros around the map", () => {
  expect(lower(pooled("same")).map(({name}) => name)).toContain("projection (share of the pooled)");
  const padded = pooled({margin: 1});
  expect(lower(padded)).toEqual(padded);
});
