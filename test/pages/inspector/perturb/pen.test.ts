import {expect, it} from "vitest";
import type {Edit} from "../../../../src/engine/photo-edits/edit.js";
import {chosenEffect, looseSquare, pen, withSquare, withSquareKept} from "../../../../src/pages/inspector/perturb/pen.js";
import {SAMPLES} from "../../../../src/data/samples/samples.js";
import {stateFromQuery} from "../../../../src/lab/state.js";
import {workbenchTable} from "../../../../src/pages/workbench/state.js";

const TABLE = workbenchTable(["nano"], SAMPLES);
const stateOf = (query: string) => stateFromQuery(TABLE, new URLSearchParams(query));

/** A pen on a page at this address, and what it did. */
function drawing(query: string) {
  let state = stateOf(query);
  const gestures: object[] = [];
  const draw = pen({
    state: () => state,
    change(edits, gesture) {
      state = {...state, edits};
      gestures.push(gesture);
    }
  });
  return {draw, gestures, edits: () => state.edits};
}

const COVER = {kind: "cover", colour: "#808080"};

it("drags one square, whose place only the last point decides, in one gesture a stroke", () => {
  const {draw, gestures, edits} = drawing("tool=square&square=150");
  draw("start", {x: 0.1, y: 0.2});
  draw("move", {x: 0.3, y: 0.4});
  draw("end", {x: 0.3, y: 0.4});
  draw("start", {x: 0.5, y: 0.6});
  expect(edits()).toEqual([{shape: {kind: "square", x: 500, y: 600, side: 150, loose: true}, effect: COVER}]);
  expect(new Set(gestures).size).toBe(2);
});

it("draws a rectangle between two corners, whichever comes first, and nothing before it has an area", () => {
  const {draw, edits} = drawing("tool=rectangle&effect=blur&blur=20");
  draw("start", {x: 0.75, y: 0.5});
  expect(edits()).toEqual([]);
  draw("move", {x: 0.25, y: 0.625});
  draw("end", {x: 0.25, y: 0.75});
  expect(edits()).toEqual([
    {shape: {kind: "rectangle", x: 250, y: 500, width: 500, height: 250, outside: false}, effect: {kind: "blur", amount: 20}}
  ]);
});

it("draws a brush's line with few points, after a square that it leaves where it is", () => {
  const {draw, edits} = drawing("tool=brush&brush=100&effect=grey&edit=q100.100.50-c808080");
  draw("start", {x: 0, y: 0});
  for (let i = 1; i < 1000; i++) draw("move", {x: i / 1000, y: 0.5 + 0.4 * Math.sin(i / 15)});
  draw("end", {x: 1, y: 0.5});
  const [square, line] = edits() as [Edit, Edit];
  expect(edits()).toHaveLength(2);
  expect(square.shape).toMatchObject({kind: "square", loose: false});
  expect(line.effect).toEqual({kind: "grey"});
  expect(line.shape).toMatchObject({kind: "line", radius: 50});
  const {points} = line.shape as {points: readonly unknown[]};
  expect(points.length).toBeLessThanOrEqual(40);
  expect(points.length).toBeGreaterThan(20);
  expect([points[0], points.at(-1)]).toEqual([
    [0, 0],
    [1000, 500]
  ]);
});

it("draws a stroke to its end with the tool that it began with", () => {
  let state = stateOf("tool=rectangle");
  const draw = pen({state: () => state, change: (edits) => (state = {...state, edits})});
  draw("start", {x: 0.25, y: 0.25});
  draw("move", {x: 0.5, y: 0.5});
  state = {...state, tool: "brush"};
  draw("end", {x: 0.5, y: 0.5});
  expect(state.edits.map(({shape}) => shape.kind)).toEqual(["rectangle"]);
});

it("draws nothing with a move that no start came before", () => {
  const {draw, gestures} = drawing("tool=brush");
  draw("move", {x: 0.5, y: 0.5});
  draw("end", {x: 0.5, y: 0.5});
  expect(gestures).toEqual([]);
});

it("moves the square along one side, gives it another effect, and lets it go", () => {
  const state = stateOf("effect=noise&noise=7&square=300&edit=r1.2.3.4-g_q100.200.50-c808080");
  const moved = withSquare(state, {y: 900});
  expect(moved).toEqual([
    state.edits[0],
    {shape: {kind: "square", x: 100, y: 900, side: 300, loose: true}, effect: {kind: "noise", amount: 7}}
  ]);
  expect(looseSquare(withSquareKept(moved))).toBeNull();
  expect(withSquareKept(state.edits.slice(0, 1))).toEqual(state.edits.slice(0, 1));
  expect(withSquare({...state, edits: []})[0]!.shape).toMatchObject({x: 500, y: 500});
  expect(chosenEffect(stateOf("effect=turn"))).toEqual({kind: "turn", amount: 180});
});
