import {html} from "htl";

export interface ErrorNote extends HTMLElement {
  /** Shows a sentence, or nothing for null. */
  update(message: string | null): void;
}

/** What went wrong and what to do, with a button that puts it away. */
export function errorNote(): ErrorNote {
  const words = html`<span></span>` as HTMLElement;
  const note = html`<div class="error" role="alert" hidden>${words}
    <button type="button" onclick=${() => note.update(null)} aria-label="Dismiss">×</button></div>` as ErrorNote;
  note.update = (message) => {
    words.textContent = message;
    note.hidden = message === null;
  };
  return note;
}
