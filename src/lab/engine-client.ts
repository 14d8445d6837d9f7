import type {Photo} from "../engine/photo.js";
import type {DemonstrationInput, DemonstrationName, DemonstrationResult} from "../worker/demonstrations/index.js";
import type {InspectionAnswer, InspectionName, InspectionQuestion} from "../worker/inspections/index.js";
import type {LiveOptions} from "../worker/live/messages.js";
import type {Host} from "../worker/host.js";
import {CALLS} from "../worker/messages.js";
import type {Call, Reply, Request} from "../worker/messages.js";
import type {
  BackendId,
  Capabilities,
  Memory,
  ModelDescription,
  Progress,
  RunChoice,
  SegmentOptions,
  Segmentation,
  WhereItRuns
} from "../worker/protocol.js";
import {superseded} from "./latest.js";

/** The page's hand on the engine. Every call may reject with an Error whose message is a sentence for the reader. */
export interface EngineClient {
  /** Which backends this machine has, the best of them, and whether the engine runs in a worker. */
  capabilities(): Promise<Capabilities & {where: WhereItRuns}>;
  describe(modelUrl: string): Promise<ModelDescription>;
  segment(photo: Photo, options: SegmentOptions): Promise<Segmentation>;
  /** Looks inside a run: one of the inspector's questions about a network on a photo. */
  inspect<Name extends InspectionName>(
    photo: Photo,
    choice: RunChoice,
    name: Name,
    question: InspectionQuestion<Name>
  ): Promise<InspectionAnswer<Name>>;
  demonstrate<Name extends DemonstrationName>(
    backend: BackendId,
    name: Name,
    input: DemonstrationInput<Name>
  ): Promise<DemonstrationResult<Name>>;
  /**
   * Starts a live session: frames go and pictures come over a port.
   *
   * @param onPort is given the page's end of the port; a session that was lost begins again with another one
   * @returns settles when the session ends
   */
  live(options: LiveOptions, onPort: (port: MessagePort) => void): Promise<void>;
  memory(): Promise<Memory>;
  dispose(): void;
}

/** The worker crashed or its graphics device is gone; a new one may do better. */
class EngineLost extends Error {}

/** Where the engine runs. */
interface Engine {
  readonly where: WhereItRuns;
  readonly host: Omit<Host, "dispose">;
  dispose(): void;
}

/**
 * Connects a page to the engine: in a worker that owns the GPU, or in the page itself where there is no worker.
 * A worker that crashes or loses its device is replaced, and the work is done once more.
 *
 * @param options.onReplaced called when that happens
 */
export function connectEngine({
  onProgress = () => {},
  onReplaced = () => {}
}: {onProgress?: (progress: Progress) => void; onReplaced?: () => void} = {}): EngineClient {
  let engine: Promise<Engine> | null = null;
  let disposed = false;

  const start = () => (engine ??= startEngine(onProgress));
  const stop = () => {
    void engine?.then(({dispose}) => dispose());
    engine = null;
  };

  async function withRetry<T>(work: (host: Engine["host"]) => Promise<T>): Promise<T> {
    for (let again = false; ; again = true) {
      // Work that was on its way when the page was left must not start an engine for nobody.
      if (disposed) throw superseded();
      const mine = start();
      const {host} = await mine;
      try {
        return await work(host);
      } catch (error) {
        if (!(error instanceof EngineLost) || disposed) throw error;
        // Later calls need a new one too; another call may have begun that already.
        if (engine === mine) stop();
        if (again) throw error;
        onReplaced();
      }
    }
  }

  return {
    async capabilities() {
      const {host, where} = await start();
      return {...(await host.capabilities()), where};
    },
    describe: (modelUrl) => withRetry((host) => host.describe(modelUrl)),
    segment: (photo, options) =>
      withRetry((host) =>
        host.segment(pixels(photo), {...options, ...(options.replaced && {replaced: mapValues(options.replaced, pixels)})})
      ),
    inspect: (photo, choice, name, question) => withRetry((host) => host.inspect(pixels(photo), choice, name, question)),
    demonstrate: (backend, name, input) => withRetry((host) => host.demonstrate(backend, name, input)),
    live: (options, onPort) =>
      withRetry((host) => {
        const {port1, port2} = new MessageChannel();
        onPort(port1);
        return host.live(port2, options).finally(() => port1.close());
      }),
    memory: () => withRetry((host) => host.memory()),
    dispose() {
      disposed = true;
      stop();
    }
  };
}

/** Of a photo, what can be sent to a worker: a page's has a canvas too. */
function pixels<P extends Photo | "zero">(photo: P): P extends Photo ? Photo : "zero" {
  const sent = typeof photo === "string" ? photo : {width: photo.width, height: photo.height, rgba: photo.rgba};
  return sent as P extends Photo ? Photo : "zero";
}

function mapValues<A, B>(values: Readonly<Record<string, A>>, value: (each: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, value(each)]));
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
  const waiting = new Map<number, {resolve: (value: unknown) => void; reject: (error: Error) => void}>();
  let lastId = 0;

  const failAll = (message: string) => {
    for (const {reject} of waiting.values()) reject(new EngineLost(message));
    waiting.clear();
  };
  worker.addEventListener("message", ({data}: MessageEvent<Reply>) => {
    if (data.kind === "progress") return onProgress(data.progress);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === "result") call?.resolve(data.value);
    else call?.reject(data.deviceLost ? new EngineLost(data.message) : new Error(data.message));
  });
  worker.addEventListener("error", (event) => failAll(event.message || "The worker that runs the network stopped."));
  const dispose = () => {
    worker.terminate();
    failAll("The network was put away before it answered.");
  };

  const call =
    (name: Call) =>
    (...args: readonly unknown[]) =>
      new Promise<unknown>((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, {resolve, reject});
        worker.postMessage(
          {id, call: name, args} satisfies Request,
          args.filter((arg) => arg instanceof MessagePort)
        );
      });
  const host = Object.fromEntries(CALLS.map((name) => [name, call(name)])) as unknown as Engine["host"];
  try {
    // A worker that cannot load says so only at the first question.
    await host.memory();
    return {where: {worker: true, reason: null}, host, dispose};
  } catch (error) {
    dispose();
    throw error;
  }
}

async function startInPage(onProgress: (progress: Progress) => void, reason: string): Promise<Engine> {
  const {createHost} = await import("../worker/host.js");
  const host = createHost(onProgress);
  const {calls, afterwards} = inTurn(host);
  return {host: calls, where: {worker: false, reason}, dispose: () => afterwards(host.dispose)};
}

/** The host's calls one after the other, as the worker does them, and a way to do something when all are done. */
function inTurn(host: Host): {calls: Engine["host"]; afterwards(work: () => void): void} {
  let queue: Promise<unknown> = Promise.resolve();
  const queued =
    (name: Call) =>
    (...args: readonly unknown[]) => {
      const work = host[name] as (...args: readonly unknown[]) => Promise<unknown>;
      const mine = queue.then(() => work(...args));
      queue = mine.catch(() => {});
      return mine;
    };
  return {
    calls: Object.fromEntries(CALLS.map((name) => [name, queued(name)])) as unknown as Engine["host"],
    afterwards: (work) => void (queue = queue.then(work))
  };
}
