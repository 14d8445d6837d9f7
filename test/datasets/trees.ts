import {encode} from "fast-png";
import type {FileTree} from "../../src/formats/file-tree.js";

/** A tree of files in memory; texts as UTF-8. */
export function treeOf(files: Record<string, string | Uint8Array>): FileTree {
  return {
    paths: Object.keys(files),
    read(path, range) {
      const file = files[path]!;
      const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
      return Promise.resolve(range ? bytes.subarray(range.start, range.end) : bytes);
    }
  };
}

/** A mask of rows of ids, with a palette or grey. */
export function pngOf(rows: readonly (readonly number[])[], palette?: number[][]): Uint8Array {
  const data = Uint8Array.from(rows.flat());
  return encode({width: rows[0]!.length, height: rows.length, data, channels: 1, depth: 8, ...(palette ? {palette} : {})});
}

/** A photo of one colour. */
export function photoOf(width: number, height: number, grey = 128): Uint8Array {
  return encode({width, height, data: new Uint8Array(width * height * 3).fill(grey), channels: 3, depth: 8});
}

/** Rows that are all the same. */
export function rows(ids: readonly number[], height = 10): (readonly number[])[] {
  return Array.from({length: height}, () => ids);
}

/** Ten ids, of each of these as many. */
export function ten(...ids: number[]): number[] {
  return Array.from({length: 10}, (_, x) => ids[Math.floor((x * ids.length) / 10)]!);
}

/** A mask of 10 x 10 pixels that holds colours, side by side. @param depth bits a value */
export function colourPng(colours: readonly (readonly [number, number, number])[], depth: 8 | 16 = 8): Uint8Array {
  const pixels = Array.from({length: 100}, (_, i) => colours[Math.floor(((i % 10) * colours.length) / 10)]!).flat();
  const data = depth === 16 ? Uint16Array.from(pixels, (value) => value * 257) : Uint8Array.from(pixels);
  return encode({width: 10, height: 10, data, channels: 3, depth});
}
