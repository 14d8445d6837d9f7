import {html} from "htl";
import {recordingFormat} from "../../media/recorder.js";
import {isPaused, sourceOf} from "./phase.js";
import type {Phase} from "./phase.js";

export interface LiveButtons {
  /** What plays. */
  readonly playing: readonly HTMLElement[];
  /** What is kept of the picture. */
  readonly keeping: readonly HTMLElement[];
  /** @param now.hasPicture whether a picture is shown */
  show(now: {readonly phase: Phase; readonly hasPicture: boolean; readonly isRecording: boolean}): void;
}

/** The webcam page's buttons; which of them can be pressed follows from the phase. */
export function liveButtons(actions: {
  onStart(): void;
  onPause(): void;
  onAgain(): void;
  onSnapshot(): void;
  onRecord(): void;
  onStill(): void;
  onInside(): void;
}): LiveButtons {
  const button = (label: string, onclick: () => void) =>
    html`<button type="button" onclick=${onclick}>${label}</button>` as HTMLButtonElement;
  const start = button("Start", actions.onStart);
  const pause = button("Pause", actions.onPause);
  const again = button("Start again", actions.onAgain);
  const snapshot = button("Snapshot", actions.onSnapshot);
  const record = button("Record", actions.onRecord);
  const still = button("Still to workbench", actions.onStill);
  const inside = button("Look inside this moment", actions.onInside);
  start.classList.add("primary");
  return {
    playing: [start, pause, again],
    keeping: [snapshot, record, still, inside],
    show({phase, hasPicture, isRecording}) {
      const isIdle = phase.kind === "idle";
      const isOpen = sourceOf(phase) !== null;
      start.textContent = isIdle ? "Start" : "Stop";
      start.classList.toggle("primary", isIdle);
      pause.textContent = isPaused(phase) ? "Resume" : "Pause";
      pause.disabled = !isOpen;
      again.hidden = phase.kind !== "failed";
      snapshot.disabled = !hasPicture;
      record.hidden = recordingFormat() === null;
      record.disabled = !isRecording && !(isOpen && hasPicture);
      record.textContent = isRecording ? "Stop recording" : "Record";
      still.disabled = inside.disabled = !isOpen;
    }
  };
}
