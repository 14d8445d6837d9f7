import {columns} from "../columns.js";
import type {TaskTimes} from "../task-times.js";
import type {AskedFile} from "./visit.js";

/** Medians of visits. */
export interface LoadTimes {
  /** Milliseconds from the click on a link until the first mask of the network stands. */
  readonly ms: number;
  readonly requests: number;
  /** What travelled. */
  readonly bytesDown: number;
  /** The same uncompressed, and what came from the browser's own caches. */
  readonly bytes: number;
}

/** A page on its first and its second visit over a slow line. */
export interface LoadRow {
  readonly kind: "load";
  readonly build: "this" | "that" | "litert";
  readonly page: string;
  readonly cold: LoadTimes;
  readonly warm: LoadTimes;
  /** Of the main thread, on a CPU that is slowed 4 times, over a fast line. */
  readonly tasks: TaskTimes;
  /** What a first visit asks for; told with --json. */
  readonly files: readonly AskedFile[];
}

/** Rows as a table for people. */
export function loadTable(rows: readonly LoadRow[]): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);
  const cells = ({ms, requests, bytesDown, bytes}: LoadTimes) => [seconds(ms), String(requests), megabytes(bytesDown), megabytes(bytes)];
  return columns(
    [
      ["build", "page", "first s", "requests", "MB", "unpacked", "again s", "requests", "MB", "unpacked", "tasks p95 ms", "over 50"],
      ...rows.map(({build, page, cold, warm, tasks}) => [
        build,
        page,
        ...cells(cold),
        ...cells(warm),
        tasks.p95Ms.toFixed(1),
        String(tasks.over50)
      ])
    ],
    2
  );
}
