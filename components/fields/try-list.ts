import {html} from "htl";
import {typeset} from "../page/typeset.js";

/** What is asked for. */
export interface TryAsk {
  readonly words: string;
  /** What the reader may predict. */
  readonly guesses: readonly string[];
}

/** What is said of an action. */
export interface TryOutcome {
  readonly text: string;
  readonly isDone: boolean;
}

export interface TryList extends HTMLElement {
  /** One outcome an action; null while there is nothing to say of it. */
  update(outcomes: readonly (TryOutcome | null)[]): void;
  /** What is kept from an earlier visit: ticks, and what was predicted. An action that is done now ticks itself. */
  keep(kept: readonly {readonly isDone: boolean; readonly guess?: string | undefined}[]): void;
}

/**
 * Small actions that a lesson asks for, each answered once it is done; before that the reader may predict the answer, and say otherwise
 * until it comes.
 *
 * @param options.about what they are about, where a page has more than one such list
 */
export function tryList(
  asks: readonly TryAsk[],
  {about = "", onPredict = () => {}}: {readonly about?: string | undefined; onPredict?(index: number, guess: string): void} = {}
): TryList {
  const items = asks.map(({words, guesses}, index) => {
    const answer = html`<span class="try-answer" aria-live="polite"></span>` as HTMLElement;
    const tick = html`<span class="try-tick"></span>` as HTMLElement;
    const say = (guess: string) => {
      // What the figure has answered is no prediction any more; the buttons keep the focus all the same.
      if (tick.hasChildNodes()) return;
      press(guess);
      onPredict(index, guess);
    };
    const buttons = guesses.map(
      (guess) => html`<button type="button" aria-pressed="false" onclick=${() => say(guess)}>${guess}</button>` as HTMLButtonElement
    );
    const press = (guess: string | undefined) =>
      buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(guesses[at] === guess)));
    const field = html`<div class="try-guesses" role="group" aria-label="Your prediction"><span>Predict:</span>${buttons}</div>`;
    const element = html`<li>${tick}${typeset(words)} ${field}${answer}</li>` as HTMLElement;
    return {
      element,
      press,
      show(outcome: TryOutcome | null) {
        const text = typeset(outcome?.text ?? "");
        // The same words again would be read out again.
        if (answer.textContent !== text) answer.textContent = text;
        element.classList.toggle("done", outcome?.isDone === true);
        // What was done once stays done.
        if (outcome?.isDone) this.tick();
      },
      tick() {
        if (tick.hasChildNodes()) return;
        tick.append("✓", html`<span class="unseen"> done: </span>` as Node);
        for (const button of buttons) button.setAttribute("aria-disabled", "true");
      }
    };
  });
  const name = about ? `Try this: ${about}` : "Try this";
  const list =
    html`<section class="try" aria-label=${name}><h3>Try this</h3><ol>${items.map(({element}) => element)}</ol></section>` as TryList;
  list.update = (outcomes) => outcomes.forEach((outcome, index) => items[index]!.show(outcome));
  list.keep = (kept) =>
    kept.forEach(({isDone, guess}, index) => {
      items[index]!.press(guess);
      if (isDone) items[index]!.tick();
    });
  return list;
}
