import {html} from "htl";

export interface StatusLine extends HTMLElement {
  /**
   * @param fraction 0-1 for a bar, null for one that moves, undefined for none
   */
  update(message: string, fraction?: number | null): void;
}

/** What is going on, in words (a live region) and as a bar. */
export function statusLine(): StatusLine {
  const words = html`<span role="status"></span>` as HTMLElement;
  const bar = html`<progress max="1" aria-label="Progress" hidden></progress>` as HTMLProgressElement;
  const line = html`<div class="status">${words}${bar}</div>` as StatusLine;
  line.update = (message, fraction) => {
    // The same words again would be read out again.
    if (words.textContent !== message) words.textContent = message;
    bar.hidden = fraction === undefined;
    if (typeof fraction === "number") bar.value = fraction;
    else bar.removeAttribute("value");
  };
  return line;
}
