import {beforeEach, expect, it, vi} from "vitest";
import {layerList} from "../../../src/components/network/layer-list.js";
import type {LayerRow} from "../../../src/components/network/layer-list.js";

const row = (name: string, opens = true): LayerRow => ({
  name,
  shape: "9 × 9 × 4",
  facts: [
    ["", "sum"],
    ["rate", "2"]
  ],
  colour: "red",
  glyph: {height: 0.5, width: 1},
  opens
});
const ROWS = [
  row("input"),
  row("block_01/expand"),
  row("block_01/depthwise"),
  row("nothing", false),
  row("block_02/expand"),
  row("logits")
];

const onOpen = vi.fn<(name: string) => void>();
beforeEach(() => onOpen.mockClear());

function made(rows = ROWS) {
  const list = layerList({onOpen});
  document.body.replaceChildren(list);
  list.update(rows);
  const buttons = () => [...list.querySelectorAll<HTMLButtonElement>("li:not([hidden]) button")];
  const filter = list.querySelector("input")!;
  const find = (text: string) => {
    filter.value = text;
    filter.dispatchEvent(new Event("input"));
  };
  const press = (key: string) =>
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  const names = () => buttons().map((button) => button.querySelector(".layer-name")!.textContent);
  const stops = () => buttons().filter(({tabIndex}) => tabIndex === 0);
  const focused = () => document.activeElement!.querySelector(".layer-name")?.textContent;
  return {list, buttons, filter, find, press, names, stops, focused};
}

it("shows the end points in order, each with what it is, and opens the one that is pressed", () => {
  const {buttons, names} = made();
  expect(names()).toEqual(ROWS.map(({name}) => name));
  expect(buttons()[1]!.textContent!.replace(/\s+/g, " ")).toBe(" block_01/expand 9 × 9 × 4 sum rate 2 ");
  buttons()[4]!.click();
  expect(onOpen.mock.calls).toEqual([["block_02/expand"]]);
  expect(buttons()[3]!.disabled).toBe(true);
});

it("marks the open one, also when the rows come anew", () => {
  const {list, buttons, stops} = made();
  const current = () =>
    buttons()
      .filter((button) => button.getAttribute("aria-current") === "true")
      .map((button) => button.querySelector(".layer-name")!.textContent);
  list.show("block_02/expand");
  expect(current()).toEqual(["block_02/expand"]);
  list.update(ROWS.slice(1));
  expect(current()).toEqual(["block_02/expand"]);
  expect(stops()).toEqual([buttons()[3]]);
  list.show(null);
  expect(current()).toEqual([]);
});

it("finds by all words of the field, says how many, and what to do when there are none", () => {
  const {list, names, find, filter, press} = made();
  find("EXPAND 02");
  expect(names()).toEqual(["block_02/expand"]);
  expect(list.textContent).toContain("1 of 6 layers");
  find("xception");
  expect(names()).toEqual([]);
  expect(list.textContent).toContain("No layer has “xception” in its name.");
  // Words that do stand in names of this network.
  expect(list.textContent).toContain("Try “block_01”, “block_02” or “logits”.");
  filter.focus();
  press("Escape");
  expect(names()).toHaveLength(6);
});

it("is one tab stop, in which the keys move, past what does not open", () => {
  const {stops, press, focused, filter} = made();
  expect(stops()).toHaveLength(1);
  filter.focus();
  press("ArrowDown");
  expect(focused()).toBe("input");
  press("End");
  expect(focused()).toBe("logits");
  press("ArrowUp");
  press("ArrowUp");
  expect(focused()).toBe("block_01/depthwise");
  expect(stops()).toEqual([document.activeElement]);
  press("Home");
  press("ArrowUp");
  expect(document.activeElement).toBe(filter);
});

it("opens the first that was found with Enter", () => {
  const {find, filter, press} = made();
  find("depth");
  filter.focus();
  press("Enter");
  expect(onOpen.mock.calls).toEqual([["block_01/depthwise"]]);
});

it("keeps the focus when the same end points come with other shapes", () => {
  const {list, buttons, focused} = made();
  buttons()[2]!.focus();
  list.update(ROWS.map((each) => ({...each, shape: "5 × 5 × 4"})));
  expect(focused()).toBe("block_01/depthwise");
  expect(document.activeElement!.textContent).toContain("5 × 5 × 4");
});
