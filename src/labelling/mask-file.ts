import {IGNORE} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";
import {checkPictureSize} from "../formats/picture-size.js";

/*
 * How a label map is kept while it is drawn: in bands of rows, each as runs of equal ids, so that after a stroke only the bands that it
 * touched are written anew in memory. "DLBL", then width, height, rows a band and bytes of each band as 32-bit numbers, little-endian, then
 * the bands: an id and the length of its run less one by turns, the length in sevens of bits, the lowest first.
 */

const MARK = 0x4c424c44;
/** Rows of a band: as high as the squares of a drawing's history. */
const BAND = 64;

/** A label map whose file is at hand after each stroke. */
export interface KeptMask {
  /** Tells that rows have changed, from one up to, without, another. */
  touch(from: number, to: number): void;
  /** The file as the map is now; null where nothing is decided. */
  file(): Blob | null;
}

/** Keeps a label map, which others draw on, as the parts of its file. */
export function keptMask({width, height, ids}: Mask): KeptMask {
  const count = Math.ceil(height / BAND);
  const bands = new Array<Uint8Array<ArrayBuffer> | null>(count).fill(null);
  const empty = new Array<boolean>(count).fill(false);
  return {
    touch(from, to) {
      for (let band = Math.floor(from / BAND); band * BAND < to; band++) bands[band] = null;
    },
    file() {
      for (let band = 0; band < count; band++) {
        if (bands[band]) continue;
        const part = ids.subarray(band * BAND * width, Math.min(height, (band + 1) * BAND) * width);
        const runs = runsOf(part);
        bands[band] = runs;
        empty[band] = runs[0] === IGNORE && lengthAt(runs, 1).length === part.length;
      }
      if (empty.every((is) => is)) return null;
      const head = Uint32Array.of(MARK, width, height, BAND, ...bands.map((band) => band!.length));
      return new Blob([head, ...bands.map((band) => band!)]);
    }
  };
}

/**
 * Reads a label map's file.
 *
 * @throws Error with a sentence for the reader where it is cut off or damaged
 */
export function readMaskFile(bytes: Uint8Array): Mask {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (index: number) => {
    if (4 * index + 4 > bytes.length) throw damaged();
    return view.getUint32(4 * index, true);
  };
  const [width, height, rows] = [word(1), word(2), word(3)];
  if (word(0) !== MARK || width === 0 || height === 0 || rows === 0) throw damaged();
  checkPictureSize({width, height}, "What was kept of this photo's labels");
  const count = Math.ceil(height / rows);
  // Before it takes any memory: all bands are there, and nothing else.
  let whole = 4 * (4 + count);
  for (let band = 0; band < count; band++) whole += word(4 + band);
  if (whole !== bytes.length) throw damaged();
  const ids = new Uint8Array(width * height);
  let at = 4 * (4 + count);
  for (let band = 0; band < count; band++) {
    const end = at + word(4 + band);
    fillRuns(bytes.subarray(at, end), ids.subarray(band * rows * width, Math.min(height, (band + 1) * rows) * width));
    at = end;
  }
  return {width, height, ids};
}

function runsOf(ids: Uint8Array): Uint8Array<ArrayBuffer> {
  const runs: number[] = [];
  for (let from = 0; from < ids.length;) {
    const id = ids[from]!;
    let to = from + 1;
    while (to < ids.length && ids[to] === id) to++;
    runs.push(id);
    let length = to - from - 1;
    for (; length > 0x7f; length >>>= 7) runs.push((length & 0x7f) | 0x80);
    runs.push(length);
    from = to;
  }
  return Uint8Array.from(runs);
}

function fillRuns(runs: Uint8Array, ids: Uint8Array): void {
  let filled = 0;
  for (let at = 0; at < runs.length;) {
    const {length, next} = lengthAt(runs, at + 1);
    if (filled + length > ids.length) throw damaged();
    ids.fill(runs[at]!, filled, filled + length);
    filled += length;
    at = next;
  }
  if (filled !== ids.length) throw damaged();
}

/** The length of a run, and where the next begins. @throws Error where it is cut off */
function lengthAt(runs: Uint8Array, from: number): {readonly length: number; readonly next: number} {
  let length = 1;
  for (let at = from, shift = 0; at < runs.length && shift <= 28; at++, shift += 7) {
    length += (runs[at]! & 0x7f) * 2 ** shift;
    if (runs[at]! <= 0x7f) return {length, next: at + 1};
  }
  throw damaged();
}

function damaged(): Error {
  return new Error("The labels that were kept of this photo are damaged, and cannot be read.");
}
