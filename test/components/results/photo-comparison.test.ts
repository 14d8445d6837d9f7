import {beforeAll, expect, it, vi} from "vitest";
import {photoComparison} from "../../../src/components/results/photo-comparison.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

it("names stand on the pictures that have some while they are wanted, and are looked for only then", () => {
  const names = vi.fn(() => [{name: "cat", x: 0.5, y: 0.5}]);
  const pictures = [
    {title: "Photo", width: 2, height: 1, paint: () => {}},
    {title: "Truth", width: 2, height: 1, paint: () => {}, names}
  ];
  const view = photoComparison({name: "one", facts: ""});
  const named = () => [...view.querySelectorAll("figure")].map((figure) => figure.querySelector(".mask-names")?.textContent);
  view.show(pictures);
  expect(named()).toEqual([undefined, ""]);
  expect(names).not.toHaveBeenCalled();
  view.name(true);
  expect(named()).toEqual([undefined, "cat"]);
  view.show("…");
  view.show(pictures);
  expect(named()).toEqual([undefined, "cat"]);
  view.name(false);
  expect(named()).toEqual([undefined, ""]);
});
