import type {Call, Reply, Request} from "../worker/messages.js";
import {isPhoto, withNames} from "../worker/names.js";
import type {Named} from "../worker/names.js";
import type {Progress} from "../worker/protocol.js";
import {EngineLost, untilAborted} from "./engine.js";
import type {Ask, Engine} from "./engine.js";

/** What this needs of a worker, or of a port to one. */
export interface WorkerEnd {
  postMessage(message: Request, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<Reply>) => void): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  /** Puts the call once more, with all that is named in it. */
  again(): void;
}

/** @throws Error when workers are not to be had here */
export async function startWorker(onProgress: (progress: Progress) => void): Promise<Engine> {
  const worker = new Worker(import.meta.resolve("../worker/worker.js"), {type: "module"});
  const {ask, failAll} = askThrough(worker, onProgress);
  worker.addEventListener("error", (event) => failAll(event.message || "The worker that runs the network stopped."));
  const dispose = () => {
    worker.terminate();
    failAll("The network was put away before it answered.");
  };
  try {
    // A worker that cannot load says so only at the first question.
    await ask("memory", []);
    return {where: {worker: true, reason: null}, ask, dispose};
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * The page's end of the wire. A photo's pixels and the list of a data set's files go over it once; afterwards they are named, until the
 * worker says that it does not know the name (any more).
 */
export function askThrough(
  worker: WorkerEnd,
  onProgress: (progress: Progress) => void
): {readonly ask: Ask; failAll(message: string): void} {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const names = new WeakMap<Named, number>();
  let lastName = 0;
  /** Names of what was sent. */
  const sent = new Set<number>();
  const nameOf = (named: Named) => {
    const name = names.get(named) ?? ++lastName;
    names.set(named, name);
    return name;
  };

  function post(id: number, call: Call, args: readonly unknown[], withAll: boolean): void {
    const along = new Map<number, Named>();
    const named = withNames(args, (each) => {
      const name = nameOf(each);
      if (withAll || !sent.has(name)) along.set(name, sendable(each));
      sent.add(name);
      return name;
    }) as readonly unknown[];
    const ports = args.filter((arg) => arg instanceof MessagePort);
    worker.postMessage({kind: "call", id, call, args: named, along: [...along]}, ports);
  }

  worker.addEventListener("message", ({data}) => {
    if (data.kind === "progress") return onProgress(data.progress);
    const call = waiting.get(data.id);
    if (data.kind === "unknown name") return call?.again();
    waiting.delete(data.id);
    if (data.kind === "result") call?.resolve(data.value);
    else call?.reject(data.deviceLost ? new EngineLost(data.message) : new Error(data.message));
  });

  return {
    ask(call, args, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      const id = ++lastId;
      const answer = new Promise<unknown>((resolve, reject) => {
        waiting.set(id, {resolve, reject, again: () => post(id, call, args, true)});
        post(id, call, args, false);
      });
      return untilAborted(answer, signal, () => {
        if (waiting.delete(id)) worker.postMessage({kind: "cancel", id}, []);
      }) as Promise<never>;
    },
    failAll(message) {
      for (const {reject} of waiting.values()) reject(new EngineLost(message));
      waiting.clear();
    }
  };
}

/** What of it can be sent to a worker: a page's photo has a canvas too. */
function sendable(named: Named): Named {
  if (!isPhoto(named)) return named;
  const {width, height, rgba} = named;
  return {width, height, rgba};
}
