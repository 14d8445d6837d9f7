import {ThreadLost} from "./thread-lost.js";

/** Who carries out operations in a memory: this thread, and others where there are any. */
export interface Machine {
  /** Another one, empty, once a thread was lost. */
  readonly memory: WebAssembly.Memory;
  /** How many threads compute, this one among them. */
  readonly threads: number;
  /** What is laid out in the memory, told by whoever did it; null where nothing is. */
  holds: object | null;
  /**
   * Carries out an operation.
   *
   * @param operation its address
   * @param units how many rows or cells it has, of which `part` at a time go to whoever is free
   * @param scratch what the first thread has to itself; that of the next is `step` bytes behind
   * @throws ThreadLost once a thread does not do its part: all is lost that was in the memory, and from then on there is one thread
   */
  perform(operation: number, units: number, part: number, scratch: number, step: number): void;
  /** Ends the other threads. */
  dispose(): void;
}

/** What the module exports: all of it where it is compiled for threads. */
interface Kernels {
  perform(operation: number, first: number, end: number, scratch: number): void;
  share?(operation: number, units: number, part: number, scratch: number, step: number, patience: number): number;
}

/** What a thread is given. */
export interface ThreadWork {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Its number, from 1. */
  readonly thread: number;
}

/** Starts a thread that hands its work to `SERVE`. It joins in once it is there; nobody waits for it. */
export type StartThread = (work: ThreadWork) => {end(): void};

/** The source text of what a thread does with its work: an arrow function, to be put into a script. */
export const SERVE = `({module, memory, thread}) => {
  const kernels = new WebAssembly.Instance(module, {env: {memory}}).exports;
  try {
    kernels.serve(thread);
  } finally {
    kernels.breakOff();
  }
}`;

const PATIENCE = 10_000;
/** Pages of 64 kB that a shared memory may come to have at most: as many as this machine lets it have. */
const MOST_PAGES = [65_536, 32_768, 16_384, 8192];
/** More parts of an operation have no number. */
export const MOST_PARTS = 4095;

/**
 * @param module compiled from `assembly/`; for threads where there shall be several
 * @param options.threads how many there are; 1 by default
 * @param options.start starts the others
 * @param options.patience milliseconds within which some part of an operation must be done, else a thread is taken for lost; 0 where this
 * thread must not sleep, as that of a page
 */
export function createMachine(
  module: WebAssembly.Module,
  {threads = 1, start, patience = PATIENCE}: {threads?: number; start?: StartThread; patience?: number} = {}
): Machine {
  const isShared = WebAssembly.Module.exports(module).some(({name}) => name === "share");
  const begin = (count: number) => {
    const memory = isShared ? sharedMemory() : new WebAssembly.Memory({initial: 1});
    const kernels = new WebAssembly.Instance(module, {env: {memory}}).exports as unknown as Kernels;
    const others = Array.from({length: start && isShared ? count - 1 : 0}, (_, index) => start!({module, memory, thread: index + 1}));
    return {memory, kernels, others};
  };
  let {memory, kernels, others} = begin(threads);
  const end = () => {
    others.forEach((other) => other.end());
    others = [];
  };
  return {
    get memory() {
      return memory;
    },
    get threads() {
      return 1 + others.length;
    },
    holds: null,
    perform(operation, units, part, scratch, step) {
      if (others.length === 0 || units <= part) return kernels.perform(operation, 0, units, scratch);
      if (kernels.share!(operation, units, part, scratch, step, patience)) return;
      end();
      // In the old one a thread that is only late may still write.
      ({memory, kernels, others} = begin(1));
      this.holds = null;
      throw new ThreadLost();
    },
    dispose: end
  };
}

function sharedMemory(): WebAssembly.Memory {
  for (const maximum of MOST_PAGES) {
    try {
      return new WebAssembly.Memory({initial: 1, maximum, shared: true});
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new RangeError("There is no memory for our kernels.");
}
