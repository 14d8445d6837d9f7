import type {BusyMark} from "./busy.js";
import {isSuperseded, latestWins, superseded} from "./latest.js";
import {newTurns} from "./turns.js";

/** Whether work of several steps is wanted still. */
export interface Wanted {
  /** For work of several steps, between them: does nothing while its result is wanted. @throws DOMException "AbortError" once something later took over */
  checkWanted(): void;
}

/** Something that a page computes again and again. */
export interface Computation<Input> {
  /** Begins anew; what was begun before is overtaken. @returns settles when it has ended, and never rejects: what went wrong was reported */
  start(input: Input): Promise<void>;
  /** What is under way is wanted no more. */
  drop(): void;
}

/**
 * Computes for a page: the latest start wins, the page is marked as busy meanwhile, and what went wrong is reported.
 *
 * @param options.part what a report is about; the next result takes it back
 * @param options.show is given each result that nothing overtook, with what it was computed from
 */
export function computation<Input extends object, Result>({
  busy,
  report,
  part,
  work,
  show
}: {
  readonly busy: BusyMark;
  /** Shows what went wrong with a part of the page, or for null takes it back. */
  report(reason: unknown, part: unknown): void;
  readonly part: unknown;
  work(context: Input & Wanted): Promise<Result>;
  show(result: Result, context: Input & Wanted): void;
}): Computation<Input> {
  const turns = newTurns();
  const task = busy.task();
  const latest = latestWins(work);
  return {
    async start(input) {
      const isLatest = turns.begin();
      task.begin();
      try {
        const context = {
          ...input,
          checkWanted() {
            if (!isLatest()) throw superseded();
          }
        };
        const result = await latest(context);
        if (!isLatest()) return;
        report(null, part);
        show(result, context);
        busy.finished();
      } catch (reason) {
        if (isLatest() && !isSuperseded(reason)) report(reason, part);
      } finally {
        if (isLatest()) task.end();
      }
    },
    drop() {
      turns.drop();
      task.end();
    }
  };
}
