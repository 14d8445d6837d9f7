import {describe, expect, it} from "vitest";
import {boxHeight, boxWidth, channelsWidth, faceOf} from "../../../src/components/network/diagram-boxes.js";
import type {DiagramItem} from "../../../src/components/network/diagram-graph.js";
import {layoutNetwork, neighbour} from "../../../src/components/network/network-layout.js";

const item = (id: string, inputs: string[], group: string | null = null, side = 33): DiagramItem => ({
  id,
  inputs,
  group,
  label: [id.split("/").at(-1)!],
  name: id,
  colour: "red",
  side,
  channels: 16,
  hollow: false
});

/** A trunk with a residual unit, two branches of unequal length, and a skip from the trunk to behind their join. */
const ITEMS = [
  item("in", []),
  item("unit/a", ["in"], "unit"),
  item("unit/b", ["unit/a"], "unit"),
  item("unit/add", ["in", "unit/b"], "unit"),
  item("features", ["unit/add"]),
  item("short", ["features"]),
  item("long/a", ["features"], "long"),
  item("long/b", ["long/a"], "long"),
  item("join", ["short", "long/b"]),
  item("mixed", ["join"]),
  item("low", ["unit/add"], null, 129),
  item("decoded", ["mixed", "low"]),
  item("out", ["decoded"])
];
const GROUPS = new Map(["unit", "long"].map((id) => [id, {title: id, label: [id], name: `${id}, several layers`}]));
const open = layoutNetwork(ITEMS, GROUPS, () => true);
const closed = layoutNetwork(ITEMS, GROUPS, () => false);
const box = (layout: typeof open, id: string) => layout.boxes.find((candidate) => candidate.id === id)!;

it.each([
  ["open", open],
  ["closed", closed]
] as const)("places every item once, inputs left of what reads them (%s)", (_, layout) => {
  const placed = layout.boxes.flatMap(({members}) => members.map(({id}) => id));
  expect(placed.sort()).toEqual(ITEMS.map(({id}) => id).sort());
  for (const {from, to} of layout.links) {
    expect(box(layout, from).column).toBeLessThan(box(layout, to).column);
    expect(box(layout, from).x + box(layout, from).width / 2).toBeLessThan(box(layout, to).x - box(layout, to).width / 2);
  }
});

it.each([
  ["open", open],
  ["closed", closed]
] as const)("lays no box over another, and all within the bounds (%s)", (_, {boxes, bounds}) => {
  for (const [index, a] of boxes.entries()) {
    expect(a.x - a.width / 2).toBeGreaterThanOrEqual(bounds.x);
    expect(a.y + a.height / 2).toBeLessThanOrEqual(bounds.y + bounds.height);
    for (const b of boxes.slice(index + 1)) {
      const apart = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
      expect(apart, `${a.id} and ${b.id}`).toBe(true);
    }
  }
});

it("spreads branches around the trunk, lets them end together, and takes the skip beneath them", () => {
  expect(box(open, "short").y).toBe(-box(open, "long/b").y);
  expect(box(open, "short").y).toBeLessThan(0);
  expect(box(open, "short").column).toBe(box(open, "long/b").column);
  expect(box(open, "low").y).toBeGreaterThan(box(open, "long/b").y);
  expect(box(open, "low").column).toBe(box(open, "mixed").column);
  expect(box(open, "mixed").y).toBe(0);
});

it("marks what leaps over other boxes", () => {
  expect(open.links.filter(({skip}) => skip).map(({from, to}) => `${from} > ${to}`)).toEqual(["in > unit/add", "unit/add > low"]);
});

describe("a closed group", () => {
  it("is one box with its last item's size and outer links, and knows of its skip", () => {
    const unit = box(closed, "unit");
    expect(unit).toMatchObject({
      name: "unit, several layers",
      skips: true,
      height: faceOf(33, 1).height,
      width: faceOf(33, 1).width + channelsWidth(16)
    });
    expect(box(closed, "long").skips).toBe(false);
    expect(closed.links.map(({from, to}) => `${from} > ${to}`)).toContain("unit > low");
    expect(closed.frames).toEqual([]);
  });
  it("has a frame once it is open", () => {
    expect(open.frames.map(({group}) => group)).toEqual(["unit", "long"]);
  });
});

it("leads along links and between branches by keys", () => {
  const go = (id: string, ...way: ("left" | "right" | "up" | "down")[]) =>
    way.reduce<string | undefined>((at, direction) => at && neighbour(closed, at, direction)?.id, id);
  expect(go("in", "right", "right")).toBe("features");
  expect(go("features", "left")).toBe("unit");
  expect(go("short", "down")).toBe("long");
  expect(go("long", "up")).toBe("short");
  expect(go("in", "left")).toBeUndefined();
});

it("sizes boxes by square roots", () => {
  expect(boxHeight(132) / boxHeight(33)).toBeCloseTo(2);
  expect(boxWidth(64) / boxWidth(16)).toBeCloseTo(2);
  expect(channelsWidth(64) / channelsWidth(16)).toBeCloseTo(2);
  const {width, height} = faceOf(33, 4 / 3);
  expect(width / height).toBeCloseTo(4 / 3);
  expect(faceOf(33, 3 / 4)).toEqual({width: height, height: width});
});

describe("in several lines", () => {
  const TRUNK = Array.from({length: 12}, (_, index) =>
    item(`t${index}`, index > 0 ? [`t${index - 1}`] : [], index === 5 || index === 6 ? "pair" : null)
  );
  const HEAD = [
    item("a", ["t11"]),
    item("b", ["t11"]),
    item("c", ["t11"]),
    item("join", ["a", "b", "c"]),
    item("low", ["t1"]),
    item("mixed", ["join"]),
    item("end", ["mixed", "low"])
  ];
  const PAIR = new Map([["pair", {title: "pair", label: ["pair"], name: "pair"}]]);
  const laid = (lines: number) => layoutNetwork([...TRUNK, ...HEAD], PAIR, () => true, {lines});

  it("is narrower the more there are, and parts neither a group nor what follows a fork", () => {
    const widths = [1, 2, 3].map((lines) => laid(lines).bounds.width);
    expect(widths[1]).toBeLessThan(widths[0]! * 0.75);
    expect(widths[2]).toBeLessThan(widths[1]!);
    const three = laid(3);
    expect(new Set(three.boxes.filter(({id}) => id.startsWith("t")).map(({y}) => y)).size).toBe(3);
    expect(box(three, "t5").y).toBe(box(three, "t6").y);
    expect(box(three, "t11").y).toBe(box(three, "b").y);
    expect(box(three, "join").y).toBe(box(three, "end").y);
  });

  it("has no two boxes over each other, and a skip that comes from above", () => {
    const {boxes} = laid(3);
    for (const a of boxes)
      for (const b of boxes)
        if (a !== b)
          expect(
            Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2,
            `${a.id} and ${b.id}`
          ).toBe(true);
    const three = laid(3);
    expect(box(three, "low").y).toBeLessThan(box(three, "a").y);
    expect(box(three, "low").y).toBeGreaterThan(box(three, "t1").y);
  });
});
