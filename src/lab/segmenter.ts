import type {Capabilities, Reply, Request} from "../worker/messages.js";
import type {Photo, Progress, SegmentOptions, Segmentation, WhereItRuns} from "../worker/protocol.js";

export interface Segmenter {
  /** Which backends this machine has, the best of them, and whether inference runs in a worker. */
  capabilities(): Promise<Capabilities & {where: WhereItRuns}>;
  /**
   * Segments a photo; the latest call wins.
   *
   * @throws DOMException "AbortError" when a later call took this one's place
   * @throws Error with a sentence for the reader
   */
  segment(photo: Photo, options: SegmentOptions): Promise<Segmentation>;
  dispose(): void;
}

/**
 * The page's hand on the network: a worker that owns the GPU, or the page itself where there is no worker.
 * A worker that crashes or loses its device is replaced, and the work is done once more.
 */
export function createSegmenter({onProgress = () => {}}: {onProgress?: (progress: Progress) => void} = {}): Segmenter {
  let engine: Promise<Engine> | null = null;
  let running: Promise<unknown> | null = null;
  let latest = 0;

  const start = () => (engine ??= startEngine(onProgress));
  const stop = () => {
    void engine?.then(({dispose}) => dispose());
    engine = null;
  };

  async function withRetry(photo: Photo, options: SegmentOptions): Promise<Segmentation> {
    const {segment} = await start();
    try {
      return await segment(photo, options);
    } catch (error) {
      if (!(error instanceof EngineLost)) throw error;
      stop();
      return (await start()).segment(photo, options);
    }
  }

  return {
    async capabilities() {
      const {capabilities, where} = await start();
      return {...capabilities, where};
    },

    async segment(photo, options) {
      const turn = ++latest;
      while (running) await running.catch(() => {});
      if (turn !== latest) throw superseded();
      const work = withRetry(photo, options);
      running = work;
      try {
        const result = await work;
        if (turn !== latest) throw superseded();
        return result;
      } finally {
        running = null;
      }
    },

    dispose: stop
  };
}

/** Where the network runs. */
interface Engine {
  readonly where: WhereItRuns;
  readonly capabilities: Capabilities;
  segment(photo: Photo, options: SegmentOptions): Promise<Segmentation>;
  dispose(): void;
}

/** The worker crashed or its graphics device is gone; a new one may do better. */
class EngineLost extends Error {}

function superseded(): DOMException {
  return new DOMException("A later run took this one's place.", "AbortError");
}

async function startEngine(onProgress: (progress: Progress) => void): Promise<Engine> {
  try {
    return await startWorker(onProgress);
  } catch (error) {
    return startInPage(onProgress, error instanceof Error ? error.message : String(error));
  }
}

/** @throws Error when workers are not to be had here */
async function startWorker(onProgress: (progress: Progress) => void): Promise<Engine> {
  const worker = new Worker(import.meta.resolve("../worker/worker.js"), {type: "module"});
  const waiting = new Map<number, {resolve: (value: never) => void; reject: (error: Error) => void}>();
  let lastId = 0;

  const call = <T>(request: DistributiveOmit<Request, "id">): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, {resolve: resolve as (value: never) => void, reject});
      worker.postMessage({...request, id});
    });
  const failAll = (message: string) => {
    for (const {reject} of waiting.values()) reject(new EngineLost(message));
    waiting.clear();
  };

  worker.addEventListener("message", ({data}: MessageEvent<Reply>) => {
    if (data.kind === "progress") return onProgress(data.progress);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === "result") call?.resolve(data.value as never);
    else call?.reject(data.deviceLost ? new EngineLost(data.message) : new Error(data.message));
  });
  worker.addEventListener("error", (event) => failAll(event.message || "The worker that runs the network stopped."));
  const dispose = () => {
    worker.terminate();
    failAll("The network was put away before it answered.");
  };

  try {
    // A worker that cannot load says so only at the first question.
    const capabilities = await call<Capabilities>({call: "capabilities"});
    return {
      where: {worker: true, reason: null},
      capabilities,
      segment: (photo, options) => call({call: "segment", photo, options}),
      dispose
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function startInPage(onProgress: (progress: Progress) => void, reason: string): Promise<Engine> {
  const {createHost} = await import("../worker/host.js");
  const host = createHost(onProgress);
  return {...host, where: {worker: false, reason}, capabilities: await host.capabilities()};
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
