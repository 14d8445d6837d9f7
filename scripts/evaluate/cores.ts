import {availableParallelism, freemem} from "node:os";
import {Worker} from "node:worker_threads";
import type {Model} from "../../src/engine/model.js";
import type {Counts} from "../../src/evaluate/counts.js";
import type {Setting} from "../../src/evaluate/setting.js";

/** What a thread begins with. */
export interface CoreWork {
  readonly model: Model;
  /** Where the data set lies. */
  readonly place: string;
  readonly split: string;
  /** The folder that pictures of what is counted are written to; undefined where none are. */
  readonly out: string | undefined;
  /** Our own kernels, compiled. */
  readonly kernels: WebAssembly.Module;
}

export type ToCore =
  | {readonly kind: "begin"; readonly setting: Setting}
  /** @property index of the photo in its split */
  | {readonly kind: "photo"; readonly index: number}
  | {readonly kind: "no more"};

export type FromCore =
  /** It wants a photo. */
  {readonly kind: "ready"} | {readonly kind: "done"} | {readonly kind: "counted"; readonly counts: Counts};

/** A thread keeps a model and the maps of one photo. */
const BYTES_A_THREAD = 2 ** 30;

/** How many threads are worth while for so many photos: as many as there are cores, as far as memory reaches. */
export function usefulCores(photos: number): number {
  return Math.max(1, Math.min(availableParallelism(), photos, Math.floor(freemem() / BYTES_A_THREAD)));
}

/** Threads that count what a model makes of photos, each with a WASM of its own: TensorFlow.js has no more than one thread in Node. */
export interface Cores {
  /**
   * Counts photos in one setting; whichever thread is free takes the next.
   *
   * @param photos their places in the split
   * @throws Error with a sentence for the reader, as `countPhotos`
   */
  count(photos: readonly number[], setting: Setting, onImage: () => void): Promise<[Counts, ...Counts[]]>;
  close(): Promise<void>;
}

/** A thread does not inherit what lets this one read TypeScript: it begins by asking for that. */
const START = `
  import("tsx/esm/api").then(({register}) => {
    register();
    return import(${JSON.stringify(new URL("core.ts", import.meta.url).href)});
  });
`;

export function startCores(threads: number, work: CoreWork): Cores {
  const workers = Array.from({length: threads}, () => new Worker(START, {eval: true, workerData: work}));
  return {
    async count(photos, setting, onImage) {
      const waiting = photos.values();
      const counted = workers.map((worker) => countIn(worker, waiting, setting, onImage));
      return (await Promise.all(counted)) as [Counts, ...Counts[]];
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  };
}

function countIn(worker: Worker, waiting: Iterator<number>, setting: Setting, onImage: () => void): Promise<Counts> {
  const tell = (message: ToCore) => worker.postMessage(message);
  return new Promise((resolve, reject) => {
    const listen = (message: FromCore) => {
      switch (message.kind) {
        case "ready": {
          const photo = waiting.next();
          return tell(photo.done ? {kind: "no more"} : {kind: "photo", index: photo.value});
        }
        case "done":
          return onImage();
        case "counted":
          worker.off("message", listen).off("error", reject);
          return resolve(message.counts);
      }
    };
    worker.on("message", listen).once("error", reject);
    tell({kind: "begin", setting});
  });
}
