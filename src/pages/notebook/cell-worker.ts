import type {Photo} from "../../engine/photo.js";
import type {Cell} from "../../notebook/notebook.js";
import type {FromCells, NamedModel, ToCells} from "../../worker/notebook/messages.js";
import type {Capabilities, Progress} from "../../worker/protocol.js";
import type {ChosenBackend} from "./backend-field.js";

/** What a page is told of its cells. */
export type CellNews = Extract<FromCells, {readonly kind: "named" | "running" | "done" | "failed"}>;

/** The page's hand on the worker that runs the cells. */
export interface CellWorker {
  define(cells: readonly Cell[]): void;
  remove(ids: readonly number[]): void;
  set(id: number, place: number, value: unknown): void;
  photoChosen(): void;
  /** Addresses of what it fetched so far. */
  fetched(): Promise<readonly string[]>;
  /** Ends it, whatever it is at. */
  end(): void;
}

/**
 * Starts a worker for cells.
 *
 * @param options.photo the photo of a name that a cell asked for; null stands for the chosen one
 * @param options.onStarted is told what there is on this machine
 * @param options.onNews is told what becomes of cells
 * @param options.onDeviceLost called when the graphics device is lost: what cells have on it is worthless
 * @param options.onLost is told why, where it does not start or breaks down
 */
export function startCells({
  models,
  backend,
  photo,
  onStarted,
  onNews,
  onProgress,
  onDeviceLost,
  onLost
}: {
  readonly models: readonly NamedModel[];
  readonly backend: ChosenBackend;
  photo(name: string | null): Promise<Photo>;
  onStarted(capabilities: Capabilities): void;
  onNews(news: CellNews): void;
  onProgress(progress: Progress): void;
  onDeviceLost(): void;
  onLost(message: string): void;
}): CellWorker {
  if (typeof Worker === "undefined") throw new Error("This browser has no workers, in which cells run. Open this page in another browser.");
  const program = import.meta.resolve("../../worker/notebook/notebook-worker.js");
  // A worker from a blob has its page's policy (scripts/site/policy.ts): cells connect to no other host.
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(program)};`], {type: "text/javascript"}));
  const worker = new Worker(blob, {type: "module"});
  const post = (message: ToCells) => worker.postMessage(message);
  let tellFetched: ((addresses: readonly string[]) => void) | undefined;

  async function answer(question: number, name: string | null): Promise<void> {
    try {
      const {width, height, rgba} = await photo(name);
      post({kind: "answer", question, photo: {width, height, rgba}});
    } catch (reason) {
      post({kind: "no answer", question, message: reason instanceof Error ? reason.message : String(reason)});
    }
  }

  /** What it said before it ended may come later. */
  let isOver = false;
  worker.addEventListener("message", ({data}: MessageEvent<FromCells>) => {
    if (isOver) return;
    switch (data.kind) {
      case "started":
        return onStarted(data.capabilities);
      case "device lost":
        return onDeviceLost();
      case "not started":
        return onLost(data.message);
      case "ask photo":
        return void answer(data.question, data.name);
      case "fetched":
        return tellFetched?.(data.addresses);
      case "progress":
        return onProgress(data.progress);
      default:
        return onNews(data);
    }
  });
  worker.addEventListener("error", ({message}) => onLost(message || "The worker that runs the cells broke down."));
  post({kind: "start", models, backend});
  return {
    define: (cells) => post({kind: "define", cells}),
    remove: (ids) => post({kind: "remove", ids}),
    set: (id, place, value) => post({kind: "set", id, place, value}),
    photoChosen: () => post({kind: "photo chosen"}),
    fetched: () =>
      new Promise((resolve) => {
        tellFetched = resolve;
        post({kind: "fetched?"});
      }),
    end() {
      isOver = true;
      worker.terminate();
      URL.revokeObjectURL(blob);
    }
  };
}
