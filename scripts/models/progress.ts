import {Presets, SingleBar} from "cli-progress";
import type {OnProgress} from "./download.js";

const MEGABYTE = 1e6;
/** Milliseconds between lines where the output is no terminal. */
const LINE_MS = 2000;

export interface DownloadBar {
  readonly onProgress: OnProgress;
  stop(): void;
}

/** A progress bar on standard error that appears with the first bytes; plain lines where that is no terminal. */
export function downloadBar(): DownloadBar {
  const bar = new SingleBar(
    {stream: process.stderr, format: "{bar} {value} of {total} MB, {eta_formatted} left", noTTYOutput: true, notTTYSchedule: LINE_MS, hideCursor: true},
    Presets.shades_classic
  );
  let started = false;
  const megabytes = (bytes: number) => Math.round(bytes / (MEGABYTE / 10)) / 10;
  return {
    onProgress(received, total) {
      const all = megabytes(total ?? received);
      if (!started) bar.start(all, 0);
      started = true;
      bar.setTotal(all);
      bar.update(megabytes(received));
    },
    stop: () => bar.stop()
  };
}
