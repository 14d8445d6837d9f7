import type {Answer, Asked, Call} from "../worker/messages.js";
import type {WhereItRuns} from "../worker/protocol.js";

/**
 * Puts a call to the host.
 *
 * @param signal nobody waits for the answer once it says so: the call rejects at once with the signal's reason, and ends where it is under
 * way
 */
export type Ask = <Name extends Call>(call: Name, args: Asked<Name>, signal?: AbortSignal) => Promise<Answer<Name>>;

/** Where the engine runs, and the way to it. */
export interface Engine {
  readonly where: WhereItRuns;
  readonly ask: Ask;
  dispose(): void;
}

/** The worker crashed or its graphics device is gone; a new one may do better. */
export class EngineLost extends Error {}

/** A promise that rejects with a signal's reason as soon as that says so, whatever becomes of the work. @param onAbort called then */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, onAbort: () => void = () => {}): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
      onAbort();
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
