import {expect, it} from "vitest";
import {readouts} from "../../../components/tables/readouts.js";

const named = (view: Element, name: string) => view.querySelector(`[aria-label="${name}"]`)!;

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

it("gives each value its name and keeps those that are not named", () => {
  const view = readouts(["Feature size", "Multiply-adds"]);
  view.update({"Feature size": "33 × 33"});
  view.update({"Multiply-adds": "2.7 G"});
  expect(named(view, "Feature size").textContent).toBe("33 × 33");
  expect(named(view, "Multiply-adds").textContent).toBe("2.7 G");
  expect(() => view.update({Colour: "red"})).toThrow(RangeError);
});
