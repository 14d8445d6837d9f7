import {html} from "htl";

export interface Answer {
  readonly label: string;
  onChoose(): void;
}

export interface Question extends HTMLElement {
  /** Asks something, with a button an answer, of which the first is the usual; null takes it back. */
  ask(question: {readonly words: string; readonly answers: readonly Answer[]} | null): void;
}

/** Something that the reader is asked before it is done. It is read out, and nothing waits for it meanwhile. @param label names it */
export function questionNote(label: string): Question {
  const words = html`<p></p>` as HTMLElement;
  const buttons = html`<div class="question-answers"></div>` as HTMLElement;
  const note =
    html`<div class="question" role="group" aria-label=${label} hidden><div role="status">${words}</div>${buttons}</div>` as HTMLElement as Question;
  note.ask = (question) => {
    note.hidden = question === null;
    words.textContent = question?.words ?? "";
    buttons.replaceChildren(
      ...(question?.answers ?? []).map(
        ({label, onChoose}) => html`<button type="button" onclick=${onChoose}>${label}</button>` as HTMLElement
      )
    );
  };
  return note;
}
