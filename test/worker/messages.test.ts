import {expect, it} from "vitest";
import {createHost} from "../../src/worker/host.js";
import {CALLS} from "../../src/worker/messages.js";

it("lists every method of the host as a call that a worker answers", () => {
  const methods = Object.keys(createHost(() => {})).filter((name) => name !== "dispose");
  expect(CALLS.toSorted()).toEqual(methods.sort());
});
