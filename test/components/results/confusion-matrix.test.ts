import {beforeEach, expect, it} from "vitest";
import {confusionMatrixView} from "../../../src/components/results/confusion-matrix.js";
import type {MatrixCell} from "../../../src/components/results/confusion-matrix.js";

const classes = ["background", "cat", "dog"].map((name, id) => ({id, name, colour: "red"}));
let chosen: (MatrixCell | null)[];
let view: ReturnType<typeof confusionMatrixView>;
const content = (now: MatrixCell | null) => ({
  classes,
  chosen: now,
  cell: ({truth, guess}: MatrixCell) => (truth === 2 ? null : {share: truth === guess ? 0.004 : 0.25, words: `${truth} as ${guess}`})
});

beforeEach(() => {
  chosen = [];
  view = confusionMatrixView({label: "Confusion matrix", onChoose: (cell) => chosen.push(cell)});
  document.body.replaceChildren(view);
  view.update(content(null));
});

const buttons = () => [...view.querySelectorAll("button")];
const press = (key: string) => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));

it("has true classes in rows and says of each cell what it counts; a trace is a dot, nothing is nothing", () => {
  expect(buttons().map(({textContent}) => textContent.trim())).toEqual(["·", "25", "25", "25", "·", "25", "", "", ""]);
  expect(buttons()[1]!.getAttribute("aria-label")).toBe("true background, predicted cat: 25 %, 0 as 1");
  expect(buttons()[7]!.getAttribute("aria-label")).toBe("true dog, predicted cat: nothing");
});

it("is one stop of the Tab key; arrow keys go on from there, and the place stays when figures change", () => {
  expect(buttons().filter(({tabIndex}) => tabIndex === 0)).toEqual([buttons()[0]]);
  buttons()[0]!.focus();
  press("ArrowRight");
  press("ArrowDown");
  press("ArrowLeft");
  press("ArrowLeft");
  expect(document.activeElement).toBe(buttons()[3]);
  view.update(content({truth: 1, guess: 0}));
  expect(document.activeElement).toBe(buttons()[3]);
  expect(buttons().filter(({tabIndex}) => tabIndex === 0)).toEqual([buttons()[3]]);
});

it("chooses a cell, and lets go of it when it is chosen again", () => {
  buttons()[5]!.click();
  view.update(content({truth: 1, guess: 2}));
  expect(buttons()[5]!.getAttribute("aria-pressed")).toBe("true");
  buttons()[5]!.click();
  expect(chosen).toEqual([{truth: 1, guess: 2}, null]);
});
