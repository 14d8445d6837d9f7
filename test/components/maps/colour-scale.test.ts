import {beforeAll, expect, it} from "vitest";
import {colourScale} from "../../../src/components/maps/colour-scale.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

it("a colour scale has its ends' colours and words", () => {
  const view = colourScale({label: "Colours"});
  view.update({low: 0, high: 2}, (value) => [value * 100, 0, 0], ["sure", "", "2 bits"]);
  const {background} = view.querySelector<HTMLElement>(".scale-bar")!.style;
  expect(background.replaceAll(",", "").replaceAll("  ", " ")).toMatch(/rgba?\(0 0 0.*rgba?\(200 0 0/);
  expect([...view.querySelectorAll(".scale-words span")].map(({textContent}) => textContent)).toEqual(["sure", "", "2 bits"]);
});
