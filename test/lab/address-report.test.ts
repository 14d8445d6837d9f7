import {expect, it} from "vitest";
import {unknownInWords} from "../../src/lab/address-report.js";
import {oneOf, range, words} from "../../src/lab/state.js";

const table = {
  model: oneOf("model", ["nano"], "nano"),
  stride: oneOf("os", [8, 16], 16),
  opacity: range("opacity", 0, 100, 40),
  hidden: words("hide")
};
const said = (query: string) => unknownInWords(table, new URLSearchParams(query));

it("an address with values that a page does not know is told of, and no other", () => {
  expect(said("os=7&opacity=&hide=cat")).toBe(
    "The address says os=7 and opacity=nothing, which this page does not know: it shows what is usual instead."
  );
  // Of models there is more to say, and what is of no table is somebody else's.
  for (const query of ["", "os=8&opacity=0", "model=gone", "utm_source=x"]) expect(said(query)).toBeNull();
});
