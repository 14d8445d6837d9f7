import {describe, expect, it} from "vitest";
import {fieldBox} from "../../src/engine/field-box.js";
import {plan, stepNamed} from "../../src/engine/plan.js";
import {receptiveField} from "../../src/engine/receptive-field.js";
import {StepList} from "../../src/engine/step-list.js";
import {complete} from "./networks.js";

describe("by hand", () => {
  const steps = new StepList({height: 9, width: 8, channels: 1});
  const strided = steps.conv("strided", "input", {kernel: 3, channels: 1, stride: 2, activation: "linear"});
  steps.depthwise("atrous", strided, {kernel: 3, rate: 3, activation: "linear"});

  it("pads an odd side evenly and an even one at its end", () => {
    // Rows 0-8: row 2 reads 3, 4, 5. Columns 0-7: padding only behind, column 2 reads 4, 5, 6, the last one 6, 7 and a zero.
    expect(fieldBox(steps.list, "strided", {row: 2, column: 2})).toEqual({top: 3, bottom: 5, left: 4, right: 6});
    expect(fieldBox(steps.list, "strided", {row: 4, column: 3})).toEqual({top: 7, bottom: 8, left: 6, right: 7});
  });
  it("counts both cells around a fraction", () => {
    expect(fieldBox(steps.list, "strided", {row: 1.5, column: 0})).toEqual({top: 1, bottom: 5, left: 0, right: 2});
  });
  it("leaves out taps that lie outside the map, where only the centre is left", () => {
    // 5 x 4 cells at rate 3: row 2 keeps its centre only; column 1 reads 1 and 4 (outside) and -2 (outside).
    expect(fieldBox(steps.list, "atrous", {row: 2, column: 1})).toEqual({top: 3, bottom: 5, left: 2, right: 4});
  });
});

it("has the side of the receptive field where no border is near", () => {
  const planned = plan(complete, {height: 513, width: 513});
  const {steps} = planned;
  for (const endPoint of ["backbone/block_05/project", "backbone/block_03/depthwise"]) {
    const {height, width} = stepNamed(planned, endPoint);
    const {extent} = receptiveField(steps, endPoint);
    const box = fieldBox(steps, endPoint, {row: (height - 1) / 2, column: (width - 1) / 2})!;
    expect(box.bottom - box.top + 1).toBe(extent);
    expect(box).toEqual({
      top: 256 - (extent - 1) / 2,
      bottom: 256 + (extent - 1) / 2,
      left: 256 - (extent - 1) / 2,
      right: 256 + (extent - 1) / 2
    });
  }
});

it("is the whole photo through image pooling, less without it, and nothing where all is left out", () => {
  const {steps} = plan(complete, {height: 513, width: 385});
  const at = {row: 64, column: 48};
  expect(fieldBox(steps, "logits", at)).toEqual({top: 0, bottom: 512, left: 0, right: 384});
  const local = fieldBox(steps, "backbone/block_08", {row: 16, column: 12})!;
  expect(local.bottom - local.top).toBeLessThan(512);
  expect(fieldBox(steps, "logits", at, ["logits"])).toBeNull();
});

it("does not know what is not there", () => {
  const {steps} = plan(complete, {height: 65, width: 65});
  expect(() => fieldBox(steps, "nowhere", {row: 0, column: 0})).toThrow('no layer "nowhere"');
  expect(() => fieldBox(steps, "logits", {row: 17, column: 0})).toThrow("row 17");
});

it("knows no kind of step that is not in the table, instead of taking it for one that reads cell by cell", () => {
  const {steps} = plan(complete, {height: 65, width: 65});
  const strange = steps.map((step) => (step.name === "aspp/projection" ? {...step, op: "attention"} : step)) as unknown as typeof steps;
  expect(() => fieldBox(strange, "logits", {row: 0, column: 0})).toThrow('no kind of step "attention"');
  expect(() => receptiveField(strange, "logits")).toThrow('no kind of step "attention"');
});
