import {html} from "htl";
import {figureFrom} from "./figure-from.js";
import {typeset, typesetWithin} from "./typeset.js";
import type {Quoted} from "./figure-from.js";

/**
 * A figure of a lesson: what is seen, under it the controls that change it, and a caption that says what to do and what to see.
 *
 * @param options.more what stands under the controls: what belongs to the figure and need not be in sight while they are moved
 * @param options.code makes what it does, in code, for its title
 * @param options.from where its numbers stand that this site did not compute
 */
export function figureBlock(options: {
  readonly title: string;
  readonly controls?: readonly Node[];
  readonly body: Node | readonly Node[];
  readonly more?: Node | readonly Node[];
  readonly caption: string | Node;
  code?(title: string): Node;
  readonly from?: Quoted;
}): HTMLElement {
  const {title, controls = [], body, more, caption, code, from} = options;
  return html`<figure class="lesson-figure" aria-label=${title}><h3>${typeset(title)}</h3>
    <div class="figure-body">${body}</div>
    ${controls.length > 0 ? html`<div class="figure-controls">${controls}</div>` : null}
    ${more ? html`<div class="figure-body figure-more">${more}</div>` : null}
    <figcaption>${typeof caption === "string" ? typeset(caption) : typesetWithin(caption)}</figcaption>
    ${from ? figureFrom(from) : null}${code?.(title) ?? null}
  </figure>` as HTMLElement;
}
