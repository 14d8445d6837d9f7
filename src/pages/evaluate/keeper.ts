import {openFolder} from "../../shelf/open-folder.js";
import {RUNS_FOLDER, runsIn} from "./kept-runs.js";
import type {KeptRun, RunShelf} from "./kept-runs.js";

/** The results of a reader: in memory at once, and kept in the browser where it lets the site keep something. */
export interface Keeper {
  /** Settles once what was kept before is there; never rejects. */
  readonly loaded: Promise<unknown>;
  /** The last one first. */
  all(): readonly KeptRun[];
  find(key: string): KeptRun | undefined;
  put(run: KeptRun): void;
  /** Settles once all is written. */
  settle(): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Milliseconds between two writings of a run that goes on: what a crash loses at most. */
const INTERVAL = 3000;

/**
 * @param options.open finds the place where results are kept; null where there is none
 * @param options.onFault called with what stands in the way of keeping
 */
export function runKeeper({
  onFault,
  open = async () => {
    const folder = await openFolder(RUNS_FOLDER);
    return folder && runsIn(folder);
  },
  interval = INTERVAL
}: {
  onFault(reason: unknown): void;
  open?(): Promise<RunShelf | null>;
  readonly interval?: number;
}): Keeper {
  const shelf = open();
  let runs: readonly KeptRun[] = [];
  const waiting = new Map<string, KeptRun>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const loaded = shelf
    .then((found) => found?.list() ?? [])
    .then((kept) => (runs = [...runs, ...kept.filter(({key}) => !runs.some((run) => run.key === key))]))
    .catch(onFault);

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const due = [...waiting.values()];
    waiting.clear();
    writing = writing
      .then(async () => {
        const place = await shelf;
        if (!place && due.length > 0)
          throw new Error("This browser keeps nothing for this site: save the results before you leave this page.");
        for (const run of due) await place?.keep(run);
      })
      .catch(onFault);
    return writing;
  }

  return {
    loaded,
    all: () => runs,
    find: (key) => runs.find((run) => run.key === key),
    put(run) {
      const saved = {...run, saved: Date.now()};
      runs = [saved, ...runs.filter(({key}) => key !== run.key)];
      waiting.set(run.key, saved);
      timer ??= setTimeout(() => void write(), interval);
    },
    settle: write,
    async remove(key) {
      runs = runs.filter((run) => run.key !== key);
      waiting.delete(key);
      await writing;
      await (await shelf)?.remove({key});
    }
  };
}
