import {html} from "htl";

/** A figure of a lesson: its controls, what they change, and a caption that says what to do and what to see. */
export function figureBlock(options: {
  readonly title: string;
  readonly controls?: readonly Node[];
  readonly body: Node | readonly Node[];
  readonly caption: string | Node;
}): HTMLElement {
  const {title, controls = [], body, caption} = options;
  return html`<figure class="lesson-figure" aria-label=${title}><h3>${title}</h3>
    ${controls.length > 0 ? html`<div class="figure-controls">${controls}</div>` : null}
    <div class="figure-body">${body}</div>
    <figcaption>${caption}</figcaption>
  </figure>` as HTMLElement;
}
