import type MarkdownIt from "markdown-it";
import type StateCore from "markdown-it/lib/rules_core/state_core.mjs";
import type Token from "markdown-it/lib/token.mjs";

/** What stands alone in a paragraph of a lesson and is read with the words; all else that stands so is a figure. */
const AMONG_WORDS = /^(?:formula|sourceList)\(|^page\.(?:bar|attempts|\w*[fF]ormula)\b/;
/** Markup that says itself what it is: `<div class="words">…</div>`, and a figure of all the width, `<div class="broad">…</div>`. */
const WORDS = /^<div class="[^"]*\bwords\b/;
const BROAD = /^<div class="[^"]*\bbroad\b/;

/** Blocks of a page that stand beside each other: words, figures, and the words that follow these. */
interface Row {
  readonly before: Token[][];
  readonly figures: Token[][];
  readonly after: Token[][];
}

/**
 * Sets the lessons in rows of words and figures (`src/styles/lesson.css` lays them side by side where there is room). A row begins
 * with a heading, or with words that another figure follows; the head of the page is in the row of its first section.
 *
 * @param isLesson whether a page, by its path, is a lesson
 */
export function layLessons(md: MarkdownIt, isLesson: (path: string) => boolean): MarkdownIt {
  md.core.ruler.push("lesson-rows", (state: StateCore) => {
    const {path} = state.env as {readonly path?: string};
    if (path !== undefined && isLesson(path)) state.tokens = rowsOf(blocksOf(state.tokens)).flatMap((row) => laidOut(row, state));
  });
  return md;
}

/** The page's blocks: what opens and closes on the outermost level, with all that lies between. */
function blocksOf(tokens: readonly Token[]): Token[][] {
  const blocks: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) blocks.push([token]);
    else blocks.at(-1)!.push(token);
    depth += token.nesting;
  }
  return blocks;
}

function rowsOf(blocks: readonly Token[][]): Row[] {
  const rows: Row[] = [];
  const begin = (...before: Token[][]) => rows.push({before, figures: [], after: []});
  begin();
  for (const block of blocks) {
    const row = rows.at(-1)!;
    if (isSection(block) && (row.figures.length > 0 || row.before.some(isSection))) {
      begin(block);
    } else if (!isFigure(block)) {
      (row.figures.length > 0 ? row.after : row.before).push(block);
    } else {
      // Words between two figures lead to the second.
      if (row.figures.length > 0 && (row.after.length > 0 || isBroad(block) !== row.figures.some(isBroad))) begin(...row.after.splice(0));
      rows.at(-1)!.figures.push(block);
    }
  }
  return rows;
}

function laidOut({before, figures, after}: Row, state: StateCore): Token[] {
  const markup = (content: string) => Object.assign(new state.Token("html_block", "", 0), {content: `${content}\n`});
  const part = (name: string, blocks: readonly Token[][]) =>
    blocks.length === 0 ? [] : [markup(`<div class="${name}">`), ...blocks.flat(), markup("</div>")];
  return [
    markup(`<div class="lesson-row${figures.some(isBroad) ? " broad-row" : ""}${figures.length === 0 ? " words-row" : ""}">`),
    ...part("lesson-words", before),
    ...part("lesson-figures", figures),
    ...part("lesson-words lesson-words-after", after),
    markup("</div>")
  ];
}

/** Whether a block is the heading that a section begins with. */
function isSection([first]: readonly Token[]): boolean {
  return first?.type === "heading_open" && first.tag === "h2";
}

function isBroad(block: readonly Token[]): boolean {
  return BROAD.test(contentOf(block));
}

/** Whether a block is markup of its own, or a paragraph of nothing but one thing that the page puts there. */
function isFigure(block: readonly Token[]): boolean {
  if (block.length === 1) return ["inline", "html_block"].includes(block[0]!.type) && !WORDS.test(contentOf(block));
  const inside = block[1]?.children ?? [];
  return (
    block[0]!.type === "paragraph_open" && inside.length === 1 && inside[0]!.type === "placeholder" && !AMONG_WORDS.test(inside[0]!.content)
  );
}

function contentOf(block: readonly Token[]): string {
  return block.map(({content, children}) => content || (children ?? []).map((child) => child.content).join("")).join("");
}
