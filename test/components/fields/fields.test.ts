import {expect, it, vi} from "vitest";
import {choiceField, sliderField, switchField} from "../../../src/components/fields/fields.js";

it("a slider has its name, its limits and its value with the unit, and reports what is chosen", () => {
  const onInput = vi.fn();
  const field = sliderField({label: "Dilation rate", min: 1, max: 24, value: 4, unit: "cells", onInput});
  const input = field.querySelector("input")!;
  expect(field.querySelector(`label[for="${input.id}"]`)!.textContent).toBe("Dilation rate");
  expect([input.min, input.max, input.value, input.getAttribute("aria-valuetext")]).toEqual(["1", "24", "4", "4 cells"]);
  input.value = "18";
  input.dispatchEvent(new Event("input"));
  expect(onInput).toHaveBeenCalledWith(18);
  field.show(2);
  expect(input.getAttribute("aria-valuetext")).toBe("2 cells");
  expect(onInput).toHaveBeenCalledTimes(1);
});

it("a choice is a group of radio buttons of which one holds", () => {
  const onChange = vi.fn();
  const field = choiceField({
    label: "Padding",
    choices: [
      {value: "same", label: "same"},
      {value: "valid", label: "valid"}
    ],
    value: "same",
    onChange
  });
  document.body.append(field);
  const [same, valid] = field.querySelectorAll("input");
  expect(same!.checked).toBe(true);
  valid!.click();
  expect(onChange).toHaveBeenCalledWith("valid");
  field.show("same");
  expect([same!.checked, valid!.checked]).toEqual([true, false]);
});

it("a switch reports its new state", () => {
  const onChange = vi.fn();
  const field = switchField({label: "Skip", value: true, onChange});
  document.body.append(field);
  field.querySelector("input")!.click();
  expect(onChange).toHaveBeenCalledWith(false);
});

it("fields have ids of their own where the site's address is not secure, whose browsers make no UUIDs", () => {
  const {crypto} = globalThis;
  vi.stubGlobal("crypto", {getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)});
  const make = () => sliderField({label: "Rate", min: 1, max: 2, value: 1, unit: "", onInput: () => {}}).querySelector("input")!.id;
  const ids = [make(), make()];
  vi.unstubAllGlobals();
  expect(new Set(ids).size).toBe(2);
});
