import {lower} from "../lower.js";
import type {Weight} from "../model.js";
import {neededSteps} from "../step-ahead.js";
import type {Step} from "../steps/kinds.js";
import {laid} from "./carrying-out.js";
import {WORD} from "./packing.js";
import type {Group} from "./fuse.js";
import {BASE} from "./machine.js";
import type {Machine} from "./machine.js";
import {schedule} from "./schedule.js";
import type {Place} from "./places.js";

/** A list of steps laid out in a machine's memory. It holds until another is laid out there. */
export interface Prepared {
  /** In the order in which they are to be performed, each with the steps that it carries out, or is a part of. */
  readonly operations: readonly {readonly group: Group}[];
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

/**
 * A second executor of the same plan, in a module of our own: one stretch of memory laid out beforehand, weights packed once, each group of
 * steps a call.
 *
 * @param machine may be that of other executors, too
 * @param weights by name, as a model has them
 */
export function createExecutor(machine: Machine, weights: Readonly<Record<string, Weight>>): Executor {
  const packed = new Map<string, Float32Array>();
  let last: {readonly steps: readonly Step[]; readonly key: string; readonly names: string; readonly prepared: Prepared} | null = null;

  function layOut(steps: readonly Step[], given: readonly string[], wanted: readonly string[]): Prepared {
    const present = new Set(given);
    const replaced = Object.fromEntries(given.map((name) => [name, true]));
    const list = neededSteps(lower(steps, present), new Set(wanted), replaced).map(({step}) => step);
    const {operations, places, arena, constants} = schedule(list, weights, present, new Set(wanted), BASE, machine.threads, packed);
    const carried = laid(machine, operations, constants.behind);
    machine.room(carried.behind);
    const {memory} = machine;
    constants.write(memory.buffer);
    carried.write();
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
        carried.perform(index);
      },
      read: (name) => copied(memory.buffer, places.get(name)!),
      arena
    };
    machine.holds = prepared;
    machine.behind = carried.behind;
    return prepared;
  }

  return {
    get arena() {
      return last?.prepared.arena ?? 0;
    },
    prepare(steps, given, wanted) {
      const names = JSON.stringify([given, wanted]);
      if (last && machine.holds === last.prepared && last.names === names) {
        // To write a list down takes a share of a millisecond: not of the one that a plan asks for again.
        if (last.steps === steps || last.key === JSON.stringify(steps)) return last.prepared;
      }
      last = {steps, key: JSON.stringify(steps), names, prepared: layOut(steps, given, wanted)};
      return last.prepared;
    }
  };
}

/** What lies at a place, without what others have between its cells. */
function copied(memory: ArrayBufferLike, {address, step, height, width, channels}: Place): Float32Array {
  const cells = height * width;
  const values = new Float32Array(cells * channels);
  if (step === channels * WORD) values.set(new Float32Array(memory, address, values.length));
  else for (let cell = 0; cell < cells; cell++) values.set(new Float32Array(memory, address + cell * step, channels), cell * channels);
  return values;
}
