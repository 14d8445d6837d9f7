import {html} from "htl";

/**
 * A picture with what is said of it beside it, so low that what changes it, or shows more of it, stands in sight under both
 * (`src/styles/lesson.css`).
 */
export function pictureBeside(picture: HTMLElement, beside: readonly Node[], under: Node): HTMLElement {
  return html`<div class="picture-beside">${picture}<div>${beside}</div>${under}</div>` as HTMLElement;
}
