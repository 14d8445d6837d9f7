import {afterEach, beforeAll, beforeEach, describe, expect, it, vi} from "vitest";
import {zoomStage} from "../../../src/components/network/zoom-stage.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);
beforeEach(() => {
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(300);
});
afterEach(() => vi.restoreAllMocks());

function made({motion = true} = {}) {
  vi.stubGlobal("matchMedia", () => ({matches: motion}));
  const level = (name: string) => {
    const element = document.createElement("div");
    element.innerHTML = `<button>${name}</button>`;
    return {element, inner: () => new DOMRect(100, 60, 40, 30), focus: () => element.querySelector("button")!.focus()};
  };
  const stage = zoomStage({label: "Levels", levels: ["whole", "part", "place"].map(level)});
  document.body.replaceChildren(stage);
  const seen = () => [...stage.children].filter((box) => !(box as HTMLElement).hidden).map((box) => box.textContent);
  const boxes = [...stage.children] as HTMLElement[];
  return {stage, seen, boxes};
}

describe("a stage of levels", () => {
  it("zooms to the place where the next level lies, and ends on that level alone within a second", async () => {
    const {stage, seen, boxes} = made();
    expect(seen()).toEqual(["whole"]);
    stage.go(1);
    expect(seen()).toEqual(["whole", "part"]);
    // The part begins as large as its place: 40 of 400 pixels.
    expect(boxes[1]!.style.transform).toMatch(/scale\(0\.1\)$/);
    expect(boxes[0]!.inert).toBe(true);
    await vi.waitFor(() => expect(seen()).toEqual(["part"]), {timeout: 1000});
    expect(boxes[1]!.style.transform).toBe("");
    expect(stage.shown()).toBe(1);
  });

  it("can be turned back on the way, from where it has come to", async () => {
    const {stage, seen, boxes} = made();
    stage.go(1);
    const scale = () => Number(/scale\(([\d.]+)\)/.exec(boxes[1]!.style.transform)![1]);
    await vi.waitFor(() => expect(scale()).toBeGreaterThan(0.12), {interval: 5});
    const reached = scale();
    expect(reached).toBeLessThan(1);
    stage.go(0);
    expect(scale()).toBe(reached);
    await vi.waitFor(() => expect(seen()).toEqual(["whole"]), {timeout: 1000});
    expect(stage.shown()).toBe(0);
  });

  it("changes at once where the reader wants no motion", () => {
    const {stage, seen} = made({motion: false});
    stage.go(2);
    expect(seen()).toEqual(["place"]);
    stage.go(1);
    expect(seen()).toEqual(["part"]);
  });

  it("hands the focus on, and takes none that was elsewhere", () => {
    const {stage, boxes} = made({motion: false});
    stage.go(1);
    expect(document.activeElement).toBe(document.body);
    boxes[1]!.querySelector("button")!.focus();
    stage.go(2);
    expect(document.activeElement!.textContent).toBe("place");
  });
});
