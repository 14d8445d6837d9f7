import {Presets, SingleBar} from "cli-progress";
import type {OnProgress} from "./download.js";

/** Milliseconds between lines where the output is no terminal. */
const LINE_MS = 2000;

export interface DownloadBar {
  readonly onProgress: OnProgress;
  stop(): void;
}

/** Progress on standard error from the first bytes on: a bar in a terminal, a plain line now and then elsewhere. */
export function downloadBar(): DownloadBar {
  return process.stderr.isTTY ? terminalBar() : plainLines();
}

function terminalBar(): DownloadBar {
  const bar = new SingleBar({stream: process.stderr, format: "{bar} {value} of {total} MB", hideCursor: true}, Presets.shades_classic);
  let started = false;
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

function plainLines(): DownloadBar {
  let next = 0;
  return {
    onProgress(received, total) {
      if (Date.now() < next && received !== total) return;
      next = Date.now() + LINE_MS;
      console.error(`${megabytes(received)}${total === null ? "" : ` of ${megabytes(total)}`} MB`);
    },
    stop: () => {}
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}
