import {beforeEach, describe, expect, it, vi} from "vitest";
import {layerStack} from "../../../src/components/network/layer-stack.js";
import type {StackedLayer} from "../../../src/components/network/layer-stack.js";
import {stackFields} from "../../../src/engine/teaching/layer-stack.js";

const layer = (kernel: number, stride = 1, rate = 1): StackedLayer => ({kernel, stride, rate});

describe("a stack of layers", () => {
  let wrong: string | null;
  const asked = vi.fn<(layers: readonly StackedLayer[]) => void>();
  let view: ReturnType<typeof layerStack>;
  const show = (layers: readonly StackedLayer[]) => {
    const fields = stackFields(layers, "fixed");
    view.update(layers.map((each, index) => ({...each, ...fields[index]!})));
  };
  beforeEach(() => {
    wrong = null;
    asked.mockReset();
    view = layerStack({
      limits: layer(15, 8, 64),
      most: 4,
      onChange(layers) {
        asked(layers);
        if (wrong === null) show(layers);
        return wrong;
      }
    });
    document.body.replaceChildren(view);
    show([layer(3, 2), layer(5), layer(3, 1, 4)]);
  });
  const named = <E extends HTMLElement>(name: string) => view.querySelector<E>(`[aria-label="${name}"]`)!;
  const rows = () => [...view.querySelectorAll("li")];
  const numbers = () => rows().map((row) => [...row.querySelectorAll("input")].map(({value}) => Number(value)));
  const facts = (index: number) => rows()[index]!.querySelector(".stack-facts")!.textContent;
  const set = (name: string, value: string) => {
    const input = named<HTMLInputElement>(name);
    input.focus();
    input.value = value;
    input.dispatchEvent(new Event("change"));
    return input;
  };

  it("says of each layer what a cell behind it sees, and by which sum", () => {
    // 1 + 2; 3 + 4 steps of 2; 11 + 8 steps of 2.
    expect(facts(0)).toBe("sees 3 pixels = 1 + (3 − 1) · 1 · 1 no hole; a cell every 2 pixels, from −1");
    expect(facts(1)).toBe("sees 11 pixels = 3 + (5 − 1) · 1 · 2 no hole; a cell every 2 pixels, from −5");
    expect(facts(2)).toBe("sees 27 pixels = 11 + (3 − 1) · 4 · 2 no hole; a cell every 2 pixels, from −13");
  });

  it("draws what the first cell reads, its holes left out, and its neighbour one step on", () => {
    show([layer(3, 2, 3)]);
    expect(facts(0)).toContain("4 holes");
    const [first, next] = [...view.querySelectorAll(".stack-read")].map((path) => path.getAttribute("d")!);
    const starts = (d: string) => [...d.matchAll(/M(-?\d+) /g)].map(([, x]) => Number(x));
    expect([starts(first!), starts(next!)]).toEqual([
      [-3, 0, 3],
      [-1, 2, 5]
    ]);
    expect(view.querySelector("li svg")!.getAttribute("viewBox")).toBe("-3 0 9 1");
    expect([...view.querySelectorAll(".stack-axis span")].map(({textContent}) => textContent)).toEqual(["−3", "pixel 0", "6"]);
  });

  it("a number that is set changes that layer alone", () => {
    set("rate of stack layer 2", "2");
    expect(asked).toHaveBeenCalledExactlyOnceWith([layer(3, 2), layer(5, 1, 2), layer(3, 1, 4)]);
    expect(document.activeElement).toBe(named("rate of stack layer 2"));
  });

  it("what is refused stays written, with the sentence, until the stack is another", () => {
    wrong = "The kernel of layer 1 is a whole number from 1 to 15, not 99.";
    const input = set("kernel of stack layer 1", "99");
    expect(input.value).toBe("99");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(view.querySelector(".stack-wrong")!.textContent).toBe(wrong);
    wrong = null;
    set("kernel of stack layer 1", "5");
    expect([input.getAttribute("aria-invalid"), view.querySelector(".stack-wrong")!.textContent]).toEqual(["false", ""]);
    expect(numbers()[0]).toEqual([5, 2, 1]);
  });

  it("layers are added, moved and removed, and the focus goes with them", () => {
    named("Move down stack layer 1").focus();
    named("Move down stack layer 1").click();
    expect(numbers()).toEqual([
      [5, 1, 1],
      [3, 2, 1],
      [3, 1, 4]
    ]);
    expect(document.activeElement).toBe(named("Move down stack layer 2"));
    named("Move down stack layer 2").click();
    // It is the last now, and cannot go on.
    expect(document.activeElement).toBe(named("Move up stack layer 3"));
    named("Remove stack layer 2").click();
    expect(numbers()).toEqual([
      [5, 1, 1],
      [3, 2, 1]
    ]);
    expect(document.activeElement).toBe(named("Remove stack layer 2"));
    const add = [...view.querySelectorAll("button")].at(-1)!;
    add.click();
    add.click();
    expect(numbers()).toHaveLength(4);
    expect(document.activeElement).toBe(named("kernel of stack layer 4"));
    expect(add.disabled).toBe(true);
    for (let count = 4; count > 1; count--) named("Remove stack layer 1").click();
    expect(named<HTMLButtonElement>("Remove stack layer 1").disabled).toBe(true);
  });
});
