import {beforeEach, expect, it} from "vitest";
import {rangeOf, tryThis} from "../../src/lab/try-this.js";
import type {Attempt} from "../../src/lab/try-this.js";

/** The state of a page, and what its figure says of it. */
let state: {rate: number};
const items: Attempt<{rate: number}>[] = [
  {
    ask: "Cover 13 cells. Which rate does it take?",
    guesses: ["4", "6"],
    answer: ({rate}) => (2 * rate + 1 === 13 ? {right: String(rate), text: "3 + 2·5 = 13."} : null)
  },
  {
    ask: "Go to rate 9. Is it odd?",
    guesses: ["yes", "no"],
    answer: ({rate}) => (rate === 9 ? {right: rate % 2 === 1 ? "yes" : "no", text: "There it is."} : null)
  }
];
const made = () => tryThis(items, () => state);
const answers = (view: HTMLElement) => [...view.querySelectorAll(".try-answer")].map(({textContent}) => textContent);
const ticked = (view: HTMLElement) => [...view.querySelectorAll(".try-tick")].map((tick) => tick.hasChildNodes());
const predict = (view: HTMLElement, guess: string) =>
  [...view.querySelectorAll("button")].find(({textContent}) => textContent === guess)!.click();

beforeEach(() => {
  localStorage.clear();
  state = {rate: 4};
});

it("says nothing before it is done, and keeps the answer back until it is predicted", () => {
  const view = made();
  expect(answers(view)).toEqual(["", ""]);
  state = {rate: 6};
  view.refresh();
  expect(answers(view)[0]).toMatch(/predict first/);
  expect(ticked(view)).toEqual([false, false]);
  predict(view, "6");
  expect(answers(view)[0]).toBe("As you predicted: 6. 3 + 2\u00a0·\u00a05 = 13.");
  expect(ticked(view)).toEqual([true, false]);
});

it("meets another prediction with what the figure shows", () => {
  const view = made();
  predict(view, "4");
  expect(answers(view)[0]).toBe("");
  state = {rate: 6};
  view.refresh();
  expect(answers(view)[0]).toBe("You predicted 4; the figure shows 6. 3 + 2\u00a0·\u00a05 = 13.");
});

it("remembers prediction and tick at the next visit, the latest prediction of several", () => {
  const view = made();
  for (const guess of ["4", "6", "4", "yes"]) predict(view, guess);
  state = {rate: 6};
  view.refresh();
  state = {rate: 9};
  view.refresh();
  expect(answers(view)).toEqual(["", "As you predicted: yes. There it is."]);

  state = {rate: 4};
  const later = made();
  expect(ticked(later)).toEqual([true, true]);
  expect(later.querySelector('[aria-pressed="true"]')!.textContent).toBe("4");
  expect(answers(later)).toEqual(["", ""]);
});

it("takes a tick from before there was anything to predict for no answer to the prediction", () => {
  localStorage.setItem("deeplab-workbench/tried", JSON.stringify([items[0]!.ask]));
  const view = made();
  expect(ticked(view)).toEqual([false, false]);
  state = {rate: 6};
  view.refresh();
  predict(view, "6");
  expect(ticked(view)).toEqual([true, false]);
});

it("finds the range that a quantity lies in", () => {
  const ranges = [{text: "little", below: 0.01}, {text: "some", below: 0.1}, {text: "much"}];
  expect([0, 0.009, 0.01, 0.1, 7].map((value) => rangeOf(value, ranges))).toEqual(["little", "little", "some", "much", "much"]);
});
