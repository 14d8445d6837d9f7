import {expect, it} from "vitest";
import {pageAndState, withoutNames} from "../../src/lab/page-report.js";

it("says which page it is and what state, but not which photo of the reader's", () => {
  const address = new URL(
    "https://school.example/deeplab/workbench.html?os=8&sample=own&own=o17&url=https%3A%2F%2Fa.example%2Fme.jpg#look-inside"
  );
  expect(pageAndState(address)).toBe("/workbench.html os=8 sample=own own=(the reader's) url=(the reader's) #look-inside");
  expect(pageAndState(new URL("https://school.example/deeplab/"))).toBe("/");
});

it.each([
  ["me-at-home.jpg segmented with nano on WASM.", "(a file) segmented with nano on WASM."],
  ["“My holiday 1.HEIC” cannot be read.", "(a file) cannot be read."],
  ["Nothing came from https://a.example/me.png?size=2, try another.", "Nothing came from (an address), try another."],
  ["The wasm backend did not start. Choose another one.", "The wasm backend did not start. Choose another one."]
])("%s names no file of the reader's, nor an address", (sentence, without) => {
  expect(withoutNames(sentence)).toBe(without);
});
