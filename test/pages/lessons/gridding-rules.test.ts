import {expect, it} from "vitest";
import {hybridDistance, pathField} from "../../../src/engine/teaching/gridding.js";

const {LARGEST_M2, SAID_FULL, SAID_HOLED} = await import("../../../src/pages/lessons/atrous/state.js");

it("the rule of Wang et al. says of the stacks to predict of what the lesson says that it says, and is wrong of one in each three", () => {
  const hasHoles = (rates: readonly number[]) => pathField(rates).holes > 0;
  const isSaidHoled = (rates: readonly number[]) => hybridDistance(rates)! > LARGEST_M2;
  expect(SAID_FULL.filter(isSaidHoled)).toEqual([]);
  expect(SAID_HOLED.filter((rates) => !isSaidHoled(rates))).toEqual([]);
  expect(SAID_FULL.filter(hasHoles)).toHaveLength(1);
  expect(SAID_HOLED.filter((rates) => !hasHoles(rates))).toHaveLength(1);
});
