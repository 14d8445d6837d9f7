import {describe, expect, it} from "vitest";
import type {Edit} from "../../../../src/engine/photo-edits/edit.js";
import {LONGEST_TEXT, formatEdits, parseEdits} from "../../../../src/pages/inspector/perturb/edit-text.js";
import {EDIT_PRESETS} from "../../../../src/pages/inspector/perturb/presets.js";

const EDITS: readonly Edit[] = [
  {shape: {kind: "rectangle", x: 250, y: 0, width: 500, height: 1000, outside: false}, effect: {kind: "cover", colour: "#80ff00"}},
  {shape: {kind: "rectangle", x: 1, y: 2, width: 3, height: 4, outside: true}, effect: {kind: "blur", amount: 15}},
  {
    shape: {
      kind: "line",
      radius: 40,
      points: [
        [0, 0],
        [1000, 500],
        [7, 8]
      ]
    },
    effect: {kind: "noise", amount: 100}
  },
  {shape: {kind: "line", radius: 1, points: [[5, 6]]}, effect: {kind: "turn", amount: 180}},
  {shape: {kind: "square", x: 500, y: 400, side: 200, loose: false}, effect: {kind: "hue", amount: 120}},
  {shape: {kind: "square", x: 0, y: 1000, side: 1000, loose: true}, effect: {kind: "grey"}}
];

it("writes edits as letters that an address leaves as they are", () => {
  const text = formatEdits(EDITS);
  expect(text).toBe("r250.0.500.1000-c80ff00_o1.2.3.4-b15_l40.0.0.1000.500.7.8-n100_l1.5.6-t180_k500.400.200-h120_q0.1000.1000-g");
  expect(new URLSearchParams({edit: text}).toString()).toBe(`edit=${text}`);
});

it("reads what it wrote", () => {
  expect(parseEdits(formatEdits(EDITS))).toEqual(EDITS);
  expect(parseEdits("")).toEqual([]);
  for (const {edits} of EDIT_PRESETS) expect(parseEdits(formatEdits(edits))).toEqual(edits);
});

describe("a text that stands for no edits", () => {
  it.each([
    ...[
      "x",
      "r",
      "-",
      "_",
      "r1.2.3-g",
      "r1.2.3.4.5-g",
      "r1.2.0.4-g",
      "r900.0.200.10-g",
      "r0.0.1001.10-g",
      "r-1.0.10.10-g",
      "r1.5e1.3.4-g",
      "r1.2.3.-g"
    ],
    ...["z1.2.3.4-g", "q1.2-g", "q1.2.0-g", "l0.1.2-g", "l5-g", "l5.1-g", "l5.1.2.3-g"],
    ...[
      "r1.2.3.4",
      "r1.2.3.4-",
      "r1.2.3.4-g1",
      "r1.2.3.4-c80808",
      "r1.2.3.4-cGGGGGG",
      "r1.2.3.4-b0",
      "r1.2.3.4-b61",
      "r1.2.3.4-n101",
      "r1.2.3.4-t360",
      "r1.2.3.4-z5"
    ],
    ...["r1.2.3.4-g-g", "r1.2.3.4-g_", "r1.2.3.4-g_bad", "<script>"]
  ])("%s", (text) => {
    expect(parseEdits(text)).toBeUndefined();
  });

  it("one longer than an address should be", () => {
    const many = Array.from({length: 200}, () => "r1.2.3.4-g").join("_");
    expect(many.length).toBeGreaterThan(LONGEST_TEXT);
    expect(parseEdits(many)).toBeUndefined();
  });
});
