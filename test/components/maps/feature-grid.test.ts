import {beforeAll, beforeEach, describe, expect, it, vi} from "vitest";
import type {AtlasRequest} from "../../../src/components/maps/atlas-paint.js";
import {featureGrid} from "../../../src/components/maps/feature-grid.js";
import type {FeatureGrid, GridContent} from "../../../src/components/maps/feature-grid.js";
import type {GridHover} from "../../../src/components/maps/grid-hover.js";
import {withoutDrawing} from "../dom.js";

const HEIGHT = 5;
const WIDTH = 4;
const CHANNELS = 960;
const MAPS = {
  height: HEIGHT,
  width: WIDTH,
  channels: CHANNELS,
  values: Float32Array.from({length: HEIGHT * WIDTH * CHANNELS}, (_, index) => index)
};
const order = (count = CHANNELS) => Array.from({length: count}, (_, index) => index);
const content = (more: Partial<GridContent> = {}): GridContent => ({
  maps: MAPS,
  order: order(),
  scale: () => ({low: 0, high: 1, signed: false}),
  ...more
});

/** The box, which jsdom does not lay out. */
const BOX = {width: 450, height: 400};
let tellSize: () => void;

beforeAll(() => {
  withoutDrawing();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: () => void) {
        tellSize = callback;
      }
      observe() {}
    }
  );
  Object.defineProperty(HTMLElement.prototype, "clientWidth", {get: () => BOX.width});
  Object.defineProperty(HTMLElement.prototype, "clientHeight", {get: () => BOX.height});
});

const onHover = vi.fn<(hover: GridHover | null) => void>();
const onChoose = vi.fn<(channel: number) => void>();
const dispose = vi.fn();
const paint = vi.fn((_request: AtlasRequest) => ({
  image: new Image(),
  settings: {},
  onLost: (listener: () => void) => void (lose = listener),
  dispose
}));
let lose: () => void;
beforeEach(() => [onHover, onChoose, dispose, paint].forEach((spy) => spy.mockClear()));

function made(shown: GridContent | null = content()) {
  const view: FeatureGrid = featureGrid({paint, onHover, onChoose});
  document.body.replaceChildren(view);
  view.show(shown);
  const box = view.querySelector<HTMLElement>('[role="grid"]')!;
  const rows = () => [...box.querySelectorAll('[role="row"]')].map((row) => Number(row.getAttribute("aria-rowindex")));
  const cells = () => [...box.querySelectorAll<HTMLElement>('[role="gridcell"]:not([hidden])')];
  const cell = (channel: number) => cells().find(({dataset}) => dataset.channel === String(channel))!;
  const stops = () => cells().filter(({tabIndex}) => tabIndex === 0);
  const focused = () => document.activeElement?.getAttribute("aria-label");
  const press = (key: string, ctrlKey = false) =>
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", {key, ctrlKey, bubbles: true, cancelable: true}));
  const scroll = (top: number) => {
    box.scrollTop = top;
    box.dispatchEvent(new Event("scroll"));
  };
  return {view, box, rows, cells, cell, stops, focused, press, scroll};
}

