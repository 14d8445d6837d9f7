import {expect, it} from "vitest";
import {strideTable} from "../../../components/tables/stride-table.js";

it("has a row a block and marks those that say what changed", () => {
  const table = strideTable({label: "Blocks"});
  table.update([
    {name: "block_05", trainingStride: 1, stride: 1, rate: 1, size: "33 × 33", change: ""},
    {name: "block_06", trainingStride: 2, stride: 1, rate: 2, size: "33 × 33", change: "stride became a rate"}
  ]);
  const rows = [...table.querySelectorAll("tbody tr")];
  expect(rows.map(({className}) => className)).toEqual(["", "changed"]);
  expect([...rows[1]!.children].map(({textContent}) => textContent)).toEqual([
    "block_06",
    "2",
    "1",
    "2",
    "33 × 33",
    "stride became a rate"
  ]);
  expect(table.getAttribute("tabindex")).toBe("0");
});
