// @vitest-environment jsdom
import {expect, it} from "vitest";
import {readouts} from "../../../components/tables/readouts.js";

it("names each value in full where it is shown in short", () => {
  const row = readouts(["Size at 8", "Size at 16"], (name) => name.replace("Size at ", "stride "));
  row.update({"Size at 16": "33 × 33"});
  expect([...row.querySelectorAll(".readout-name")].map(({textContent}) => textContent)).toEqual(["stride 8", "stride 16"]);
  expect(row.querySelector('[aria-label="Size at 16"]')!.textContent).toBe("33 × 33");
  expect(row.querySelector('[aria-label="Size at 8"]')!.textContent).toBe("–");
});

it("refuses a value that it has no place for", () => {
  expect(() => readouts(["Rate"]).update({Stride: "2"})).toThrow("Stride");
});
