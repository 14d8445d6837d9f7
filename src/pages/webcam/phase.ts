import type {LiveSource} from "../../media/live-source.js";

/** A source plays. */
export interface Open {
  /** `preparing` until the first picture comes; `failed` once the session has ended by itself, with the source still open. */
  readonly kind: "preparing" | "streaming" | "failed";
  readonly source: LiveSource;
  readonly paused: boolean;
}

/** What the webcam page is at. */
export type Phase = {readonly kind: "idle"} | {readonly kind: "opening"} | Open;

export const IDLE: Phase = {kind: "idle"};
export const OPENING: Phase = {kind: "opening"};

/** The phase, where a source plays. */
export function openPhase(phase: Phase): Open | null {
  return "source" in phase ? phase : null;
}

/** The source that plays. */
export function sourceOf(phase: Phase): LiveSource | null {
  return openPhase(phase)?.source ?? null;
}

/** Whether the picture stands still by the reader's wish. */
export function isPaused(phase: Phase): boolean {
  return openPhase(phase)?.paused ?? false;
}

/** Whether a picture is waited for. */
export function isWaiting({kind}: Phase): boolean {
  return kind === "opening" || kind === "preparing";
}

/**
 * What the status line says of a source that plays; null of a phase that says something else.
 *
 * @param segmented by what, and where, for the reader
 */
export function playsInWords(phase: Phase, segmented: string): string | null {
  const open = openPhase(phase);
  if (open?.paused) return `${open.source.name} is paused; every view still works.`;
  return open?.kind === "streaming" ? `${open.source.name}, ${segmented}` : null;
}
