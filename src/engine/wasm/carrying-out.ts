import {aligned} from "./arena.js";
import {MOST_PARTS} from "./machine.js";
import type {Machine} from "./machine.js";
import {writeWords} from "./operations.js";
import type {Operation} from "./operations.js";
import {WORD} from "./packing.js";

/** Operations with a place in a machine's memory. */
export interface Laid {
  /** The first address behind them, and behind what whoever carries them out needs to itself. */
  readonly behind: number;
  /** Writes them there, once there is room. */
  write(): void;
  perform(index: number): void;
}

/** Parts that there are for each thread, where parts cost no more than the whole: who is held up leaves them to the others. */
const PARTS_A_THREAD = 4;

/** Gives operations their places from an address on. */
export function laid(machine: Machine, operations: readonly Operation[], begin: number): Laid {
  const {threads} = machine;
  let end = aligned(begin);
  const addresses = operations.map(({words}) => {
    const address = end;
    end = aligned(end + words.length * WORD);
    return address;
  });
  const scratch = end;
  const step = aligned(Math.max(0, ...operations.map((operation) => operation.scratch)));
  const parts = operations.map((operation) => partOf(operation, threads));
  return {
    behind: scratch + threads * step,
    write: () => operations.forEach(({words}, index) => writeWords(machine.memory.buffer, addresses[index]!, words)),
    perform: (index) => machine.perform(addresses[index]!, operations[index]!.units, parts[index]!, scratch, step)
  };
}

/** Rows or cells of a part of an operation that some threads carry out together. */
function partOf({units, grain, isCheaperWhole}: Operation, threads: number): number {
  const parts = Math.min(MOST_PARTS, isCheaperWhole ? threads : threads * PARTS_A_THREAD);
  return Math.ceil(units / parts / grain) * grain;
}
