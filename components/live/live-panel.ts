import {html} from "htl";
import {STAGES, liveWindow} from "./live-window.js";
import type {LiveFacts, LiveSample, LiveWindow, Moment} from "./live-window.js";
import {readouts} from "../tables/readouts.js";
import {timeChart} from "../charts/time-chart.js";

export type {LiveSample, LiveStages} from "./live-window.js";

export interface LivePanel extends HTMLElement {
  /** Tells of a frame that was shown, in the order of time. Cheap: what is drawn is drawn later. */
  add(sample: LiveSample): void;
  /** Forgets all samples, e.g. when another video begins. */
  clear(): void;
  /** Stops drawing for good. */
  dispose(): void;
}

/** Milliseconds between two drawings at least. */
const DRAW_EVERY = 250;
/** After so many milliseconds without a frame the panel stays as it is. */
const REST_AFTER = 5000;

const NOTES =
  "Latency runs from the moment at which the camera took a frame, or at which the page got it where the browser does not tell, until its picture is shown. To time a stage it is waited for; a GPU works ahead, so there only a frame now and then is timed, and its times hold until the next. The whole frame runs from the start of its upload until its picture is done; its stages, and the waiting between them, are means over the frames that were timed, and add up to it.";

const SLATE = "var(--concept-cost)";
const UNKNOWN = "–";

interface Chart {
  readonly view: HTMLElement;
  update(facts: LiveFacts, samples: LiveWindow, now: number, edge: string): void;
}

/**
 * How a live stream goes, frame by frame: frames shown a second, latency, stages, dropped frames, memory, each as a value
 * and as a chart of the last seconds. It is folded until the reader opens it, and draws itself a few times a second while it is open,
 * frames come and the page is seen.
 *
 * @param options.span milliseconds that the charts show
 */
export function livePanel({span = 10_000}: {readonly span?: number} = {}): LivePanel {
  const samples = liveWindow(span);
  const charts = chartsOf(span);
  const folded = html`<details class="more" ontoggle=${() => schedule()}><summary>How it runs: frames, latency, stages, memory</summary>
    <div class="live-charts">${charts.map(({view}) => view)}</div>
    <p class="hint">${NOTES}</p>
  </details>` as HTMLDetailsElement;
  const panel = html`<section class="panel live-panel" aria-label="Live">${folded}</section>` as LivePanel;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = -Infinity;
  let disposed = false;

  function draw(): void {
    timer = undefined;
    const now = performance.now();
    drawnAt = now;
    const rests = samples.newest === null || now - samples.newest >= REST_AFTER;
    const facts = samples.facts(now);
    for (const chart of charts) chart.update(facts, samples, now, rests ? "stopped" : "now");
    if (!rests) schedule();
  }
  function schedule(): void {
    if (disposed || document.hidden || !folded.open) return;
    timer ??= setTimeout(draw, Math.max(0, drawnAt + DRAW_EVERY - performance.now()));
  }
  function halt(): void {
    clearTimeout(timer);
    timer = undefined;
  }
  const seen = () => {
    halt();
    schedule();
  };
  document.addEventListener("visibilitychange", seen);

  panel.add = (sample) => {
    samples.add(sample);
    schedule();
  };
  panel.clear = () => {
    samples.clear();
    schedule();
  };
  panel.dispose = () => {
    disposed = true;
    halt();
    document.removeEventListener("visibilitychange", seen);
  };
  return panel;
}

function chartsOf(span: number): Chart[] {
  return [
    single({
      name: "Frames shown",
      text: (value) => `${decimal(value)} / s`,
      least: 10,
      span,
      value: ({shown}) => shown,
      moments: (samples, now) => samples.rates(now).shown
    }),
    chart({
      names: ["Latency, median", "Latency, largest"],
      shown: (name) => (name.endsWith("median") ? "Latency" : "Largest"),
      label: "Latency of each frame",
      text: milliseconds,
      least: 50,
      span,
      values: ({latency}) => [latency && latency.median, latency && latency.largest],
      moments: (samples, now) => samples.latencies(now)
    }),
    single({
      name: "Frames dropped",
      text: (value) => `${decimal(value)} / s`,
      least: 10,
      span,
      value: ({dropped}) => dropped,
      moments: (samples, now) => samples.rates(now).dropped
    }),
    single({
      name: "Tensors held",
      width: "half",
      text: (value) => Math.round(value).toLocaleString("en"),
      least: 10,
      held: true,
      span,
      value: ({tensors}) => tensors,
      moments: (samples, now) => samples.tensors(now)
    }),
    single({
      name: "Memory held",
      width: "half",
      text: (value) => `${(value / 1e6).toFixed(1)} MB`,
      least: 1e6,
      held: true,
      span,
      value: ({bytes}) => bytes,
      moments: (samples, now) => samples.bytes(now)
    }),
    chart({
      names: [...STAGES.map(stageName), "Between them", "Whole frame"],
      shown: (name) => {
        const stage = STAGES.find((key) => stageName(key) === name);
        return stage ? (html`<span><span class="swatch" style=${`background:${colourOf(stage)}`}></span> ${name}</span>` as Node) : name;
      },
      label: "Milliseconds of upload, network, upsampling and drawing, stacked",
      width: "double",
      height: 130,
      colours: STAGES.map(colourOf),
      text: milliseconds,
      least: 10,
      held: true,
      span,
      values: ({timed}) => ([...STAGES, "other", "elapsed"] as const).map((key) => timed && timed[key]),
      moments: (samples, now) => samples.stages(now)
    })
  ];
}

interface ChartOptions {
  readonly span: number;
  text(value: number): string;
  readonly least: number;
  readonly held?: boolean;
  /** Against most others. */
  readonly width?: "half" | "whole" | "double";
  moments(samples: LiveWindow, now: number): Moment[];
}

/** A chart of one value. */
function single({name, value, ...options}: ChartOptions & {readonly name: string; value(facts: LiveFacts): number | null}): Chart {
  return chart({...options, names: [name], label: name, values: (facts) => [value(facts)]});
}

/** Values with their names over a chart. */
function chart(
  options: ChartOptions & {
    readonly names: readonly string[];
    shown?(name: string): string | Node;
    readonly label: string;
    readonly height?: number;
    readonly colours?: readonly string[];
    values(facts: LiveFacts): (number | null)[];
  }
): Chart {
  const {names, shown, label, width = "whole", colours = [SLATE], span, text, least, height, held, values, moments} = options;
  const row = readouts(names, shown);
  const drawing = timeChart({label, span, colours, text, least, height, held});
  return {
    view: html`<div class=${`live-chart live-${width}`}>${row}${drawing}</div>` as HTMLElement,
    update(facts, samples, now, edge) {
      const known = values(facts);
      row.update(Object.fromEntries(names.map((name, index) => [name, known[index] === null ? UNKNOWN : text(known[index]!)])));
      drawing.update(moments(samples, now), now, edge);
    }
  };
}

function stageName(stage: (typeof STAGES)[number]): string {
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}

function colourOf(stage: (typeof STAGES)[number]): string {
  return `var(--stage-${stage})`;
}

/** With a decimal where that tells something. */
function decimal(value: number): string {
  return value === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
