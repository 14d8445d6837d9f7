import {expect, it} from "vitest";
import {renaming} from "../../src/importers/renaming.js";

const {ours, theirs} = renaming([
  ["first/{part}", "Block/{part}"],
  ["unit_{n:2}/{part}", "Block_{n}/{part}"],
  ["branch_{n}/{part}", "b{n+1}_{part}"],
  ["branch_{n}", "b{n+1}"]
]);

it.each([
  ["first/expand", "Block/expand"],
  ["unit_03/expand", "Block_3/expand"],
  ["unit_12/expand", "Block_12/expand"],
  ["branch_0/depthwise", "b1_depthwise"],
  ["branch_9", "b10"]
])("%s is %s there", (here, there) => {
  expect(theirs(here)).toBe(there);
  expect(ours(there)).toBe(here);
});

it("knows no other names", () => {
  for (const name of ["", "Block", "Block_x/expand", "xBlock/expand", "Block/expand/more", "Block_3/", "b1_", "b"])
    expect(ours(name)).toBeUndefined();
  for (const name of ["unit_3/expand", "unit_03", "branch_x"]) expect(theirs(name)).toBeUndefined();
});
