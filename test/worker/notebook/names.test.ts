import {expect, it} from "vitest";
import {NAMES_IN_SCOPE} from "../../../src/notebook/names.js";
import {scopeOf} from "../../../src/worker/notebook/scope.js";
import {surroundings} from "./in-node.js";

const scope: Readonly<Record<string, unknown>> = scopeOf(surroundings());

it("every name that cells have in scope is told of, and none that they have not", () => {
  // Those are of each cell, given by the kernel.
  const told = NAMES_IN_SCOPE.map(({name}) => name).filter((name) => !["display", "view"].includes(name));
  expect(told.toSorted()).toEqual(Object.keys(scope).toSorted());
  for (const {name, call, text} of NAMES_IN_SCOPE) {
    expect(call.replace(/^await /, "")).toMatch(new RegExp(`^${name}\\b`));
    expect(text).toMatch(/^[A-Z].*\.$/);
    if (typeof scope[name] === "function") expect(call).toMatch(/[(`]/);
  }
});

it.each(NAMES_IN_SCOPE.filter(({members}) => members).map(({name, members}) => [name, members!] as const))(
  "so are those of %s",
  (name, members) => {
    expect(members.map((member) => member.name).toSorted()).toEqual(Object.keys(scope[name] as object).toSorted());
  }
);
