import type {Host} from "./host.js";
import type {Named} from "./names.js";
import type {Progress} from "./protocol.js";

/** What the page may ask of the worker: the host's methods, by name. */
export type Call = Exclude<keyof Host, "dispose">;

/** Every one of them: a method of the host that is missing here, or is none, does not compile. */
const CALL_TABLE = {
  capabilities: true,
  describe: true,
  importModels: true,
  forecast: true,
  answerModel: true,
  exportOnnx: true,
  segment: true,
  refine: true,
  snapLabels: true,
  maskFiles: true,
  openDataset: true,
  checkSplit: true,
  seePhoto: true,
  writeDataset: true,
  measurePhoto: true,
  comparePhoto: true,
  inspect: true,
  demonstrate: true,
  live: true,
  train: true,
  memory: true,
  fetched: true
} satisfies Record<Call, true>;

export const CALLS = Object.keys(CALL_TABLE) as readonly Call[];

/** What a call is asked with, but for the signal that cancels it. */
export type Asked<Name extends Call> = Parameters<Host[Name]> extends [...infer Args, AbortSignal] ? Args : Parameters<Host[Name]>;
export type Answer<Name extends Call> = Awaited<ReturnType<Host[Name]>>;

/** Page to worker. */
export type Request =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly call: Call;
      /** What is large is named in it. */
      readonly args: readonly unknown[];
      /** That of it which the worker may not know yet, by name. */
      readonly along: readonly (readonly [name: number, named: Named])[];
    }
  /** Nobody waits for a call's answer any more. */
  | {readonly kind: "cancel"; readonly id: number};

/** Worker to page. */
export type Reply =
  | {readonly kind: "progress"; readonly progress: Progress}
  | {readonly kind: "result"; readonly id: number; readonly value: unknown}
  /** Something is named that the worker does not have, or has no more: the call was not begun. */
  | {readonly kind: "unknown name"; readonly id: number}
  | {readonly kind: "error"; readonly id: number; readonly message: string; readonly deviceLost: boolean};

/** The buffers in plain data, which can be handed over instead of copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (value === null || typeof value !== "object") return [];
  return [...new Set(Object.values(value).flatMap(buffersIn))];
}
