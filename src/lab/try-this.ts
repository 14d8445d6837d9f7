import {tryList} from "../components/fields/try-list.js";
import type {TryOutcome} from "../components/fields/try-list.js";
import {predictions, rememberPrediction, rememberTried, triedAsks} from "./visited.js";

/** A small action that the reader is asked for. */
export interface Attempt<S> {
  readonly ask: string;
  /** Two to four, of which the reader says one before the figure answers. */
  readonly guesses: readonly string[];
  /** Computed from the live state; null until that gives it. */
  answer(state: S): Shown | null;
}

/** What a figure answers. */
export interface Shown {
  /** The guess that it bears out, in the words of the guess. */
  readonly right: string;
  /** What is seen, in a sentence. */
  readonly text: string;
}

/** Where the figure has the answer already, and nothing is predicted yet. */
const PREDICT_FIRST = "The figure has the answer: predict first, and it is written here.";

/**
 * The actions of a list as a view that answers by the live state. What was predicted, and what was done, is kept in this browser.
 *
 * @param about what they are about, where a page has more than one such list
 */
export function tryThis<S>(items: readonly Attempt<S>[], get: () => S, about?: string): HTMLElement & {refresh(): void} {
  const tried = triedAsks();
  const predicted = predictions();
  const view = tryList(
    items.map(({ask, guesses}) => ({words: ask, guesses})),
    {
      about,
      onPredict(index, guess) {
        const {ask} = items[index]!;
        predicted.set(ask, guess);
        rememberPrediction(ask, guess);
        refresh();
      }
    }
  );
  const refresh = () => {
    const outcomes = items.map((item) => outcomeOf(item, get(), predicted.get(item.ask)));
    for (const [index, {ask}] of items.entries()) {
      if (!outcomes[index]?.isDone || tried.has(ask)) continue;
      tried.add(ask);
      rememberTried(ask);
    }
    view.update(outcomes);
  };
  view.keep(
    items.map(({ask, guesses}) => {
      const guess = predicted.get(ask);
      // A tick from before there was anything to predict is no answer to the prediction.
      return {isDone: tried.has(ask) && guess !== undefined && guesses.includes(guess), guess};
    })
  );
  refresh();
  return Object.assign(view, {refresh});
}

/** What is written under an action: nothing until it is done, and nothing of the answer until it is predicted. */
function outcomeOf<S>(item: Attempt<S>, state: S, guess: string | undefined): TryOutcome | null {
  const shown = item.answer(state);
  if (shown === null) return null;
  if (guess === undefined || !item.guesses.includes(guess)) return {text: PREDICT_FIRST, isDone: false};
  return {text: verdict(guess, shown), isDone: true};
}

/** How a prediction and what the figure shows go together. */
function verdict(guess: string, {right, text}: Shown): string {
  return guess === right ? `As you predicted: ${right}. ${text}` : `You predicted ${guess}; the figure shows ${right}. ${text}`;
}

/**
 * The guess for a quantity, of ranges that follow each other.
 *
 * @param ranges each but the last with its end, which belongs to the next
 */
export function rangeOf(value: number, ranges: readonly {readonly text: string; readonly below?: number}[]): string {
  return ranges.find(({below = Infinity}) => value < below)!.text;
}
