import {html} from "htl";

export interface TryList extends HTMLElement {
  /** One answer an action; null while the reader has not done it. */
  update(answers: readonly (string | null)[]): void;
  /** Ticks those that were done at an earlier visit; an action that is done now ticks itself. */
  keep(done: readonly boolean[]): void;
}

/**
 * Small actions that a lesson asks for, each answered once it is done.
 *
 * @param about what they are about, where a page has more than one such list
 */
export function tryList(asks: readonly string[], about = ""): TryList {
  const answers = asks.map(() => html`<span class="try-answer" aria-live="polite"></span>` as HTMLElement);
  const ticks = asks.map(() => html`<span class="try-tick"></span>` as HTMLElement);
  const items = asks.map((ask, index) => html`<li>${ticks[index]}${ask} ${answers[index]}</li>` as HTMLElement);
  const name = about ? `Try this: ${about}` : "Try this";
  const list = html`<section class="try" aria-label=${name}><h3>Try this</h3><ol>${items}</ol></section>` as TryList;
  list.update = (texts) =>
    texts.forEach((text, index) => {
      // The same words again would be read out again.
      if (answers[index]!.textContent !== (text ?? "")) answers[index]!.textContent = text ?? "";
      items[index]!.classList.toggle("done", text !== null);
      // What was done once stays done.
      if (text !== null) tick(index);
    });
  const tick = (index: number) => {
    if (!ticks[index]!.hasChildNodes()) ticks[index]!.append("✓", html`<span class="unseen"> done: </span>` as Node);
  };
  list.keep = (done) => done.forEach((isDone, index) => isDone && tick(index));
  return list;
}
