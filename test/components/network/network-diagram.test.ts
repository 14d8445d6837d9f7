import {beforeAll, expect, it, vi} from "vitest";
import {networkDiagram} from "../../../src/components/network/network-diagram.js";
import type {DiagramItem} from "../../../src/components/network/diagram-graph.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const item = (id: string, inputs: string[], group: string | null = null): DiagramItem => ({
  id,
  inputs,
  group,
  label: [id],
  name: `the ${id}`,
  colour: "red",
  side: 9,
  channels: 4,
  hollow: false
});
const ITEMS = [item("in", []), item("g/a", ["in"], "g"), item("g/b", ["g/a"], "g"), item("out", ["g/b"])];
const CONTENT = {items: ITEMS, groups: new Map([["g", {title: "g", label: ["g"], name: "a group"}]]), open: false, selected: "out"};

function made() {
  const onSelect = vi.fn<(id: string) => void>();
  const onEnter = vi.fn<(id: string) => void>();
  const diagram = networkDiagram({label: "The network", onSelect, onEnter});
  document.body.replaceChildren(diagram);
  diagram.update(CONTENT);
  const names = () => [...diagram.querySelectorAll("[data-id]")].map((box) => box.getAttribute("aria-label"));
  const press = (key: string) =>
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  const tabStops = () => [...diagram.querySelectorAll('[data-id][tabindex="0"]')];
  return {diagram, onSelect, onEnter, names, press, tabStops};
}

it("opens the group of the selected item, and all where that is asked", () => {
  const {diagram, names} = made();
  expect(names()).toEqual(["the in", "a group", "the out"]);
  diagram.update({...CONTENT, selected: "g/a"});
  expect(names()).toEqual(["the in", "the g/a", "the g/b", "the out"]);
  diagram.update({...CONTENT, open: true});
  expect(names()).toHaveLength(4);
});

it("has one tab stop, which the arrow keys move; Enter selects a closed group's last item", () => {
  const {onSelect, press, tabStops} = made();
  expect(tabStops().map((box) => box.getAttribute("aria-label"))).toEqual(["the out"]);
  (tabStops()[0] as SVGGElement).focus();
  press("ArrowLeft");
  expect(tabStops().map((box) => box.getAttribute("aria-label"))).toEqual(["a group"]);
  expect(document.activeElement).toBe(tabStops()[0]);
  press("Enter");
  expect(onSelect).toHaveBeenCalledWith("g/b");
});

it("keeps the focus on what was selected when it is drawn anew", () => {
  const {diagram, press, tabStops} = made();
  (tabStops()[0] as SVGGElement).focus();
  press("ArrowLeft");
  diagram.update({...CONTENT, selected: "g/b"});
  expect(document.activeElement!.getAttribute("aria-label")).toBe("the g/b");
  expect(document.activeElement!.getAttribute("aria-pressed")).toBe("true");
});

it("a box of one item is gone into; a closed group opens instead", () => {
  const {onSelect, onEnter, press, tabStops} = made();
  (tabStops()[0] as SVGGElement).focus();
  press("Enter");
  expect(onEnter).toHaveBeenCalledExactlyOnceWith("out");
  press("ArrowLeft");
  press("Enter");
  expect(onEnter).toHaveBeenCalledOnce();
  expect(onSelect).toHaveBeenCalledExactlyOnceWith("g/b");
});

it("shows a picture in the box of each item that has one, of a closed group that of its last", () => {
  const {diagram} = made();
  diagram.picture(
    new Map([
      ["in", "in.png"],
      ["g/b", "b.png"]
    ])
  );
  const pictures = () => [...diagram.querySelectorAll("[data-id]")].map((box) => box.querySelector("image")!.getAttribute("href"));
  expect(pictures()).toEqual(["in.png", "b.png", null]);
  diagram.update({...CONTENT, selected: "g/a"});
  expect(pictures()).toEqual(["in.png", null, "b.png", null]);
});
