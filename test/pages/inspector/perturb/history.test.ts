import {expect, it} from "vitest";
import {history} from "../../../../src/pages/inspector/perturb/history.js";

it("undoes and redoes, and forgets what was undone once something new is done", () => {
  const past = history("");
  past.change("a");
  past.change("ab");
  expect(past.undo()).toBe("a");
  expect(past.undo()).toBe("");
  expect(past.canUndo()).toBe(false);
  expect(past.undo()).toBe("");
  expect(past.redo()).toBe("a");
  past.change("ac");
  expect(past.canRedo()).toBe(false);
  expect(past.redo()).toBe("ac");
  expect(past.now()).toBe("ac");
  expect(past.undo()).toBe("a");
});

it("undoes what one gesture did in one step, and keeps two gestures apart", () => {
  const past = history(0);
  const [first, second] = [{}, {}];
  for (const state of [1, 2, 3]) past.change(state, first);
  for (const state of [4, 5]) past.change(state, second);
  expect(past.undo()).toBe(3);
  expect(past.undo()).toBe(0);
  expect(past.redo()).toBe(3);
  // The same gesture after an undo or redo is something new.
  past.change(6, first);
  expect(past.undo()).toBe(3);
});

it("begins anew", () => {
  const past = history("a");
  past.change("b");
  past.restart("c");
  expect([past.now(), past.canUndo(), past.canRedo()]).toEqual(["c", false, false]);
});
