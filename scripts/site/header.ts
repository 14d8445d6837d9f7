import {typeset} from "../../components/page/typeset.js";
import {lessonGlyph} from "../../components/page/lesson-glyph.js";
import type {LessonEntry} from "../../data/lessons.js";
import {networkStrip} from "./network-strip.js";

/** The lesson whose figure is the whole network: a second one over it would say nothing. */
const WHOLE_NETWORK = "/network";

/** A page of the site, as navigation names it. */
export interface NamedPage {
  readonly path: string;
  readonly name: string;
}

/**
 * What stands over every page: the lessons behind a button that names the one that is open, the tools beside it (on a small screen behind
 * a button too), and over a lesson, but for the one that draws all of it, the network with what the lesson is about. It needs no script.
 *
 * @param here the page's path as the lists have it
 */
export function siteHeader(here: string, lessons: readonly LessonEntry[], tools: readonly NamedPage[]): string {
  const current = (to: string) => (to === here ? ' aria-current="page"' : "");
  const open = lessons.findIndex(({path}) => path === here);
  const lesson = lessons[open];
  const named = lesson ? `<span class="nav-kind">Lesson</span> ${open + 1} <span class="nav-here">${lesson.name}</span>` : "Lessons";
  const items = lessons.map(({path, name}, index) => `<li><a href="${path}"${current(path)}><span>${index + 1}</span> ${name}</a></li>`);
  const toolItems = tools.map(({path, name}) => `<li><a href="${path}"${current(path)}>${name}</a></li>`);
  return [
    '<a class="skip-link" href="#observablehq-main">Skip to the content</a>',
    '<nav class="site-nav" aria-label="Site">',
    '<a class="site-name" href="/">DeepLab<span> workbench</span></a>',
    `<button type="button" class="nav-button" popovertarget="site-lessons">${named}</button>`,
    `<ol id="site-lessons" class="nav-list" popover>${items.join("")}</ol>`,
    '<button type="button" class="nav-button nav-tools-button" popovertarget="site-tools">Tools</button>',
    `<ul id="site-tools" class="nav-list nav-tools" popover>${toolItems.join("")}</ul>`,
    "</nav>",
    lesson && here !== WHOLE_NETWORK ? networkStrip(lessons, lesson) : ""
  ].join("");
}

/** How far the reader is, under a lesson: a mark a lesson, of which `src/lab/progress.ts` fills those that were opened. */
function lessonProgress(here: string, lessons: readonly LessonEntry[]): string {
  const marks = lessons.map(
    ({path, name}) => `<li><a href="${path}"${path === here ? ' aria-current="page"' : ""}><span class="unseen">${name}</span></a></li>`
  );
  return `<section class="lesson-progress" aria-label="How far you are"><p>${lessons.length} lessons</p><ol>${marks.join("")}</ol></section>`;
}

/** The page after this one; a lesson with its drawing, and what it is about. */
function nextOf({path, name}: NamedPage, lessons: readonly LessonEntry[]): string {
  const lesson = lessons.find((each) => each.path === path);
  if (!lesson) return `<a rel="next" href="${path}">${name}\u00a0→</a>`;
  return `<a rel="next" class="lesson-next" href="${path}">${lessonGlyph(path)}<span><b>${name}\u00a0→</b> ${typeset(lesson.about)}</span></a>`;
}

/** How far the reader is, the pages before and after this one, and what is said of all of them. */
export function siteFooter(here: string, lessons: readonly LessonEntry[], tools: readonly NamedPage[]): string {
  const pages = [...lessons, ...tools];
  const index = pages.findIndex(({path}) => path === here);
  const before = pages[index - 1];
  const after = index < 0 ? undefined : pages[index + 1];
  const pager =
    before || after
      ? `<nav class="lesson-pager" aria-label="Before and after">${before ? `<a rel="prev" href="${before.path}">←\u00a0${before.name}</a>` : "<span></span>"}${after ? nextOf(after, lessons) : ""}</nav>`
      : "";
  const progress = lessons.some(({path}) => path === here) ? lessonProgress(here, lessons) : "";
  return `${progress}${pager}Nothing you open here leaves your browser. Apache&nbsp;2.0; photographs and models carry their own credits.`;
}
