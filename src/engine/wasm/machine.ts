import {ThreadLost} from "./thread-lost.js";

/** Why fewer threads compute than there could: one of them was lost, or there is not enough memory that they could share. */
export type Lack = "thread" | "memory";

/** Who carries out operations in a memory: this thread, and others where there are any. */
export interface Machine {
  /** Another one, empty, once a thread was lost, or `room` says so. */
  readonly memory: WebAssembly.Memory;
  /** How many threads compute, this one among them. */
  readonly threads: number;
  readonly lack: Lack | null;
  /** Called when some are lacking that were there. */
  onLack: ((lack: Lack) => void) | null;
  /** What is laid out in the memory, told by whoever did it; null where nothing is. */
  holds: object | null;
  /** The first address behind what is laid out there: from it on things lie that nobody asks for later. */
  behind: number;
  /**
   * Sees to it that there are so many bytes of memory, in another memory if need be, which holds nothing: a larger one of one thread where
   * what threads share cannot grow, a smaller one where far less is needed than an earlier run took.
   *
   * @throws RangeError with a sentence for the reader where WebAssembly, or this machine, has not so many
   */
  room(bytes: number): void;
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
const MOST_PAGES = [65_536, 32_768, 16_384, 8192, 4096, 2048];
const PAGE = 65_536;
/** A memory of more bytes is given back once a run is laid out that takes a quarter of it, or less; and any that no threads share. */
const LARGE = 64 * 1024 * 1024;
/** More parts of an operation have no number. */
export const MOST_PARTS = 4095;
/** Nothing lies at address 0: there it means nothing. Behind is what threads tell each other (`assembly/threads.ts`). */
export const BASE = 256;

interface Begun {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly others: readonly {end(): void}[];
}

/**
 * @param module compiled from `assembly/`; for threads where there shall be several
 * @param options.threads how many there are; 1 by default
 * @param options.start starts the others
 * @param options.alone compiled for one thread: what computes where there is no memory that can be shared, or no
 * other thread, or where what is shared cannot grow
 * @param options.patience milliseconds within which some part of an operation must be done, else a thread is taken for lost; 0 where this
 * thread must not sleep, as that of a page
 * @throws RangeError with a sentence for the reader where there is no memory
 */
export function createMachine(
  module: WebAssembly.Module,
  {
    threads = 1,
    start,
    alone,
    patience = PATIENCE
  }: {threads?: number; start?: StartThread; alone?: WebAssembly.Module; patience?: number} = {}
): Machine {
  const isShared = WebAssembly.Module.exports(module).some(({name}) => name === "share");
  let isLost = false;
  let [begun, isAlone] = begin();
  let holds: object | null = null;
  let behind = BASE;
  const lacking = () => (isLost ? "thread" : isAlone && threads > 1 ? "memory" : null);

  function begin(): [begun: Begun, isAlone: boolean] {
    try {
      return [isShared ? together() : single(module, 1), false];
    } catch (error) {
      if (!isShared || !alone) throw error;
      return [single(alone, 1), true];
    }
  }

  function together(): Begun {
    const memory = sharedMemory();
    const others = Array.from({length: start && !isLost ? threads - 1 : 0}, (_, index) => start!({module, memory, thread: index + 1}));
    return {memory, kernels: kernelsOf(module, memory), others};
  }

  function single(compiled: WebAssembly.Module, pages: number): Begun {
    const memory = new WebAssembly.Memory({initial: pages});
    return {memory, kernels: kernelsOf(compiled, memory), others: []};
  }

  function end(): void {
    begun.others.forEach((other) => other.end());
    begun = {...begun, others: []};
  }

  /** Goes on with what was begun, and lets all go that was in the memory before. */
  function change([next, isNextAlone]: [Begun, boolean]): void {
    const before = lacking();
    end();
    [begun, isAlone] = [next, isNextAlone];
    holds = null;
    behind = BASE;
    const now = lacking();
    if (now && now !== before) machine.onLack?.(now);
  }

  const machine: Machine = {
    onLack: null,
    get memory() {
      return begun.memory;
    },
    get threads() {
      return 1 + begun.others.length;
    },
    get lack() {
      return lacking();
    },
    get holds() {
      return holds;
    },
    set holds(what) {
      holds = what;
    },
    get behind() {
      return behind;
    },
    set behind(address) {
      behind = address;
    },
    room(bytes) {
      const {byteLength} = begun.memory.buffer;
      if ((byteLength > LARGE || isAlone) && bytes <= byteLength / 4) change(begin());
      if (hasGrown(begun.memory, bytes)) return;
      try {
        if (!isShared || !alone || isAlone) throw new RangeError();
        change([single(alone, Math.ceil(bytes / PAGE)), true]);
      } catch {
        const size = `${(bytes / 1e9).toFixed(1)} GB`;
        throw new RangeError(
          `This run takes ${size} of memory, more than WebAssembly can have here: a smaller input, or a larger output stride, takes less.`
        );
      }
    },
    perform(operation, units, part, scratch, step) {
      const {kernels, others} = begun;
      if (others.length === 0 || units <= part) return kernels.perform(operation, 0, units, scratch);
      if (kernels.share!(operation, units, part, scratch, step, patience)) return;
      isLost = true;
      // In the old one a thread that is only late may still write.
      change(begin());
      throw new ThreadLost();
    },
    dispose: end
  };
  return machine;
}

function kernelsOf(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, {env: {memory}}).exports as unknown as Kernels;
}

function hasGrown(memory: WebAssembly.Memory, bytes: number): boolean {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  try {
    if (missing > 0) memory.grow(missing);
    return true;
  } catch {
    return false;
  }
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
