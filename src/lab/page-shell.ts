import {errorNote} from "../components/page/error-note.js";
import {reportCopy} from "../components/page/report-copy.js";
import {statusLine} from "../components/page/status-line.js";
import type {StatusLine} from "../components/page/status-line.js";
import type {Capabilities, Progress, WhereItRuns} from "../worker/protocol.js";
import {busyMark} from "./busy.js";
import type {BusyMark} from "./busy.js";
import {computation} from "./computation.js";
import type {Computation, Wanted} from "./computation.js";
import {cancellable, connectEngine} from "./engine-client.js";
import type {EngineClient} from "./engine-client.js";
import {keepForNextVisit} from "./offline.js";
import type {KeptSite} from "./offline.js";
import {isAborted} from "../engine/aborted.js";
import {part} from "../part.js";

/** What this machine has, and whether the engine runs in a worker. */
export type Found = Capabilities & {readonly where: WhereItRuns};

/** What a page's work is given besides what it was started with. */
export interface Work extends Wanted {
  /** The engine, whose calls end once the work is wanted no more. */
  readonly engine: EngineClient;
}

export interface PageComputation<Input extends object, Result> {
  /** What a report is about; the next result takes it back. */
  readonly part: unknown;
  work(context: Input & Work): Promise<Result>;
  show(result: Result, context: Input & Work): void | Promise<void>;
  /** The page's own by default. */
  report?(reason: unknown, part: unknown): void;
}

/** What every page that computes has. */
export interface PageShell {
  readonly engine: EngineClient;
  readonly capabilities: Promise<Found>;
  /** What is going on, in words and as a bar. */
  readonly status: StatusLine;
  /** What went wrong, and what to do. */
  readonly error: HTMLElement;
  readonly busy: BusyMark;
  /** Shows what went wrong with a part of the page, or for null takes it back. What was overtaken is nobody's business. */
  report(reason: unknown, part: unknown): void;
  /** Does what nobody waits for: if it fails, the reader is told. */
  attempt(part: unknown, work: () => Promise<unknown>): void;
  /** A computation of this page. */
  computation<Input extends object, Result>(options: PageComputation<Input, Result>): Computation<Input>;
  /** Tells what this machine has as soon as that is known; the page is busy until then. @returns never rejects */
  meetMachine(part: unknown, offer: (found: Found) => void): Promise<void>;
  /** Whether the page was left. */
  isLeft(): boolean;
  dispose(): void;
}

/**
 * What the pages share: the engine and what this machine has; the status line and what went wrong; busy marks
 * (`aria-busy` and a count of results, `data-run`, on `main`) and computations.
 *
 * @param options.idle what the status line says when nothing is under way; null leaves it as it is
 * @param options.onProgress called instead of showing what the engine is at while the page is busy
 * @param options.onReplaced called when the engine was lost and started again
 * @param options.onKept called once what the page was made from is kept for the next visit
 */
export function pageShell(options: {
  readonly main: HTMLElement;
  idle(): string | null;
  onProgress?(progress: Progress): void;
  onReplaced?(): void;
  onKept?(kept: KeptSite): void;
}): PageShell {
  const {main, idle, onReplaced = () => {}, onKept = () => {}} = options;
  const status = statusLine();
  const error = errorNote();
  const showProgress = ({message, fraction, detail}: Progress) => busy.isBusy() && status.update(`${message} …`, fraction, detail);
  const onProgress = options.onProgress ?? showProgress;
  const engine = connectEngine({
    onProgress: (progress) => (progress.stage === "notice" ? status.note(progress.message) : onProgress(progress)),
    onReplaced() {
      status.note(null);
      onReplaced();
    }
  });
  const capabilities = engine.capabilities();
  const busy = busyMark(main, () => {
    const words = idle();
    if (words !== null) status.update(words);
    // Not before the page's first results stand: nothing takes the line from them.
    if (!isKept && !left) void keepForNextVisit(() => engine.fetched()).then((kept) => kept && onKept(kept));
    isKept = true;
  });
  const computations: Computation<never>[] = [];
  let left = false;
  /** What went wrong last, also where it was taken back. */
  let lastError: unknown = null;
  const copied = reportCopy(async () => {
    const {pageReport} = await part(() => import("./page-report.js"));
    return pageReport({engine, capabilities, status: status.textContent, lastError});
  });
  // At the end of every page, whatever it is about.
  document.querySelector("#observablehq-footer")?.append(copied);
  const onUncaught = (event: ErrorEvent | PromiseRejectionEvent) => {
    lastError = "reason" in event ? event.reason : (event.error ?? event.message);
  };
  addEventListener("error", onUncaught);
  addEventListener("unhandledrejection", onUncaught);
  /** Whether what the page was made from is kept for the next visit. */
  let isKept = false;

  function report(reason: unknown, part: unknown): void {
    if (reason === null) return error.update(null, part);
    if (isAborted(reason) || left) return;
    lastError = reason;
    error.update(reason instanceof Error ? reason.message : `${reason as string}`, part);
  }

  async function attempted(part: unknown, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      report(reason, part);
    }
  }

  return {
    engine,
    capabilities,
    status,
    error,
    busy,
    report,
    attempt: (part, work) => void attempted(part, work),
    computation<Input extends object, Result>({work, show, ...asked}: PageComputation<Input, Result>): Computation<Input> {
      const made = computation<Input, {readonly context: Input & Work; readonly result: Result}>({
        busy,
        report,
        ...asked,
        async work(wanted) {
          const context = {...wanted, engine: cancellable(engine, wanted.signal)};
          return {context, result: await work(context)};
        },
        show: ({context, result}) => show(result, context)
      });
      computations.push(made);
      return {start: async (input) => (left ? undefined : made.start(input)), drop: made.drop};
    },
    async meetMachine(part, offer) {
      busy.begin();
      await attempted(part, async () => offer(await capabilities));
      busy.end();
    },
    isLeft: () => left,
    dispose() {
      left = true;
      for (const each of computations) each.drop();
      removeEventListener("error", onUncaught);
      removeEventListener("unhandledrejection", onUncaught);
      copied.remove();
      engine.dispose();
    }
  };
}

/** Says that the engine runs in the page, where it does. */
export function sayWhere(status: StatusLine, {where}: Found): void {
  if (!where.worker) status.update(`The network runs in the page, which may stutter: ${where.reason ?? "no worker"}`);
}
