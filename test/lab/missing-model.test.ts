import {expect, it} from "vitest";
import {missingModel} from "../../src/lab/missing-model.js";
import type {KeptModel} from "../../src/shelf/shelf.js";
import {oneOf} from "../../src/lab/state.js";

const table = {
  model: oneOf("model", ["nano", "sha256-aaaaaaaaaaaa"], "nano"),
  other: oneOf("b-model", ["a", "nano"], "a"),
  size: oneOf("size", [257], 257)
};
const kept = {sha256: "cccccccccccccccc", title: "mine", formerly: ["dddddddddddddddd"]} as unknown as KeptModel;
const said = (query: string) => missingModel(table, new URLSearchParams(query), async () => [kept]);

it("says that a model which the address names is not here, and what to do about one that somebody keeps", async () => {
  expect(await said("model=sha256-bbbbbbbbbbbb")).toMatch(
    /^The address names a model by its content \(sha256-bbbbbbbbbbbb\) that is not kept in this browser/
  );
  expect(await said("b-model=people")).toMatch(/^The address names a model \(people\) that is not on this site/);
});

it("says of a model that was answered otherwise since what it is now", async () => {
  expect(await said("model=sha256-dddddddddddd")).toMatch(
    /^The address names “mine” as it was \(sha256-dddddddddddd\) before .* it is sha256-cccccccccccc: choose it\.$/
  );
});

it("says nothing where all are here, or none is named", async () => {
  for (const query of ["", "model=nano", "model=sha256-aaaaaaaaaaaa&b-model=nano", "size=9"]) expect(await said(query)).toBeNull();
});
