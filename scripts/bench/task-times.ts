/** How long the tasks of a thread took. */
export interface TaskTimes {
  readonly tasks: number;
  /** 95 % of the tasks took no longer, milliseconds. */
  readonly p95Ms: number;
  readonly largestMs: number;
  /** Tasks over 50 ms, which the reader feels. */
  readonly over50: number;
}

/** An event of Chromium's trace format; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** What the thread itself computed of it. */
  readonly tdur?: number;
  readonly args?: {readonly name?: string};
}

const LONG_TASK = 50;

/**
 * The tasks of the main thread of the page in a trace: of the renderer process that was busiest, as spare ones idle.
 *
 * @param events with category "disabled-by-default-devtools.timeline"
 * @throws Error when there are none
 */
export function mainThreadTimes(events: readonly TraceEvent[]): TaskTimes {
  const times = mainThreadTasks(events)
    .map(({dur = 0}) => dur / 1000)
    .sort((a, b) => a - b);
  return {
    tasks: times.length,
    p95Ms: times[Math.ceil(0.95 * times.length) - 1]!,
    largestMs: times.at(-1)!,
    over50: times.filter((time) => time > LONG_TASK).length
  };
}

/**
 * The most that the page's main thread computed in one task, in milliseconds: without what it waited while other programs had the cores.
 *
 * @param events as `mainThreadTimes` takes them
 * @throws Error when there are none
 */
export function mostComputed(events: readonly TraceEvent[]): number {
  return Math.max(...mainThreadTasks(events).map(({tdur = 0}) => tdur / 1000));
}

function mainThreadTasks(events: readonly TraceEvent[]): TraceEvent[] {
  const threads = events.filter(({name, args}) => name === "thread_name" && args?.name === "CrRendererMain");
  const busiest = threads
    .map(({pid, tid}) => events.filter((event) => event.name === "RunTask" && event.ph === "X" && event.pid === pid && event.tid === tid))
    .reduce<TraceEvent[]>((most, tasks) => (lasted(tasks) > lasted(most) ? tasks : most), []);
  if (busiest.length === 0) throw new Error("The trace shows no task of a page's main thread.");
  return busiest;
}

const lasted = (tasks: readonly TraceEvent[]) => sum(tasks.map(({dur = 0}) => dur));

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
