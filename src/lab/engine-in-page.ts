import type {Progress} from "../worker/protocol.js";
import {newQueue} from "../queue.js";
import {untilAborted} from "./engine.js";
import type {Engine} from "./engine.js";

/**
 * The engine in the page itself: the host's calls one after the other, cancelled as in the worker.
 *
 * @param reason why it is not in a worker
 */
export async function startInPage(onProgress: (progress: Progress) => void, reason: string): Promise<Engine> {
  const {createHost} = await import("../worker/host.js");
  const host = createHost(onProgress);
  const inTurn = newQueue();
  const left = new AbortController();
  return {
    where: {worker: false, reason},
    ask(call, args, signal) {
      const wanted = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
      const work = host[call] as (...args: readonly unknown[]) => Promise<never>;
      return untilAborted(
        inTurn(() => work(...args, wanted), wanted),
        wanted
      );
    },
    dispose() {
      left.abort();
      // After what is under way, which uses what is disposed.
      void inTurn(async () => host.dispose());
    }
  };
}
