import {html} from "htl";

/** One picture that was shown. Times in milliseconds. */
export interface LiveSample {
  /** `performance.now()` when it was shown. */
  readonly at: number;
  /** From capture to display. */
  readonly latency: number;
  readonly elapsed: number;
  readonly stages: {readonly upload: number; readonly network: number; readonly upsampling: number; readonly drawing: number} | null;
  /** Frames that the video showed and nobody segmented since the sample before. */
  readonly dropped: number;
  readonly tensors: number;
  readonly bytes: number;
}

export interface LivePanel extends HTMLElement {
  add(sample: LiveSample): void;
  clear(): void;
  dispose(): void;
}

const WINDOW = 10_000;

/** What the stream does, over the last ten seconds. */
export function livePanel(): LivePanel {
  const list = html`<dl class="facts"></dl>` as HTMLElement;
  const panel = html`<section class="panel"><h2>Live</h2>${list}</section>` as LivePanel;
  let samples: LiveSample[] = [];
  let shownAt = -Infinity;
  panel.add = (sample) => {
    samples = [...samples.filter(({at}) => sample.at - at < WINDOW), sample];
    if (sample.at - shownAt < 500) return;
    shownAt = sample.at;
    const span = (sample.at - samples[0]!.at) / 1000;
    const rows = [
      ["Frames a second", span > 0 ? ((samples.length - 1) / span).toFixed(1) : "–"],
      ["Latency", `${Math.round(sample.latency)} ms`],
      ["Tensors held", `${sample.tensors} (${(sample.bytes / 1e6).toFixed(1)} MB)`]
    ];
    list.replaceChildren(...rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>` as Node));
  };
  panel.clear = () => {
    samples = [];
    list.replaceChildren();
  };
  panel.dispose = panel.clear;
  return panel;
}
