import {extent} from "d3-array";
import {scaleLinear, scaleLog} from "d3-scale";
import {line} from "d3-shape";
import {html, svg} from "htl";
import {sizedDrawing} from "../charts/sized-drawing.js";
import type {Drawn, SizedDrawing} from "../charts/sized-drawing.js";
import {ARROWS} from "../page/arrows.js";
import {smoothed, valueAt} from "./step-series.js";
import type {StepPoint} from "./step-series.js";

export interface StepSeries {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Lengths of strokes and gaps, so that lines are told apart without their colour; none for a whole line. */
  readonly dashes?: string;
  /** Whether its values jump from step to step: then its running mean is what is drawn strongly. */
  readonly isNoisy?: boolean;
  /** In the order of steps. */
  readonly points: readonly StepPoint[];
}

export interface StepCurves {
  readonly series: readonly StepSeries[];
  /** Steps at which something happened, e.g. the best one. */
  readonly marks: readonly {readonly step: number; readonly name: string}[];
  /** The step at the right edge. */
  readonly end: number;
  /** The step that is looked at; the last one by default. */
  readonly at?: number | undefined;
}

export interface StepChartOptions {
  readonly label: string;
  /** From zero up, or by powers of ten. */
  readonly scale: "linear" | "log";
  /** The top of the scale at least, where it is linear. */
  readonly least?: number;
  /** A value as the reader sees it. */
  text(value: number): string;
  /** Called with the step that the reader points at, by pointer or arrow keys. */
  onStep(step: number): void;
}

const HEIGHT = 210;
const LEFT = 56;
const RIGHT = 14;
const TOP = 22;
const BASE = HEIGHT - 38;
const FONT = "font-size:13px";
/** Steps that an arrow key moves by: one, or with Shift so many. */
const LEAP = 10;

/** Values over the steps of a training, a line each. It is a slider over the steps, for pointers and keys alike. */
export function stepChart(options: StepChartOptions): SizedDrawing<StepCurves> {
  const {label, text, onStep} = options;
  let content: StepCurves = {series: [], marks: [], end: 1};
  let width = 1;
  const chart = sizedDrawing<StepCurves>({
    label,
    height: HEIGHT,
    draw(curves, wide) {
      width = wide;
      return drawn(curves, wide, options);
    }
  });
  const drawing = chart.querySelector("svg")!;
  const update = chart.update;

  chart.update = (next) => {
    content = next;
    chart.classList.add("step-chart");
    update(next);
    const last = lastStep(next);
    const isSlider = last > 0;
    // A picture that is no slider yet has no value.
    const attributes = {
      role: isSlider ? "slider" : "img",
      tabindex: isSlider ? "0" : null,
      "aria-valuemin": isSlider ? "0" : null,
      "aria-valuemax": isSlider ? String(last) : null,
      "aria-valuenow": isSlider ? String(next.at ?? last) : null,
      "aria-valuetext": isSlider
        ? `step ${next.at ?? last}: ${next.series.map((series) => `${series.name} ${valueText(series, next, text)}`).join(", ")}`
        : null
    };
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) drawing.removeAttribute(name);
      else drawing.setAttribute(name, value);
    }
  };
  const go = (step: number) => {
    const last = lastStep(content);
    if (last > 0) onStep(Math.min(Math.max(Math.round(step), 0), last));
  };
  drawing.addEventListener("pointerdown", (event) => {
    go(stepUnder(event));
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (event.buttons > 0) go(stepUnder(event));
  });
  drawing.addEventListener("keydown", (event) => {
    const {key, shiftKey, ctrlKey, metaKey, altKey} = event;
    if (ctrlKey || metaKey || altKey) return;
    const at = content.at ?? lastStep(content);
    const [across, down] = ARROWS[key] ?? [0, 0];
    const leap = {Home: -at, End: Infinity, PageUp: LEAP, PageDown: -LEAP}[key] ?? (across - down) * (shiftKey ? LEAP : 1);
    if (leap === 0) return;
    event.preventDefault();
    go(at + leap);
  });

  function stepUnder({clientX}: PointerEvent): number {
    const {left, width: seen} = drawing.getBoundingClientRect();
    return scaleOf(content, width).invert(((clientX - left) / seen) * width);
  }
  return chart;
}

function scaleOf({end}: StepCurves, width: number) {
  return scaleLinear([0, Math.max(1, end)], [LEFT, width - RIGHT]);
}

function lastStep({series}: StepCurves): number {
  return Math.max(0, ...series.map(({points}) => points.at(-1)?.step ?? 0));
}

