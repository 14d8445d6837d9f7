import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {LIKE_BUNDLED} from "../../src/pages/lessons/bundled-model.js";
import {apartPhoto} from "../../src/pages/lessons/segmentation/apart.js";
import {clearest, stagesOf} from "../../src/pages/lessons/segmentation/apart-maps.js";
import type {ApartSource} from "../../src/pages/lessons/segmentation/apart.js";
import type {Activations} from "../../src/engine/activations.js";
import {released} from "../../src/engine/released.js";
import {plan} from "../../src/engine/plan.js";
import {withoutDrawing} from "./dom.js";
import {recordDrawing} from "./drawing.js";

let calm: {matches: boolean};

beforeEach(() => {
  withoutDrawing();
  recordDrawing();
  calm = {matches: false};
  vi.stubGlobal("matchMedia", () => calm);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const maps = (height: number, channels: number): Activations => ({
  height,
  width: height,
  channels,
  values: Float32Array.from({length: height * height * channels}, (_, index) => (index * 7) % 11)
});

function source(milliseconds = 100) {
  const asked: (readonly string[])[] = [];
  const result = {
    width: 65,
    height: 65,
    covered: {width: 1, height: 1},
    plan: LIKE_BUNDLED,
    logits: {...maps(9, 21), classes: 21},
    timings: {network: milliseconds}
  };
  const offered = {
    result,
    tapped(names: readonly string[]) {
      asked.push(names);
      return Promise.resolve(Object.fromEntries(names.map((name) => [name, maps(9, 5)])));
    }
  } as unknown as ApartSource;
  return {offered, asked};
}

function made() {
  const map = document.createElement("div");
  const report = vi.fn();
  return {map, report, ...apartPhoto(map, report)};
}
const isApart = (map: HTMLElement) => map.querySelector(".apart")?.classList.contains("is-apart") ?? false;

it("the stages are the outputs of the last units at each size", () => {
  const stages = stagesOf(plan(released(0.5), {height: 513, width: 513, outputStride: 16}));
  expect(stages.map(({stride}) => stride)).toEqual([2, 4, 8, 16]);
  expect(stages.at(-1)!.name).toBe("backbone/block_16/project");
});

it("channels that change least from cell to cell come first, and those that say the same everywhere last", () => {
  const rows = [
    [5, 0, 0],
    [5, 9, 1],
    [5, 0, 2],
    [5, 9, 3]
  ];
  expect(clearest({height: 1, width: 4, channels: 3, values: Float32Array.from(rows.flat())})).toEqual([2, 1, 0]);
});

it("the first photo comes apart by itself into maps that were tapped, and the next as it stands", async () => {
  const {map, button, offer} = made();
  expect(button.disabled).toBe(true);
  const first = source();
  offer(first.offered);
  await vi.waitFor(() => expect(isApart(map)).toBe(true));
  expect(first.asked).toEqual([stagesOf(LIKE_BUNDLED).map(({name}) => name)]);
  // Maps of each stage and classes, as many below each other as beside each other.
  expect(map.querySelectorAll(".apart canvas")).toHaveLength((1 + stagesOf(LIKE_BUNDLED).length) ** 2);
  button.click();
  expect(isApart(map)).toBe(false);
  expect(button.textContent).toBe("Take it apart");
  const second = source();
  offer(second.offered);
  expect(second.asked).toEqual([]);
  button.click();
  await vi.waitFor(() => expect(isApart(map)).toBe(true));
});

it.each<[string, {milliseconds?: number; isCalm?: boolean; isTouched?: boolean}]>([
  ["on a slow machine", {milliseconds: 5000}],
  ["where less motion is asked for", {isCalm: true}],
  ["once the reader looks", {isTouched: true}]
])("nothing comes apart by itself %s, but by the button", async (_, {milliseconds = 100, isCalm = false, isTouched = false}) => {
  calm.matches = isCalm;
  const {map, button, offer} = made();
  if (isTouched) map.dispatchEvent(new Event("pointermove"));
  const {offered, asked} = source(milliseconds);
  offer(offered);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([]);
  button.click();
  await vi.waitFor(() => expect(isApart(map)).toBe(true));
});

it("says what went wrong, and the mask stays", async () => {
  const {map, button, offer, report} = made();
  const {offered} = source();
  offer({...offered, tapped: () => Promise.reject(new Error("The GPU was lost."))});
  await vi.waitFor(() => expect(report).toHaveBeenCalledWith(new Error("The GPU was lost.")));
  expect(isApart(map)).toBe(false);
  expect(button.textContent).toBe("Take it apart");
});
