import {expect, it} from "vitest";
import {cellRuler} from "../../../components/charts/cell-ruler.js";

it("draws a tick at the centre of each cell, on a scale of the side's pixels", () => {
  const ruler = cellRuler({label: "Centres"});
  ruler.update(33, [
    {name: "stride 16", text: "three cells", first: 0, step: 16, cells: 3},
    {name: "stride 32", text: "", first: 0, step: 32, cells: 2}
  ]);
  expect([...ruler.querySelectorAll("path")].map((path) => path.getAttribute("d"))).toEqual(["M0 0V1M16 0V1M32 0V1", "M0 0V1M32 0V1"]);
  expect(ruler.querySelector("svg")!.getAttribute("viewBox")).toBe("-0.5 0 33 1");
  expect(ruler.querySelector("li")!.textContent).toMatch(/stride 16\s+three cells/);
});
