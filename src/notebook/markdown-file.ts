import {UNTITLED} from "./notebook.js";
import type {Cell, Notebook} from "./notebook.js";

/*
 * A notebook as Markdown, as Observable Framework has pages: a title on top, fenced blocks of `js` or `ts` are cells that run, the prose
 * between them is cells of Markdown. A comment parts two that follow each other.
 */

const BETWEEN = "<!-- cell -->";
/** A fence of a cell, or of code in prose: that has one `run=false` more than it had. */
const CODE_FENCE = /^(`{3,})(js|ts)((?: run=false)*)[ \t]*$/;
const FRONT_MATTER = /^---\n(?:title: (.*)\n)?---\n+/;

/**
 * Writes a notebook; `readMarkdown` makes the same of it.
 *
 * @param isTyped whether a cell's code is TypeScript, and no JavaScript
 */
export function writeMarkdown({title, cells}: Notebook, isTyped: (code: string) => boolean): string {
  const blocks: string[] = [];
  cells.forEach((cell, index) => {
    if (cell.mode === "md" && cells[index - 1]?.mode === "md") blocks.push(BETWEEN);
    blocks.push(cell.mode === "js" ? fenced(cell.text, isTyped(cell.text) ? "ts" : "js") : proseOf(cell.text));
  });
  return `---\ntitle: ${JSON.stringify(title)}\n---\n\n${blocks.join("\n\n")}\n`;
}

/** Reads one, or any other Markdown. */
export function readMarkdown(text: string): Notebook {
  const whole = text.replace(/\r\n?/g, "\n");
  const front = FRONT_MATTER.exec(whole);
  const lines = whole.slice(front?.[0].length ?? 0).split("\n");
  const cells: Cell[] = [];
  let prose: string[] = [];
  const add = (mode: Cell["mode"], content: readonly string[]) => cells.push({id: cells.length + 1, mode, text: content.join("\n")});
  const endProse = () => {
    const content = trimmed(prose);
    if (content.length > 0) add("md", content);
    prose = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const fence = CODE_FENCE.exec(line);
    const end = fence ? lines.indexOf(fence[1]!, at + 1) : -1;
    if (fence && end >= 0 && fence[3] === "") {
      endProse();
      add("js", lines.slice(at + 1, end));
      at = end;
    } else if (line === BETWEEN) endProse();
    else if (fence) prose.push(line.replace(" run=false", ""));
    else prose.push(line);
  }
  endProse();
  return {title: titleOf(front?.[1]) ?? UNTITLED, cells};
}

/** JSON's strings are YAML's; what is no such string stands for itself. */
function titleOf(written: string | undefined): string | undefined {
  try {
    return written === undefined ? undefined : String(JSON.parse(written));
  } catch {
    return written;
  }
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function proseOf(text: string): string {
  return text
    .split("\n")
    .map((line) => (CODE_FENCE.test(line) ? line.replace(CODE_FENCE, "$1$2 run=false$3") : line))
    .join("\n");
}

function trimmed(lines: readonly string[]): readonly string[] {
  const isText = (line: string) => line.trim() !== "";
  const first = lines.findIndex(isText);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}
