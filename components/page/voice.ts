import {html} from "htl";

export interface Voice extends HTMLElement {
  /** Says it once nothing else came for a moment: only the last of many is heard. */
  say(words: string): void;
}

/** Milliseconds without a change after which words are said. */
const PAUSE = 250;

/** Says to those who listen what changed on the page, politely; not a status, of which a page has one. */
export function voice(): Voice {
  const region = html`<p class="unseen" aria-live="polite"></p>` as HTMLElement as Voice;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  region.say = (words) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      // The same words again would be read out again.
      if (region.textContent !== words) region.textContent = words;
    }, PAUSE);
  };
  return region;
}
