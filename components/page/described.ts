import {html} from "htl";
import {nextId} from "../fields/fields.js";

export interface Description extends HTMLElement {
  update(words: string): void;
}

/**
 * What is said of an element to those who do not see it: heard with its name, and read beside it where this is put.
 *
 * @param keys what can be done with it by keyboard; said last, as it does not change
 */
export function described(element: Element, keys = ""): Description {
  const words = html`<span></span>` as HTMLElement;
  const description =
    html`<p class="unseen" id=${nextId("described")}>${words}${keys && html` <span>${keys}</span>`}</p>` as HTMLElement as Description;
  element.setAttribute("aria-describedby", description.id);
  description.update = (next) => {
    if (words.textContent !== next) words.textContent = next;
  };
  return description;
}

/**
 * Names a picture that takes the arrow keys. As an image it would not get them: screen readers keep them for themselves, but in an
 * application.
 */
export function keyedPicture(element: HTMLElement, label: string): void {
  element.tabIndex = 0;
  element.setAttribute("role", "application");
  element.setAttribute("aria-roledescription", "picture");
  element.setAttribute("aria-label", label);
}
