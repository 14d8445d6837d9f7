import {keptAs} from "../site.js";

/** Milliseconds that a tab which is just being left may take to let go. */
const PATIENCE = 1000;

/**
 * Holds something of what is kept, by a name, for this tab, so that others can tell.
 *
 * @param signal lets go of it
 * @param patience milliseconds that are waited for another tab to let go
 * @returns whether no other tab holds it; true where the browser cannot tell
 */
export async function holdAlone(name: string, signal: AbortSignal, patience = PATIENCE): Promise<boolean> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return true;
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      // Held until this settles.
      return signal.aborted ? undefined : new Promise<void>((release) => signal.addEventListener("abort", () => release()));
    };
    const waiting = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    locks.request(keptAs(`deeplab-workbench/${name}`), {signal: waiting}, hold).catch(() => resolve(signal.aborted));
  });
}
