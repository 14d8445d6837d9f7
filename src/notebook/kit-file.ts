import {UNTITLED} from "./notebook.js";
import type {Cell, Notebook} from "./notebook.js";

/*
 * The files of Observable's Notebook Kit (2.1): HTML, a `script` a cell. Read and written here and not by the kit, which brings
 * TypeScript's compiler and a build tool along; tests compare both with what it writes.
 */

/** How cells of other kinds are named there. */
const OTHERS: Readonly<Record<string, string>> = {
  "text/html": "HTML",
  "application/x-tex": "TeX",
  "application/sql": "SQL",
  "text/vnd.graphviz": "Graphviz",
  "application/vnd.node.javascript": "Node",
  "text/x-python": "Python",
  "text/x-r": "R",
  "application/vnd.observable.javascript": "Observable JavaScript"
};
const MODULE = "module";
const TYPESCRIPT = "text/x-typescript";
const MARKDOWN = "text/markdown";

/**
 * Reads a file of the kit. Cells of kinds that do not run here come as Markdown that shows them.
 *
 * @param parse makes a document of HTML, as `DOMParser` does
 * @throws Error with a sentence where it holds no notebook
 */
export function readKitFile(text: string, parse: (html: string) => Document): Notebook {
  const root = parse(text);
  const notebook = root.querySelector("notebook");
  if (!notebook)
    throw new Error("This HTML file holds no notebook of Observable's Notebook Kit. Choose one that does, or a Markdown file.");
  const cells = [...notebook.querySelectorAll("script")].map((script, index) => cellOf(script, index + 1));
  return {title: notebook.querySelector("title")?.textContent?.trim() || UNTITLED, cells};
}

function cellOf(script: HTMLScriptElement, id: number): Cell {
  const text = outdented(script.textContent.replace(/<\\(?=\\*\/script(\s|>))/gi, "<"));
  const type = script.getAttribute("type") ?? MODULE;
  if (Object.hasOwn(OTHERS, type))
    return {id, mode: "md", text: `A cell of ${OTHERS[type]}, which does not run here:\n\n\`\`\`\`\n${text}\n\`\`\`\``};
  return {id, mode: type === MARKDOWN ? "md" : "js", text};
}

/**
 * Writes a notebook as the kit does.
 *
 * @param isTyped whether a cell's code is TypeScript, and no JavaScript
 */
export function writeKitFile({title, cells}: Notebook, isTyped: (code: string) => boolean): string {
  const scripts = cells.map(({mode, text}, index) => {
    const written = indented(text.replace(/<(?=\\*\/script(\s|>))/gi, "<\\"));
    return `  <script id="${index + 1}" type="${mode === "md" ? MARKDOWN : isTyped(text) ? TYPESCRIPT : MODULE}">${written}</script>\n`;
  });
  return `<!doctype html>\n<notebook theme="air">\n  <title>${escaped(title)}</title>\n${scripts.join("")}</notebook>\n`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const INDENT = "    ";

function indented(text: string): string {
  const lines = text.split(/\r\n?|\n/);
  return `\n${lines.map((line) => (line.trim() ? INDENT + line : "")).join("\n")}\n  `;
}

function outdented(text: string): string {
  const lines = text.split(/\r\n?|\n/);
  if (lines.at(-1)!.trim() === "") lines.pop();
  if (lines[0]?.trim() === "") lines.shift();
  return lines.map((line) => (line.startsWith(INDENT) ? line.slice(INDENT.length) : line)).join("\n");
}
