import {MODES, UNTITLED} from "./notebook.js";
import type {Mode, Notebook} from "./notebook.js";

/* A notebook in the fragment of an address, compressed: no server is ever sent it. */

const KEY = "cells=";
/** Of all cells together: a short address may stand for any number of bytes. */
const MOST_BYTES = 2 ** 22;

/** As it is written: a title, and a mode and a text a cell. */
type Written = readonly [title: string, ...cells: readonly (readonly [Mode, string])[]];

/** The fragment that holds a notebook, `#` left out. */
export async function toFragment({title, cells}: Notebook): Promise<string> {
  const written: Written = [title, ...cells.map(({mode, text}) => [mode, text] as const)];
  const bytes = await through(new TextEncoder().encode(JSON.stringify(written)), new CompressionStream("deflate-raw"));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return KEY + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Whether a fragment means to hold a notebook. */
export function holdsNotebook(fragment: string): boolean {
  return fragment.replace(/^#/, "").startsWith(KEY);
}

/** The notebook in a fragment. @throws Error with a sentence where it cannot be read */
export async function fromFragment(fragment: string): Promise<Notebook> {
  try {
    const text = atob(fragment.replace(/^#/, "").slice(KEY.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = await through(
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
      new DecompressionStream("deflate-raw")
    );
    return notebookOf(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new Error("The address holds cells that cannot be read: it may have been cut short. Ask for the link once more.", {cause});
  }
}

function notebookOf(written: unknown): Notebook {
  if (!Array.isArray(written)) throw new TypeError("No list.");
  const [title, ...cells] = written as readonly unknown[];
  return {
    title: typeof title === "string" ? title : UNTITLED,
    cells: cells.map((cell, index) => {
      const [mode, text] = cell as readonly unknown[];
      if (!MODES.includes(mode as Mode) || typeof text !== "string") throw new TypeError("No cell.");
      return {id: index + 1, mode: mode as Mode, text};
    })
  };
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const source = new Blob([bytes]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  let left = MOST_BYTES;
  const within = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left < 0) throw new RangeError(`More than ${MOST_BYTES} bytes.`);
      controller.enqueue(chunk);
    }
  });
  return new Uint8Array(await new Response(source.pipeThrough(stream).pipeThrough(within)).arrayBuffer());
}
