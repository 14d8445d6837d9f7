import {expect, it} from "vitest";
import {missingModel} from "../../src/lab/missing-model.js";
import {oneOf} from "../../src/lab/state.js";

const table = {
  model: oneOf("model", ["nano", "sha256-aaaaaaaaaaaa"], "nano"),
  other: oneOf("b-model", ["a", "nano"], "a"),
  size: oneOf("size", [257], 257)
};
const said = (query: string) => missingModel(table, new URLSearchParams(query));

it("says that a model which the address names is not here, and what to do about one that somebody keeps", () => {
  expect(said("model=sha256-bbbbbbbbbbbb")).toMatch(
    /^The address names a model by its content \(sha256-bbbbbbbbbbbb\) that is not kept in this browser/
  );
  expect(said("b-model=people")).toMatch(/^The address names a model \(people\) that is not on this site/);
});

it("says nothing where all are here, or none is named", () => {
  for (const query of ["", "model=nano", "model=sha256-aaaaaaaaaaaa&b-model=nano", "size=9"]) expect(said(query)).toBeNull();
});
