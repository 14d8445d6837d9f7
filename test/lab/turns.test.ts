import {expect, it} from "vitest";
import {newTurns} from "../../src/lab/turns.js";

it("a turn is the latest until another begins, or all are dropped", () => {
  const turns = newTurns();
  const isFirst = turns.begin();
  expect(isFirst()).toBe(true);
  const isSecond = turns.begin();
  expect([isFirst(), isSecond()]).toEqual([false, true]);
  turns.drop();
  expect([isFirst(), isSecond()]).toEqual([false, false]);
  expect(turns.begin()()).toBe(true);
});
