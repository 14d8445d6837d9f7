import {lower} from "../lower.js";
import type {Weight} from "../model.js";
import {neededSteps} from "../step-ahead.js";
import type {Step} from "../steps/kinds.js";
import {aligned} from "./arena.js";
import {WORD} from "./packing.js";
import {MOST_PARTS} from "./machine.js";
import type {Machine} from "./machine.js";
import {writeWords} from "./operations.js";
import type {Operation} from "./operations.js";
import {schedule} from "./schedule.js";
import type {Place} from "./places.js";

/** A list of steps laid out in a machine's memory. It holds until another is laid out there. */
export interface Prepared {
  /** In the order in which they are to be performed, each with the step whose output it writes. */
  readonly operations: readonly {readonly step: Step}[];
  /** Puts values [height, width, channels] where a given end point lies, zeros for null. One that nothing reads is passed over. */
  write(name: string, values: Float32Array | null): void;
  perform(index: number): void;
  /** A copy of a wanted end point's values, [height, width, channels]. */
  read(name: string): Float32Array;
  /** Bytes of all activations together. */
  readonly arena: number;
}

export interface Executor {
  /**
   * Lays out what the wanted end points take. What was prepared last is used again for steps of the same kinds and sizes.
   *
   * @param steps in an order in which each reads only what stands before it
   * @param given end points that will be written: the input, and what something else takes the place of
   * @param wanted end points that will be read
   * @throws Error naming a weight that is missing; RangeError where there is not enough memory
   */
  prepare(steps: readonly Step[], given: readonly string[], wanted: readonly string[]): Prepared;
  /** Bytes of all activations together in what was prepared last; 0 before anything was. */
  readonly arena: number;
}

/** Nothing lies at address 0: there it means nothing. Behind is what threads tell each other (`assembly/threads.ts`). */
const BASE = 256;
const PAGE = 65_536;

/** Parts that there are for each thread, where parts cost no more than the whole: who is held up leaves them to the others. */
const PARTS_A_THREAD = 4;

/**
 * A second executor of the same plan, in a module of our own: one stretch of memory laid out beforehand, weights packed once, each group of
 * steps a call.
 *
 * @param machine may be that of other executors, too
 * @param weights by name, as a model has them
 */
export function createExecutor(machine: Machine, weights: Readonly<Record<string, Weight>>): Executor {
  const packed = new Map<string, Float32Array>();
  let last: {readonly key: string; readonly prepared: Prepared} | null = null;

  function layOut(steps: readonly Step[], given: readonly string[], wanted: readonly string[]): Prepared {
    const present = new Set(given);
    const replaced = Object.fromEntries(given.map((name) => [name, true]));
    const list = neededSteps(lower(steps, present), new Set(wanted), replaced).map(({step}) => step);
    const {operations, places, arena, constants} = schedule(list, weights, present, new Set(wanted), BASE, packed);
    let end = constants.behind;
    const addresses = operations.map(({words}) => {
      const address = end;
      end = aligned(end + words.length * WORD);
      return address;
    });
    const scratch = end;
    const step = aligned(Math.max(0, ...operations.map((operation) => operation.scratch)));
    end += machine.threads * step;
    const {memory} = machine;
    makeRoom(memory, end);
    constants.write(memory.buffer);
    operations.forEach(({words}, index) => writeWords(memory.buffer, addresses[index]!, words));
    const parts = operations.map((operation) => partOf(operation, machine.threads));
    const prepared: Prepared = {
      operations,
      write(name, values) {
        const place = places.get(name);
        if (!place) return;
        const there = new Float32Array(memory.buffer, place.address, place.height * place.width * place.channels);
        if (values) there.set(values);
        else there.fill(0);
      },
      perform(index) {
        if (machine.holds !== prepared) throw new Error("Another run was laid out in this one's memory.");
        machine.perform(addresses[index]!, operations[index]!.units, parts[index]!, scratch, step);
      },
      read: (name) => copied(memory.buffer, places.get(name)!),
      arena
    };
    machine.holds = prepared;
    return prepared;
  }

  return {
    get arena() {
      return last?.prepared.arena ?? 0;
    },
    prepare(steps, given, wanted) {
      const key = JSON.stringify([steps, given, wanted]);
      if (last?.key !== key || machine.holds !== last.prepared) last = {key, prepared: layOut(steps, given, wanted)};
      return last.prepared;
    }
  };
}

/** Rows or cells of a part of an operation that some threads carry out together. */
function partOf({units, grain, isCheaperWhole}: Operation, threads: number): number {
  const parts = Math.min(MOST_PARTS, isCheaperWhole ? threads : threads * PARTS_A_THREAD);
  return Math.ceil(units / parts / grain) * grain;
}

/** @throws RangeError where WebAssembly, or this machine, has not so many bytes */
function makeRoom(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing <= 0) return;
  try {
    memory.grow(missing);
  } catch {
    const size = `${(bytes / 1e9).toFixed(1)} GB`;
    throw new RangeError(
      `This run takes ${size} of memory, more than WebAssembly can have here: a smaller input, or a larger output stride, takes less.`
    );
  }
}

/** What lies at a place, without what others have between its cells. */
function copied(memory: ArrayBufferLike, {address, step, height, width, channels}: Place): Float32Array {
  const cells = height * width;
  const values = new Float32Array(cells * channels);
  if (step === channels * WORD) values.set(new Float32Array(memory, address, values.length));
  else for (let cell = 0; cell < cells; cell++) values.set(new Float32Array(memory, address + cell * step, channels), cell * channels);
  return values;
}
