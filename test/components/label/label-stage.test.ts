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

it("grows and shrinks by the same steps, and shrinks to the whole photo at most", () => {
  const stage = labelStage({
    onStart: nothing,
    onMove: nothing,
    onEnd: nothing,
    onCancel: nothing,
    onEnter: () => false,
    onPoint: nothing
  });
  stage.show(picture, "Labels of a cat");
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
