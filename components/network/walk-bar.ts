import {html} from "htl";

/** A stop of a walk, as it is shown. */
export interface ShownStop {
  readonly title: string;
  readonly words: string;
  /** From 1 up. */
  readonly number: number;
  readonly of: number;
}

export interface WalkBar extends HTMLElement {
  /** Shows a stop; for null, where the walk begins. */
  update(stop: ShownStop | null): void;
}

/**
 * A walk through a figure, stop by stop: what each shows, and the way on.
 *
 * @param options.begin what the button says that begins it
 * @param options.onGo called with the number of the stop that is wanted; 0 ends the walk
 */
export function walkBar({label, begin, onGo}: {readonly label: string; readonly begin: string; onGo(number: number): void}): WalkBar {
  let shown: ShownStop | null = null;
  const button = (text: string, act: () => void, kind: string | null = null) =>
    html`<button type="button" class=${kind} onclick=${act}>${text}</button>` as HTMLButtonElement;
  const start = button(begin, () => onGo(1), "primary");
  const back = button("Back", () => onGo(shown!.number - 1));
  const next = button("Next", () => onGo(shown!.number < shown!.of ? shown!.number + 1 : 0), "primary");
  const leave = button("End the walk", () => onGo(0));
  const title = html`<h4></h4>`;
  const words = html`<p></p>`;
  const stop = html`<div class="walk-stop" hidden>
    <div class="walk-words" role="status">${title}${words}</div>
    <div class="walk-buttons">${back}${next}${leave}</div>
  </div>` as HTMLElement;
  const bar = html`<div class="walk" role="group" aria-label=${label}>${start}${stop}</div>` as WalkBar;
  bar.update = (wanted) => {
    // What the reader presses goes away where the walk begins and ends.
    const hadFocus = bar.contains(document.activeElement);
    const [was, is] = [shown !== null, wanted !== null];
    shown = wanted;
    start.hidden = is;
    stop.hidden = !is;
    if (wanted) {
      title.replaceChildren(wanted.title, " ", html`<span class="quiet">${wanted.number} of ${wanted.of}</span>` as Node);
      words.textContent = wanted.words;
      back.disabled = wanted.number === 1;
      next.textContent = wanted.number < wanted.of ? "Next" : "Done";
    }
    if (hadFocus && was !== is) (is ? next : start).focus();
    else if (hadFocus && back.disabled && document.activeElement !== next && document.activeElement !== leave) next.focus();
  };
  return bar;
}
