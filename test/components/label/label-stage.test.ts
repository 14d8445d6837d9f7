import {beforeAll, expect, it} from "vitest";
import {labelStage} from "../../../components/label/label-stage.js";
import {withoutDrawing} from "../dom.js";
import {recordDrawing} from "../drawing.js";

const nothing = () => {};
const picture = {width: 40, height: 20, paintPhoto: nothing, paintLabels: nothing};

beforeAll(() => {
  withoutDrawing();
  recordDrawing();
});

function shown() {
  const stage = labelStage({
    onStart: nothing,
    onMove: nothing,
    onEnd: nothing,
    onCancel: nothing,
    onEnter: () => false,
    onPoint: nothing
  });
  stage.show(picture, "Labels of a cat");
  return stage;
}

it("grows and shrinks by the same steps, and shrinks to the whole photo at most", () => {
  const stage = shown();
  const whole = stage.view().scale;
  stage.zoom(1);
  const once = stage.view().scale;
  stage.zoom(1);
  expect([once, stage.view().scale]).toEqual([expect.closeTo(1.25 * whole, 9), expect.closeTo(1.25 ** 2 * whole, 9)]);
  stage.zoom(-1);
  expect(stage.view().scale).toBeCloseTo(once, 9);
  stage.zoom(-2);
  expect(stage.view().scale).toBe(whole);
});

it("names go along with the photo, those outside of what is seen left out, and are away while something is drawn", () => {
  const stage = shown();
  const names = () => [...stage.querySelectorAll(".mask-names span")].map(({textContent}) => textContent);
  stage.name([
    {name: "dog", x: 0.5, y: 0.5},
    {name: "cat", x: 0.05, y: 0.5}
  ]);
  expect(names()).toEqual(["dog", "cat"]);
  stage.zoom(4);
  expect(names()).toEqual(["dog"]);
  stage.fit();
  expect(names()).toEqual(["dog", "cat"]);

  const surface = stage.querySelector<HTMLElement>(".label-surface")!;
  surface.setPointerCapture = nothing;
  const send = (type: string) => surface.dispatchEvent(new PointerEvent(type, {pointerId: 1, pointerType: "mouse"}));
  send("pointerdown");
  expect(surface.classList).toContain("is-drawing");
  send("pointerup");
  expect(surface.classList).not.toContain("is-drawing");
  stage.moves(true);
  send("pointerdown");
  expect(surface.classList).not.toContain("is-drawing");
  send("pointerup");

  // Another photo has none of them.
  stage.show(picture, "Labels of a dog");
  expect(names()).toEqual([]);
});
