import type {Host} from "./host.js";
import type {Progress} from "./protocol.js";

/** What the page may ask of the worker: the host's methods, by name. */
export type Call = Exclude<keyof Host, "dispose">;

/** Every one of them: a method of the host that is missing here, or is none, does not compile. */
const CALL_TABLE = {
  capabilities: true,
  describe: true,
  segment: true,
  inspect: true,
  demonstrate: true,
  live: true,
  memory: true
} satisfies Record<Call, true>;

export const CALLS = Object.keys(CALL_TABLE) as readonly Call[];

/** Page to worker. */
export interface Request {
  readonly id: number;
  readonly call: Call;
  readonly args: readonly unknown[];
}

/** Worker to page. */
export type Reply =
  | {readonly kind: "progress"; readonly progress: Progress}
  | {readonly kind: "result"; readonly id: number; readonly value: unknown}
  | {readonly kind: "error"; readonly id: number; readonly message: string; readonly deviceLost: boolean};

/** The buffers in plain data, which can be handed over instead of copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (value === null || typeof value !== "object") return [];
  return [...new Set(Object.values(value).flatMap(buffersIn))];
}
