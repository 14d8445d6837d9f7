import {html} from "htl";

export interface StatusLine extends HTMLElement {
  /**
   * @param fraction 0-1 for a bar, null for one that moves, undefined for none
   * @param detail stands beside the bar and is not read out again and again, as what changes often
   */
  update(message: string, fraction?: number | null, detail?: string): void;
  /** A sentence that stands beside all words that follow, until another takes its place, or null. */
  note(message: string | null): void;
}

/** What is going on, in words (a live region) and as a bar. */
export function statusLine(): StatusLine {
  const words = html`<span role="status"></span>` as HTMLElement;
  const bar = html`<progress max="1" aria-label="Progress" hidden></progress>` as HTMLProgressElement;
  const beside = html`<span class="status-detail"></span>` as HTMLElement;
  const note = html`<span class="status-note" aria-live="polite"></span>` as HTMLElement;
  const line = html`<div class="status">${words}${bar}${beside}${note}</div>` as StatusLine;
  line.note = (message) => void (note.textContent = message ?? "");
  line.update = (message, fraction, detail = "") => {
    // The same words again would be read out again.
    if (words.textContent !== message) words.textContent = message;
    beside.textContent = detail;
    bar.hidden = fraction === undefined;
    if (typeof fraction === "number") bar.value = fraction;
    else bar.removeAttribute("value");
  };
  return line;
}
