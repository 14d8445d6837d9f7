import {beforeEach, describe, expect, it, vi} from "vitest";
import {classScores} from "../../../src/components/classes/class-scores.js";
import {softmaxTerms} from "../../../src/engine/labels/pixel.js";

const NAMES = ["cat", "dog", "cow", "bus", "car", "sofa", "boat"];
const LOGITS = [-2, 1.5, 0.25, 3, -14, 2.5, 4];
/** Softmax as it is defined, nothing taken from the logits. */
const share = (id: number) => Math.exp(LOGITS[id]!) / LOGITS.reduce((sum, logit) => sum + Math.exp(logit), 0);

describe("scores of the classes", () => {
  const onChoose = vi.fn();
  let view: ReturnType<typeof classScores>;
  const show = (chosen: number, logits = LOGITS) =>
    view.update({classes: NAMES.map((name) => ({name, colour: "red"})), logits, ...softmaxTerms(logits), chosen});
  beforeEach(() => {
    onChoose.mockReset();
    view = classScores({label: "Scores", chosen: "asked about", onChoose});
    show(1);
    document.body.replaceChildren(view);
  });
  const rows = () => [...view.querySelectorAll<HTMLElement>("tbody tr")];
  const rowOf = (name: string) => rows().find((row) => row.querySelector("button")!.textContent === name)!;
  const numbersOf = (name: string) => [...rowOf(name).querySelectorAll("td")].map(({textContent}) => textContent);
  const division = () => view.querySelector(".score-division")!;
  const unfold = () => [...view.querySelectorAll("button")].at(-1)!.click();

  it("stand largest first, five of them and the chosen one; a button unfolds the rest, which stays so at the next place", () => {
    expect(rows()[0]!.textContent).toContain("boat");
    const visible = () => rows().flatMap(({hidden}, rank) => (hidden ? [] : [rank]));
    expect(visible()).toEqual([0, 1, 2, 3, 4]);
    show(4);
    expect(visible()).toEqual([0, 1, 2, 3, 4, 6]);
    expect(rowOf("car").textContent).toContain("asked about");
    unfold();
    show(1);
    expect(visible()).toHaveLength(7);
    unfold();
    expect(visible()).toHaveLength(5);
  });

  it("go from logit to share by terms whose numbers are softmax's own", () => {
    expect(numbersOf("boat")).toEqual(["4.000", "0.000", "1.0000", `${(100 * share(6)).toFixed(1)} %`]);
    expect(numbersOf("dog")).toEqual(["1.500", "−2.500", Math.exp(-2.5).toFixed(4), `${(100 * share(1)).toFixed(1)} %`]);
    // What four digits would round to nothing keeps two that count: e to the power of −18.
    expect(numbersOf("car")).toEqual(["−14.000", "−18.000", "1.5\u00a0×\u00a010⁻⁸", "< 0.1 %"]);
    const sum = LOGITS.reduce((total, logit) => total + Math.exp(logit - 4), 0);
    expect(view.querySelector(".score-sum b")!.textContent).toBe(sum.toFixed(4));
    // The bars' widths in the sum are the shares.
    const widths = [...view.querySelectorAll<HTMLElement>(".score-whole span")].map(({style}) => Number(style.getPropertyValue("--share")));
    expect(widths[0]).toBeCloseTo(share(6), 12);
    expect(widths.reduce((total, width) => total + width, 0)).toBeCloseTo(1, 12);
  });

  it("write out the division of the chosen class, and of the one that is focused or pointed at", () => {
    const own = Math.exp(-2.5).toFixed(4);
    expect(division().textContent).toContain("e1.500 − 4.000");
    const terms = [4, 3, 2.5, 1.5].map((logit) => Math.exp(logit - 4).toFixed(4)).join(" + ");
    const others = [-2, 0.25, -14].reduce((sum, logit) => sum + Math.exp(logit - 4), 0);
    expect(division().textContent).toContain(`${own}${terms} + 3 others, ${others.toFixed(4)}=`);
    expect(division().getAttribute("aria-label")).toMatch(
      /^dog: e to the power of 1\.500 less 4\.000 is 0\.0821; divided by the sum of all 7, /
    );
    rowOf("sofa").querySelector("button")!.focus();
    expect(division().textContent).toContain("e2.500 − 4.000");
    expect(view.querySelectorAll(".score-whole .pointed")).toHaveLength(1);
    // One far down is written out among the first.
    rowOf("car").dispatchEvent(new Event("pointerenter"));
    expect(division().textContent).toContain("1.5\u00a0×\u00a010⁻⁸ + ");
    expect(division().textContent).toContain("e−14.000 − 4.000");
    view.dispatchEvent(new Event("pointerleave"));
    expect(division().textContent).toContain("e1.500 − 4.000");
  });

  it("brackets a largest that is below zero, and keeps the focus where the order stays", () => {
    const button = rowOf("boat").querySelector("button")!;
    button.focus();
    show(
      6,
      LOGITS.map((logit) => logit - 9)
    );
    expect(document.activeElement).toBe(button);
    expect(division().textContent).toContain("e−5.000 − (−5.000)");
    expect(numbersOf("boat").slice(1)).toEqual(["0.000", "1.0000", `${(100 * share(6)).toFixed(1)} %`]);
  });

  it("a class that is pressed is told of", () => {
    rowOf("bus").querySelector("button")!.click();
    expect(onChoose).toHaveBeenCalledExactlyOnceWith(3);
  });
});
