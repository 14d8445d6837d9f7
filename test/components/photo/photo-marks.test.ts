import {expect, it} from "vitest";
import {boxMark, pointMark} from "../../../src/components/photo/photo-marks.js";

it("marks are drawn in the photo's pixels", () => {
  const rects = [...boxMark({left: -3, top: 4, width: 10, height: 20, colour: "red", dashed: true}).querySelectorAll("rect")];
  expect(rects.map((rect) => ["x", "y", "width", "height"].map((name) => rect.getAttribute(name)).join())).toEqual([
    "-3,4,10,20",
    "-3,4,10,20"
  ]);
  expect(pointMark({column: 40, row: 30}, {width: 400, height: 100}).querySelector("path")!.getAttribute("d")).toContain("L50 30");
});
