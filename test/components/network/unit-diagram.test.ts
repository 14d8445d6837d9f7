import {beforeAll, expect, it, vi} from "vitest";
import {unitDiagram} from "../../../src/components/network/unit-diagram.js";
import type {DiagramNode} from "../../../src/components/network/unit-diagram.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const node = (name: string, title = name): DiagramNode => ({
  name,
  title,
  lines: ["64 channels"],
  kindColour: "teal",
  share: 1,
  height: 2,
  width: 2,
  values: [0, 1, 2, 3],
  colour: () => [0, 0, 0]
});

function buttons(diagram: HTMLElement): HTMLButtonElement[] {
  return [...diagram.querySelectorAll("button")];
}

it("has a box a node, in order, and marks the chosen one", () => {
  const diagram = unitDiagram({label: "A unit", onNode: () => {}});
  diagram.choose("b");
  diagram.update([node("a"), node("b")], true);
  expect(buttons(diagram).map((button) => button.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
  diagram.choose("a");
  expect(buttons(diagram).map((button) => button.getAttribute("aria-pressed"))).toEqual(["true", "false"]);
});

it("calls back on focus and keeps the boxes of the same unit", () => {
  const onNode = vi.fn();
  const diagram = unitDiagram({label: "A unit", onNode});
  document.body.append(diagram);
  diagram.update([node("a"), node("b")], true);
  const second = buttons(diagram)[1]!;
  second.focus();
  expect(onNode).toHaveBeenLastCalledWith("b");
  diagram.update([node("a"), node("b", "B, changed")], true);
  expect(document.activeElement).toBe(second);
  expect(second.textContent).toContain("B, changed");
  diagram.update([node("a"), node("c"), node("d")], true);
  expect(buttons(diagram)).toHaveLength(3);
});

it("says in words whether the skip is connected", () => {
  const diagram = unitDiagram({label: "A unit", onNode: () => {}});
  diagram.update([node("a")], true);
  expect(diagram.querySelector(".unit-skip")!.textContent).toBe("skip");
  diagram.update([node("a")], false);
  expect(diagram.querySelector(".unit-skip")!.textContent).toBe("no skip: 0");
});
