import {Presets, SingleBar} from "cli-progress";

/** A progress bar on standard error; plain lines now and then where that is not a terminal. */
export interface ProgressBar {
  advance(by?: number): void;
  stop(): void;
}

/** Starts a bar that is full after `total` advances. @param what they are, as the bar says it */
export function progressBar(total: number, what = "photos"): ProgressBar {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
      noTTYOutput: true,
      notTTYSchedule: 5000,
      hideCursor: true
    },
    Presets.shades_classic
  );
  bar.start(total, 0);
  return {advance: (by = 1) => bar.increment(by), stop: () => bar.stop()};
}
