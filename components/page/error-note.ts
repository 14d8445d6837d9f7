import {html} from "htl";

export interface ErrorNote extends HTMLElement {
  /**
   * Shows a sentence, or for null takes back what the same part of the page said.
   *
   * @param part what the sentence is about: one part's success does not wipe another's failure
   */
  update(message: string | null, part?: unknown): void;
}

/** What went wrong and what to do, with a button that puts it away. */
export function errorNote(): ErrorNote {
  const messages = new Map<unknown, string>();
  const words = html`<span></span>` as HTMLElement;
  const dismiss = () => {
    messages.clear();
    show();
  };
  const note =
    html`<div class="error" role="alert" hidden>${words}<button type="button" onclick=${dismiss} aria-label="Dismiss">×</button></div>` as HTMLElement as ErrorNote;
  const show = () => {
    const text = [...new Set(messages.values())].join(" ");
    // The same words again would be read out again.
    if (words.textContent !== text) words.textContent = text;
    note.hidden = text === "";
  };
  note.update = (message, part) => {
    if (message === null) messages.delete(part);
    else messages.set(part, message);
    show();
  };
  return note;
}
