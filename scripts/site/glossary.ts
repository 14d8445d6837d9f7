import type MarkdownIt from "markdown-it";
import type StateCore from "markdown-it/lib/rules_core/state_core.mjs";
import type Token from "markdown-it/lib/token.mjs";
import {termId} from "../../data/glossary.js";
import type {GlossaryEntry} from "../../data/glossary.js";
import type {LessonEntry} from "../../data/lessons.js";

/** What words are not looked for in: links and buttons are for something else, and what is strong or code says its own. */
const OTHERWISE = /^(?:link|strong|em)_(?:open|close)$/;
const IN_MARKUP = /^<(\/?)(?:a|b|button|code|em|strong)\b/i;

/**
 * Lets words of the field explain themselves in the prose of lessons: on each page the first of each in its paragraphs becomes a button,
 * and its note follows at the end of the page (`src/lab/terms.ts` shows it).
 *
 * @param pageOf the path of a page as the list of lessons has it
 */
export function explainTerms(
  md: MarkdownIt,
  glossary: readonly GlossaryEntry[],
  lessons: readonly LessonEntry[],
  pageOf: (path: string) => string
): MarkdownIt {
  md.core.ruler.push("glossary", (state: StateCore) => {
    const {path} = state.env as {readonly path?: string};
    const here = path === undefined ? undefined : pageOf(path);
    if (!lessons.some((lesson) => lesson.path === here)) return;
    const meant = glossary.filter(({not = []}) => !not.includes(here!));
    const waiting = new Set(meant);
    const explained: GlossaryEntry[] = [];
    const markup = (content: string) => Object.assign(new state.Token("html_inline", "", 0), {content});
    for (const inline of proseOf(state.tokens)) inline.children = marked(inline.children ?? [], {meant, waiting}, explained, markup);
    if (explained.length === 0) return;
    const notes = explained.map((entry) => noteOf(entry, lessons)).join("");
    state.tokens.push(Object.assign(new state.Token("html_block", "", 0), {content: `<div class="term-notes">${notes}</div>\n`}));
  });
  return md;
}

/** What stands in paragraphs and lists. */
function proseOf(tokens: readonly Token[]): Token[] {
  return tokens.filter(({type}, index) => type === "inline" && tokens[index - 1]?.type === "paragraph_open");
}

function marked(children: readonly Token[], words: Words, explained: GlossaryEntry[], markup: (content: string) => Token): Token[] {
  let depth = 0;
  return children.flatMap((child) => {
    if (OTHERWISE.test(child.type)) depth += child.nesting;
    const [tag, closing] = child.type === "html_inline" ? (IN_MARKUP.exec(child.content) ?? []) : [];
    if (tag !== undefined) depth += closing ? -1 : 1;
    if (child.type !== "text" || depth > 0) return child;
    return partsOf(child.content, words).map((part, index, parts) => {
      if (typeof part === "string") {
        const content = index > 0 ? part.slice(endOf(part).length) : part;
        return Object.assign(Object.create(child) as Token, {content});
      }
      explained.push(part.entry);
      const next = parts[index + 1];
      return markup(buttonOf(part.entry, part.word, typeof next === "string" ? endOf(next) : ""));
    });
  });
}

/** The words of a page. */
interface Words {
  readonly meant: readonly GlossaryEntry[];
  /** Those that were not explained yet. */
  readonly waiting: Set<GlossaryEntry>;
}

/** A text in pieces: words that wait to be explained, and what stands between them. */
function partsOf(text: string, words: Words): (string | {readonly entry: GlossaryEntry; readonly word: string})[] {
  const {meant, waiting} = words;
  const found = meant
    .flatMap((entry) => {
      const match = wordsOf(entry).exec(text);
      return match ? [{entry, word: match[0], at: match.index}] : [];
    })
    // The first, and of those that begin alike the longest: an output stride is no stride, be it explained already.
    .sort((a, b) => a.at - b.at || b.word.length - a.word.length)[0];
  if (!found) return [text];
  const {entry, word, at} = found;
  const rest = text.slice(at + word.length);
  const isFirst = waiting.delete(entry);
  const following = rest === "" ? [] : partsOf(rest, words);
  if (isFirst) return [...(at > 0 ? [text.slice(0, at)] : []), {entry, word}, ...following];
  const before = text.slice(0, at + word.length);
  const [next, ...others] = following;
  return typeof next === "string" ? [before + next, ...others] : [before, ...following];
}

function wordsOf({term, forms = []}: GlossaryEntry): RegExp {
  const words = [term, ...forms].sort((a, b) => b.length - a.length).map((word) => word.replaceAll(/[^\w ]/g, "\\$&"));
  return new RegExp(`(?<![\\w-])(?:${words.join("|")})(?![\\w-])`, "i");
}

/** What of a text behind a word belongs to it, as a comma does. */
function endOf(text: string): string {
  return /^[.,;:)'\u2019s]{1,3}(?![\w.])/.exec(text)?.[0] ?? "";
}

/** @param end what no line begins with: behind a button, which is no text, it would */
function buttonOf(entry: GlossaryEntry, word: string, end: string): string {
  const button = `<button type="button" class="term" aria-describedby="${termId(entry.term)}">${word}</button>`;
  return end === "" ? button : `<span class="term-held">${button}${end}</span>`;
}

function noteOf(entry: GlossaryEntry, lessons: readonly LessonEntry[]): string {
  const [path] = entry.lesson.split("#");
  const {name} = lessons.find((lesson) => lesson.path === path)!;
  const link = `<a href="${entry.lesson}">${name}</a>`;
  return `<div class="term-note" id="${termId(entry.term)}" popover><b>${entry.term}</b> ${entry.text} <span class="term-links">${link} <a href="/glossary">All words</a></span></div>`;
}
