import {beforeAll, describe, expect, it, vi} from "vitest";
import {mixingDesk} from "../../../src/components/fields/mixing-desk.js";
import {withoutDrawing} from "../dom.js";

beforeAll(withoutDrawing);

const named = (view: Element, name: string) => view.querySelector(`[aria-label="${name}"]`)!;

/** 1 x 2 cells with 3 channels. */
const maps = {height: 1, width: 2, channels: 3, values: Float32Array.from([1, -2, 3, 4, 5, 6])};

describe("the mixing desk", () => {
  const strips = ["a", "b", "c"].map((name) => ({name, title: `branch ${name}`, colour: "red", control: null}));
  it("marks what is muted, and what is alone", () => {
    const onMute = vi.fn();
    const onSolo = vi.fn();
    const desk = mixingDesk({strips, onMute, onSolo});
    desk.mute(new Set(["a", "c"]));
    const pressed = (name: string) => named(desk, name).getAttribute("aria-pressed");
    expect([pressed("Mute branch a"), pressed("Mute branch b"), pressed("Solo branch b"), pressed("Solo branch a")]).toEqual([
      "true",
      "false",
      "true",
      "false"
    ]);
    (named(desk, "Mute branch b") as HTMLElement).click();
    (named(desk, "Solo branch c") as HTMLElement).click();
    expect([onMute.mock.lastCall, onSolo.mock.lastCall]).toEqual([["b"], ["c"]]);
    desk.fill("b", maps, "rate 6");
    expect(named(desk, "branch b").textContent).toContain("rate 6");
    expect(() => desk.fill("z", maps, "")).toThrow(RangeError);
  });
});
