import {saveFile} from "../../media/save.js";
import {readKitFile, writeKitFile} from "../../notebook/kit-file.js";
import {readMarkdown, writeMarkdown} from "../../notebook/markdown-file.js";
import type {Notebook} from "../../notebook/notebook.js";
import {part} from "../../part.js";
import {fileName} from "./shown-view.js";

const WRITTEN = {
  html: {write: writeKitFile, type: "text/html"},
  md: {write: writeMarkdown, type: "text/markdown"}
} as const;

/** Reads a file of Notebook Kit. @throws Error with a sentence where it holds no notebook */
export function readKit(text: string): Notebook {
  return readKitFile(text, (html) => new DOMParser().parseFromString(html, "text/html"));
}

/** The notebook in a file, which is Notebook Kit's or Markdown. @throws Error with a sentence where it holds none */
export async function notebookIn(file: File): Promise<Notebook> {
  const text = await file.text();
  const isMarkdown = /\.(md|markdown)$/i.test(file.name) || file.type === "text/markdown";
  return isMarkdown ? readMarkdown(text) : readKit(text);
}

/** Hands a notebook over as a file, named by its title. */
export async function saveNotebook(notebook: Notebook, ending: keyof typeof WRITTEN): Promise<void> {
  const {isTyped} = await part(() => import("../../notebook/without-types.js"));
  const {write, type} = WRITTEN[ending];
  saveFile(write(notebook, isTyped), `${fileName(notebook.title)}.${ending}`, type);
}
