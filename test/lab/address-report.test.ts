import {expect, it} from "vitest";
import {unknownInWords} from "../../src/lab/address-report.js";
import {numbers, oneOf, range, words} from "../../src/lab/state.js";
import {stackParameter} from "../../src/pages/lessons/atrous/stack-text.js";

const table = {
  model: oneOf("model", ["nano"], "nano"),
  stride: oneOf("os", [8, 16], 16),
  opacity: range("opacity", 0, 100, 40),
  hidden: words("hide"),
  rates: numbers("rates", {min: 1, max: 8, lengths: [1, 4]}, [2, 2]),
  stack: stackParameter("stack", "3")
};
const said = (query: string) => unknownInWords(table, new URLSearchParams(query));

it("an address with values that a page does not know is told of, and no other", () => {
  expect(said("os=7&opacity=&hide=cat")).toBe(
    "The address says os=7 and opacity=nothing, which this page does not know: it shows what is usual instead. For os write 8 or 16. For opacity write a whole number from 0 to 100."
  );
  expect(said(`os=${"8".repeat(1000)}`)!.length).toBeLessThan(200);
  expect(said("rates=9")).toMatch(/ For rates write 1 to 4 whole numbers from 1 to 8, with commas between them\.$/);
  expect(said("stack=3,3x2")).toMatch(/^The address says stack=3,3x2, .* “3x2” is no layer\. Write its kernel/);
  // Of models there is more to say, and what is of no table is somebody else's.
  for (const query of ["", "os=8&opacity=0", "model=gone", "utm_source=x"]) expect(said(query)).toBeNull();
});
