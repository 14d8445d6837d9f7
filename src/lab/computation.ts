import type {BusyMark} from "./busy.js";
import {latestWins, superseded} from "./latest.js";
import {isAborted} from "../engine/aborted.js";

/** Whether work is wanted still. */
export interface Wanted {
  /** Ends what the work asks of the engine, once something later took over. */
  readonly signal: AbortSignal;
  /**
   * For work of several steps, between them: does nothing while its result is wanted.
   *
   * @throws DOMException "AbortError" once something later took over
   */
  checkWanted(): void;
}

/** Something that a page computes again and again. */
export interface Computation<Input> {
  /**
   * Begins anew; what was begun before is overtaken.
   *
   * @returns settles when it has ended, and never rejects: what went wrong was reported
   */
  start(input: Input): Promise<void>;
  /** What is under way is wanted no more. */
  drop(): void;
}

/**
 * Computes for a page: the latest start wins and ends what it overtakes, the page is marked as busy meanwhile, and what went wrong is
 * reported.
 *
 * @param options.part what a report is about; the next result takes it back
 * @param options.show is given each result that nothing overtook, with what it was computed from; may take its time
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
  show(result: Result, context: Input & Wanted): void | Promise<void>;
}): Computation<Input> {
  let current = new AbortController();
  const task = busy.task();
  const latest = latestWins(work);
  return {
    async start(input) {
      current.abort(superseded());
      current = new AbortController();
      const {signal} = current;
      task.begin();
      try {
        const context = {
          ...input,
          signal,
          checkWanted: () => signal.throwIfAborted()
        };
        const result = await latest(context);
        if (signal.aborted) return;
        report(null, part);
        await show(result, context);
        busy.finished();
      } catch (reason) {
        if (!signal.aborted && !isAborted(reason)) report(reason, part);
      } finally {
        if (!signal.aborted) task.end();
      }
    },
    drop() {
      current.abort(superseded());
      task.end();
    }
  };
}
