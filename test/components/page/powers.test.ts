import {expect, it} from "vitest";
import {withPower} from "../../../src/components/page/powers.js";

it("writes small numbers with their power of ten", () => {
  expect([2.38e-7, 4e-12, 3e5, 0].map(withPower)).toEqual(["2.4\u00a0×\u00a010⁻⁷", "4.0\u00a0×\u00a010⁻¹²", "3.0\u00a0×\u00a010⁵", "0"]);
});
