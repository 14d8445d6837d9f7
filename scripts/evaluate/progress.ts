import {Presets, SingleBar} from "cli-progress";

/** A progress bar on standard error; plain lines now and then where that is not a terminal. */
export interface ProgressBar {
  advance(): void;
  stop(): void;
}

/** Starts a bar that is full after `total` advances. */
export function progressBar(total: number): ProgressBar {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: "{bar} {value}/{total} photos, {eta_formatted} left",
      noTTYOutput: true,
      notTTYSchedule: 5000,
      hideCursor: true
    },
    Presets.shades_classic
  );
  bar.start(total, 0);
  return {advance: () => bar.increment(), stop: () => bar.stop()};
}