describe("a grid of maps", () => {
  it("tells how large it is, but holds only the rows in sight", () => {
    const {box, rows, cells, scroll} = made();
    const columns = Number(box.getAttribute("aria-colcount"));
    expect(columns).toBeGreaterThan(3);
    expect(Number(box.getAttribute("aria-rowcount"))).toBe(Math.ceil(CHANNELS / columns));
    const atTop = rows();
    expect(atTop[0]).toBe(1);
    expect(atTop.length).toBeLessThan(10);
    expect(cells()[0]!.getAttribute("aria-label")).toBe("Channel 0");
    scroll(100 * 60);
    // In the document's order too; the first row has the tab stop.
    const inTheMiddle = rows();
    expect(inTheMiddle).toEqual([...inTheMiddle].sort((a, b) => a - b));
    expect(inTheMiddle[0]).toBe(1);
    expect(inTheMiddle[1]).toBeGreaterThan(30);
    expect(inTheMiddle.length).toBeLessThan(12);
    expect(paint).toHaveBeenCalledTimes(1);
  });

  it("is one tab stop, which the keys move, also to rows that were not there", () => {
    const {box, cells, stops, press, focused, rows} = made();
    const columns = Number(box.getAttribute("aria-colcount"));
    expect(stops()).toEqual([cells()[0]]);
    cells()[0]!.focus();
    press("ArrowRight");
    expect(focused()).toBe("Channel 1");
    press("ArrowDown");
    expect(focused()).toBe(`Channel ${1 + columns}`);
    press("End", true);
    expect(focused()).toBe(`Channel ${CHANNELS - 1}`);
    expect(rows().at(-1)).toBe(Math.ceil(CHANNELS / columns));
    expect(stops()).toHaveLength(1);
    press("Home", true);
    expect(focused()).toBe("Channel 0");
    press("PageDown");
    expect(focused()).not.toBe("Channel 0");
  });

  it("keeps the focus while it is scrolled away", () => {
    const {cells, focused, scroll, press} = made();
    cells()[2]!.focus();
    scroll(5000);
    expect(focused()).toBe("Channel 2");
    press("ArrowLeft");
    expect(focused()).toBe("Channel 1");
  });

  it("chooses with Enter, Space and a click, and shows what is chosen", () => {
    const {view, cells, cell, press} = made();
    cells()[0]!.focus();
    press("ArrowRight");
    press("Enter");
    press(" ");
    cell(3).click();
    expect(onChoose.mock.calls).toEqual([[1], [1], [3]]);
    view.select(3);
    expect(cells().filter((each) => each.getAttribute("aria-selected") === "true")).toEqual([cell(3)]);
  });

  it("brings a channel into sight, without taking the focus", () => {
    const {view, cell, stops} = made();
    expect(cell(700)).toBeUndefined();
    view.reveal(700);
    expect(cell(700)).toBeDefined();
    expect(stops()).toEqual([cell(700)]);
    expect(document.activeElement).toBe(document.body);
  });

  it("tells the value under the pointer, read from the maps", () => {
    const {cell, box} = made();
    const at = cell(3);
    const [mapWidth, mapHeight] = ["--map-width", "--map-height"].map((name) => parseFloat(box.style.getPropertyValue(name)));
    at.getBoundingClientRect = () => ({left: 200, top: 50}) as DOMRect;
    const move = (x: number, y: number) =>
      at.dispatchEvent(new MouseEvent("pointermove", {clientX: 200 + x * mapWidth!, clientY: 50 + y * mapHeight!, bubbles: true}));
    // The middle of column 2 of 4 and row 4 of 5.
    move(2.5 / WIDTH, 4.5 / HEIGHT);
    expect(onHover).toHaveBeenLastCalledWith({channel: 3, row: 4, column: 2, value: (4 * WIDTH + 2) * CHANNELS + 3});
    // On the words under the map.
    move(0.5, 1.05);
    expect(onHover).toHaveBeenLastCalledWith(null);
    box.dispatchEvent(new Event("pointerleave"));
    expect(onHover).toHaveBeenCalledTimes(2);
  });

  it("shows another order from its beginning, the same at its place, and paints what changed", () => {
    const {view, box, cells, scroll} = made();
    scroll(3000);
    view.show(content({scale: () => ({low: -1, high: 1, signed: true})}));
    expect(box.scrollTop).toBe(3000);
    expect(paint).toHaveBeenCalledTimes(2);
    expect(dispose).toHaveBeenCalledTimes(1);
    view.show(content({order: order().reverse(), caption: (channel) => `mean ${channel / 10}`}));
    expect(box.scrollTop).toBe(0);
    expect(cells()[0]!.getAttribute("aria-label")).toBe("Channel 959, mean 95.9");
    // Who tells a cell by what it shows says two words.
    expect(cells()[0]!.textContent!.trim()).toBe("959 mean 95.9");
  });

  it("keeps the focus on its channel in another order", () => {
    const {view, cell, focused} = made();
    cell(2).focus();
    cell(2).click();
    view.show(content({order: order().reverse()}));
    expect(focused()).toBe("Channel 2");
  });

  it("shows channels that one picture cannot hold page by page", () => {
    const maps = {height: 200, width: 200, channels: 1000, values: new Float32Array(0)};
    const {view, cells, cell} = made(content({maps, order: order(1000)}));
    const [previous, next] = view.querySelectorAll("button");
    expect(view.textContent).toContain("1 to 400 of 1000 channels, in this order");
    expect(previous!.disabled).toBe(true);
    expect(paint.mock.calls[0]![0].order).toHaveLength(400);
    next!.click();
    expect(view.textContent).toContain("401 to 800 of 1000 channels");
    expect(cells()[0]!.getAttribute("aria-label")).toBe("Channel 400");
    view.reveal(999);
    expect(cell(999)).toBeDefined();
    expect(next!.disabled).toBe(true);
    expect(Array.from(paint.mock.calls.at(-1)![0].order)).toEqual(order(1000).slice(800));
  });

  it("is painted anew when the picture was lost, and lets go of it with nothing to show", () => {
    const {view} = made();
    lose();
    expect(paint).toHaveBeenCalledTimes(2);
    view.show(null);
    expect(view.hidden).toBe(true);
    expect(dispose).toHaveBeenCalledTimes(2);
    expect(view.querySelectorAll('[role="row"]')).toHaveLength(0);
  });

  it("lays itself out anew for another width, with the same channels at the top", () => {
    const {box, scroll, cells} = made();
    scroll(3000);
    const columns = Number(box.getAttribute("aria-colcount"));
    const first = Math.floor(3000 / parseFloat(box.style.getPropertyValue("--row-height"))) * columns;
    BOX.width = 1000;
    tellSize();
    BOX.width = 450;
    expect(Number(box.getAttribute("aria-colcount"))).toBeGreaterThan(columns);
    expect(cells().some(({dataset}) => dataset.channel === String(first))).toBe(true);
    expect(paint).toHaveBeenCalledTimes(1);
  });
});
