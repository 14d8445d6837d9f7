import {html} from "htl";
import {lessonGlyph} from "./lesson-glyph.js";
import {typeset} from "./typeset.js";

export interface MappedLesson {
  /** Its path within the site. */
  readonly path: string;
  /** Address of its page. */
  readonly href: string;
  readonly name: string;
  readonly about: string;
  readonly visited: boolean;
  /** Whether it is the page that shows the map. */
  readonly here: boolean;
}

/** The lessons in their order, with where the reader is and has been. */
export function lessonMap(lessons: readonly MappedLesson[]): HTMLElement {
  return html`<ol class="lesson-map" aria-label="Lessons">${lessons.map(({path, href, name, about, visited, here}) => {
    const mark = here ? "you are here" : visited ? "✓ opened" : "";
    return html`<li class=${here ? "here" : ""}>${glyphOf(path)}<a href=${href}>${name}</a> <span class="lesson-mark">${mark}</span><p>${typeset(about)}</p></li>`;
  })}</ol>` as HTMLElement;
}

function glyphOf(path: string): HTMLElement {
  const place = html`<span class="lesson-map-glyph"></span>` as HTMLElement;
  place.innerHTML = lessonGlyph(path);
  return place;
}