function valueText({points}: StepSeries, {at}: StepCurves, text: StepChartOptions["text"]): string {
  const value = at === undefined ? points.at(-1)?.value : valueAt(points, at);
  return value === undefined ? "–" : text(value);
}

function drawn(curves: StepCurves, width: number, {scale, least = 0, text}: StepChartOptions): Drawn {
  const {series, marks, at} = curves;
  const x = scaleOf(curves, width);
  const values = series.flatMap(({points}) => points.map(({value}) => value)).filter((value) => scale === "linear" || value > 0);
  const [lowest = 0.1, highest = 1] = extent(values);
  const y =
    scale === "log"
      ? scaleLog([lowest, Math.max(highest, lowest * 1.01)], [BASE, TOP]).nice()
      : scaleLinear([0, Math.max(least, highest)], [BASE, TOP]).nice(4);
  const ticks = scale === "log" ? y.ticks(4).filter((tick) => /^[125]/.test(tick.toExponential())) : y.ticks(4);
  const path = line<StepPoint>(
    ({step}) => x(step),
    ({value}) => y(Math.max(value, y.domain()[0]!))
  );
  return {
    nodes: [
      ...ticks.map(
        (tick) =>
          svg`<g><line x1=${LEFT} x2=${width - RIGHT} y1=${y(tick)} y2=${y(tick)} style="stroke:var(--rule)"></line>
          <text class="quiet" x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end" style=${FONT}>${text(tick)}</text></g>` as Node
      ),
      ...x
        .ticks(Math.max(2, Math.round(width / 130)))
        .filter(Number.isInteger)
        .map((tick) => svg`<text class="quiet" x=${x(tick)} y=${BASE + 17} text-anchor="middle" style=${FONT}>${tick}</text>` as Node),
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${HEIGHT - 5} text-anchor="middle" style=${FONT}>steps</text>` as Node,
      ...marks.map(({step, name}) => {
        const isLate = x(step) > width / 2;
        return svg`<g><line x1=${x(step)} x2=${x(step)} y1=${TOP - 6} y2=${BASE} style="stroke:var(--quiet);stroke-dasharray:2 4"></line>
          <text class="quiet" x=${x(step) + (isLate ? -4 : 4)} y=${TOP - 9} text-anchor=${isLate ? "end" : "start"} style=${FONT}>${name}</text></g>` as Node;
      }),
      ...series.map((each) => strokesOf(each, path, x, y)),
      ...(at === undefined
        ? []
        : [svg`<line x1=${x(at)} x2=${x(at)} y1=${TOP} y2=${BASE} style="stroke:var(--ink);stroke-width:1.5"></line>` as Node])
    ],
    spoken: [
      ...series.map((each) => inWords(each, text)),
      ...marks.map(({step, name}) => `${name} at step ${step}.`),
      "Arrow keys go through the steps."
    ].join(" "),
    legend: series.map(
      (each) => html`<li>${sampleOf(each)}${each.name} <strong class="step-value">${valueText(each, curves, text)}</strong></li>` as Node
    )
  };
}

type Scale = (value: number) => number;

function strokesOf(series: StepSeries, path: (points: StepPoint[]) => string | null, x: Scale, y: Scale): Node {
  const {points, isNoisy = false, colour} = series;
  const isSparse = points.length < 40 && !isNoisy;
  return svg`<g>
    ${isNoisy ? svg`<path d=${path([...points]) ?? ""} style=${`fill:none;stroke:${colour};stroke-width:1;opacity:0.35`}></path>` : null}
    <path d=${path(isNoisy ? smoothed(points) : [...points]) ?? ""} style=${strokeOf(series)}></path>
    ${isSparse ? points.map(({step, value}) => svg`<circle cx=${x(step)} cy=${y(value)} r="3" style=${`fill:${colour}`}></circle>`) : null}
  </g>` as Node;
}

function strokeOf({colour, dashes = "none"}: StepSeries): string {
  return `fill:none;stroke:${colour};stroke-width:2.5;stroke-dasharray:${dashes}`;
}

/** A piece of a line, for the legend. */
function sampleOf(series: StepSeries): Node {
  return svg`<svg width="34" height="10" aria-hidden="true"><line x1="1" x2="33" y1="5" y2="5" style=${strokeOf(series)}></line></svg>` as Node;
}

function inWords({name, points}: StepSeries, text: StepChartOptions["text"]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return `${name}: nothing yet.`;
  return `${name}: ${text(first.value)} at step ${first.step}, ${text(last.value)} at step ${last.step}.`;
}
