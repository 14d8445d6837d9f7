import {html} from "htl";
import {scrollToPart} from "./scroll-to.js";
import {typeset} from "./typeset.js";

/**
 * Words that set a figure to what they speak of. Where the figure of their row is out of sight, the page goes there.
 *
 * @param onShow sets it
 */
export function showThis(words: string, onShow: () => void): HTMLButtonElement {
  const button = html`<button type="button" class="show-this" aria-pressed="false">${typeset(words)}</button>` as HTMLButtonElement;
  button.addEventListener("click", () => {
    onShow();
    const figure = button.closest(".lesson-row")?.querySelector(".lesson-figures");
    if (!figure) return;
    const {top, bottom} = figure.getBoundingClientRect();
    if (bottom > innerHeight / 4 && top < (3 * innerHeight) / 4) return;
    scrollToPart(figure, "start");
  });
  return button;
}
