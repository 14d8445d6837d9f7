import {aligned as betweenPixels, UNIT} from "../input-values.js";
import type {Pixels} from "../input-values.js";
import {ALIKE, NEAR, UNLIKE_SHARE, blocks, labelsAlongEdges} from "../labels/live-logits.js";
import type {Block, Pixels as Frame} from "../labels/live-logits.js";
import {samplePoints} from "../labels/labels.js";
import type {LogitsArray} from "../labels/pixel.js";
import type {Covered} from "../labels/postprocess.js";
import {PLAIN} from "../pictures.js";
import type {Pictures} from "../pictures.js";
import {halvings} from "../preprocess.js";
import type {Fit} from "../preprocess.js";
import {aligned} from "./arena.js";
import {cellTable} from "./cell-table.js";
import {laid} from "./carrying-out.js";
import type {Machine} from "./machine.js";
import {KINDS, real} from "./operations.js";
import type {Operation} from "./operations.js";
import {WORD} from "./packing.js";
import {ThreadLost} from "./thread-lost.js";

/** What is read behind the last value of an array, and thrown away. */
const BEHIND = 16;
/** Cells that count for a pixel along edges, in each direction and in both. */
const SIDE = 4;
const AROUND = SIDE * SIDE;
/** Parts of 64 bytes that a block along edges gathers besides logits and candidates. */
const GATHERED = 5;

type Values = Float32Array | Int32Array | Uint8Array | Uint8ClampedArray;

/** Addresses of arrays one behind the other, from where a machine's memory holds nothing that is asked for later. */
class Stretch {
  private readonly puts: {readonly address: number; readonly values: Values}[] = [];

  constructor(
    private readonly machine: Machine,
    private end = aligned(machine.behind)
  ) {}

  space(bytes: number): number {
    const address = this.end;
    this.end = aligned(address + bytes + BEHIND);
    return address;
  }

  put(values: Values): number {
    const address = this.space(values.byteLength);
    this.puts.push({address, values});
    return address;
  }

  /** Carries operations out on what was put here. */
  carryOut(operations: readonly Operation[]): void {
    const carried = laid(this.machine, operations, this.end);
    this.machine.room(carried.behind);
    for (const {address, values} of this.puts) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      new Uint8Array(this.machine.memory.buffer, address, bytes.length).set(bytes);
    }
    carried.write();
    operations.forEach((_, index) => carried.perform(index));
  }

  bytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.machine.memory.buffer, address, count).slice();
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.machine.memory.buffer, address, count).slice();
  }
}

/** Pictures by our own kernels, in all threads of a machine, beside the networks laid out there; where there is no room, without them. */
export function picturesOn(machine: Machine): Pictures {
  const done = <T>(work: (stretch: Stretch) => T, otherwise: () => T): T => {
    for (;;) {
      try {
        return work(new Stretch(machine));
      } catch (error) {
        if (error instanceof RangeError) return otherwise();
        // Once more by one thread, where another is lost.
        if (!(error instanceof ThreadLost)) throw error;
      }
    }
  };
  return {
    input(photo, fit) {
      const plain = () => PLAIN.input(photo, fit);
      // Of a photo that is much too large only a few rows shall be there at a time.
      return halvings(photo.height, photo.width, fit) > 0 ? plain() : done((stretch) => input(stretch, photo, fit), plain);
    },
    labels: (...of) =>
      done(
        (stretch) => labels(stretch, ...of),
        () => PLAIN.labels(...of)
      ),
    labelsAlongEdges: (...of) =>
      done(
        (stretch) => edges(stretch, ...of),
        () => labelsAlongEdges(...of)
      )
  };
}

function input(stretch: Stretch, {height: rows, width: columns, channels, values}: Pixels, fit: Fit): Float32Array {
  const {height, width, resizedHeight, resizedWidth} = fit;
  const down = betweenPixels(rows, resizedHeight);
  const across = betweenPixels(columns, resizedWidth);
  const to = stretch.space(height * width * 3 * WORD);
  const words = [
    ...[KINDS.input, stretch.put(values), columns * channels],
    ...[stretch.put(table(down.before, down.after, down.share)), stretch.put(table(across.before, across.after, across.share, channels))],
    ...[to, width, resizedHeight, resizedWidth, real(UNIT)]
  ];
  stretch.carryOut([{words, units: height, grain: 1, scratch: 0}]);
  return stretch.floats(to, height * width * 3);
}

function labels(stretch: Stretch, logits: LogitsArray, extent: Covered, height: number, width: number): Uint8Array {
  const {classes} = logits;
  const down = samplePoints(height, logits.height, extent.height);
  const across = samplePoints(width, logits.width, extent.width);
  const x = stretch.put(logits.values);
  const {won, operation} = winners(stretch, x, logits);
  const to = stretch.space(height * width);
  const words = [
    ...[KINDS.labels, x, logits.width, classes, won],
    ...[stretch.put(table(down.low, down.high, down.fraction)), stretch.put(table(across.low, across.high, across.fraction)), to, width]
  ];
  const scratch = logits.width * Math.ceil(classes / 4) * 4 * WORD;
  stretch.carryOut([operation, {words, units: height, grain: 1, scratch}]);
  return stretch.bytes(to, height * width);
}

function edges(stretch: Stretch, logits: LogitsArray, extent: Covered, frame: Frame, guide: Float32Array): Uint8Array {
  const {classes} = logits;
  const {height, width, data} = frame;
  const down = blocks(height, extent.height, logits.height);
  const across = blocks(width, extent.width, logits.width);
  const x = stretch.put(logits.values);
  const {won, operation} = winners(stretch, x, logits);
  const to = stretch.space(height * width);
  const words = [
    ...[KINDS.edges, x, logits.height, logits.width, classes, won, stretch.put(guide), stretch.put(data), to, width],
    ...[stretch.put(blockTable(down)), stretch.put(blockTable(across)), across.length],
    ...[stretch.put(nearness(down, height)), stretch.put(nearness(across, width)), real(-0.5 / ALIKE ** 2), real(UNLIKE_SHARE)]
  ];
  const scratch = (GATHERED * AROUND + Math.ceil(classes / AROUND) * AROUND + classes * AROUND) * WORD;
  stretch.carryOut([operation, {words, units: down.length, grain: 1, scratch}]);
  return stretch.bytes(to, height * width);
}

/** The class that wins at each cell. */
function winners(
  stretch: Stretch,
  x: number,
  {height, width, classes}: LogitsArray
): {readonly won: number; readonly operation: Operation} {
  const won = stretch.space(height * width);
  return {won, operation: {words: [KINDS.winners, x, classes, won], units: height * width, grain: 64, scratch: 0}};
}

/** @param unit bytes from one cell to the next */
function table(low: Int32Array, high: Int32Array, fraction: Float32Array, unit = 1): Float32Array {
  return cellTable(low.length, (i) => [low[i]! * unit, high[i]! * unit, fraction[i]!]);
}

function blockTable(side: readonly Block[]): Int32Array {
  return Int32Array.from(side.flatMap(({low, from, to}) => [low, from, to]));
}

/** Of each pixel of a side how much the four cells around count by their distance along it. */
function nearness(side: readonly Block[], pixels: number): Float32Array {
  const shares = new Float32Array(SIDE * pixels);
  for (const {low, from, to, position} of side) {
    for (let pixel = from; pixel < to; pixel++) {
      for (let i = 0; i < SIDE; i++) shares[SIDE * pixel + i] = Math.exp((-0.5 * (i - 1 - (position(pixel) - low)) ** 2) / NEAR ** 2);
    }
  }
  return shares;
}
