import type {Photo} from "../engine/photo.js";
import type {Call, Reply, Request} from "../worker/messages.js";
import {namePhotos} from "../worker/photo-names.js";
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
  /** Puts the call once more, with the pixels of all its photos. */
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
 * The page's end of the wire. A photo's pixels go over it once; afterwards it is named, until the worker says that it
 * does not know the name (any more).
 */
export function askThrough(
  worker: WorkerEnd,
  onProgress: (progress: Progress) => void
): {readonly ask: Ask; failAll(message: string): void} {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const names = new WeakMap<Photo, number>();
  let lastName = 0;
  /** Names of photos whose pixels were sent. */
  const sent = new Set<number>();
  const nameOf = (photo: Photo) => {
    const name = names.get(photo) ?? ++lastName;
    names.set(photo, name);
    return name;
  };

  function post(id: number, call: Call, args: readonly unknown[], withAllPhotos: boolean): void {
    const photos = new Map<number, Photo>();
    const named = namePhotos(args, (photo) => {
      const name = nameOf(photo);
      if (withAllPhotos || !sent.has(name)) photos.set(name, pixelsOf(photo));
      sent.add(name);
      return name;
    }) as readonly unknown[];
    const ports = args.filter((arg) => arg instanceof MessagePort);
    worker.postMessage({kind: "call", id, call, args: named, photos: [...photos]}, ports);
  }

  worker.addEventListener("message", ({data}) => {
    if (data.kind === "progress") return onProgress(data.progress);
    const call = waiting.get(data.id);
    if (data.kind === "unknown photo") return call?.again();
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

/** Of a photo, what can be sent to a worker: a page's has a canvas too. */
function pixelsOf({width, height, rgba}: Photo): Photo {
  return {width, height, rgba};
}
