import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {Mark} from "../../../components/maps/cell-map.js";
import {diverging, grey, reachOf} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {formula} from "../../../components/page/formula.js";
import {kernelEditor} from "../../../components/fields/kernel-editor.js";
import {playback} from "../../../components/fields/playback.js";
import type {Cell} from "../../../components/page/pointing.js";
import {readouts} from "../../../components/tables/readouts.js";
import {signalFigure} from "../../../components/charts/signal-figure.js";
import {plain, signed, sumOf, tapSum} from "../../../components/tables/tap-sum.js";
import type {Tap} from "../../../components/tables/tap-sum.js";
import type {Sample} from "../../../data/samples/samples.js";
import {effectiveExtent, outputSize, paddingOf} from "../../../engine/padding.js";
import type {AtrousOptions} from "../../../engine/padding.js";
import {lesson} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {brightness} from "../../../media/patch.js";
import type {AtrousDemonstration, Grid} from "../../../worker/demonstrations/atrous.js";
import {codeUnder} from "../code-under.js";
import {cliffFigure} from "./cliff.js";
import {griddingFigure} from "./gridding.js";
import {stackFigure} from "./stack.js";
import {ATROUS_TABLE, KERNELS, LARGEST_WEIGHT, PATCH, TAPS, stackOf} from "./state.js";
import type {AtrousTable} from "./state.js";
import {middleRow, square, tapsOf} from "./taps.js";
import {equalViews} from "./views.js";

/** Milliseconds at each cell, and of them those on the way there. */
const INTERVAL = 300;
const STEP = 180;
/** Milliseconds that the taps take to where another rate sends them. */
const SPREAD = 400;

/** The page about atrous convolution. */
export function atrousLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: ATROUS_TABLE, samples});
  const {store} = page;

  const facts = readouts(["Effective kernel extent", "Output size", "Weights", "Multiply-adds per output"]);
  const extentFormula = formula("", {display: true});
  page.follow(["rate", "stride", "padding"], ({rate, ...state}) => {
    const extent = effectiveExtent(TAPS, rate);
    const size = outputSize(PATCH, TAPS, {rate, ...state});
    facts.update({
      "Effective kernel extent": `${extent} × ${extent}`,
      "Output size": `${size} × ${size}`,
      Weights: String(TAPS ** 2),
      "Multiply-adds per output": String(TAPS ** 2)
    });
    extentFormula.update(`k + (k-1)(r-1) = ${TAPS} + ${TAPS - 1}\\cdot${rate - 1} = \\mathbf{${extent}}`);
  });

  /** The output cell that is spelled out; while the window slides by itself the state does not follow it. */
  let position: Cell = {row: store.get().row, column: store.get().column};
  const player = playback({
    interval: INTERVAL,
    step() {
      if (!shown) return;
      const {height, width} = shown.plane.output;
      const {row, column} = chosenCell(position, shown);
      const isLast = column + 1 >= width;
      position = {row: isLast ? (row + 1) % height : row, column: isLast ? 0 : column + 1};
      point(STEP);
    },
    onPause: () => store.set(position)
  });
  function choose(cell: Cell): void {
    player.pause();
    store.set(cell);
  }

  // One row of the patch and the kernel's middle row.
  const signal = signalFigure({label: "One row of the photo and its convolution", onChoose: (column) => choose({...position, column})});
  const signalSum = html`<p class="taps-sum" role="group" aria-label="One output in one dimension"></p>`;
  const padded = cellMap({label: "Input: the photo's brightness, with the kernel's taps"});
  const output = cellMap({label: "Output", onCell: choose, at: () => chosenCell(position, shown)});
  const sum = tapSum();
  const views = equalViews(page);
  let shown: Shown | null = null;

  page.compute({
    on: ["rate", "stride", "padding", "kernel"],
    photo: true,
    async work({state, backend, engine, photo}) {
      const {rate, stride, padding, kernel} = state;
      const options = {rate, stride, padding};
      const patch = {height: PATCH, width: PATCH, values: brightness(photo, PATCH)};
      const [plane, line] = await Promise.all([
        engine.demonstrate(backend, "atrous", {input: patch, kernel: square(kernel), ...options}),
        engine.demonstrate(backend, "atrous", {
          input: middleRow(patch),
          kernel: {height: 1, width: TAPS, values: Float32Array.from(kernel.slice(3, 6))},
          ...options
        })
      ]);
      return {patch, plane, line, options};
    },
    show(result, {state}) {
      shown = {...result, kernel: state.kernel};
      const {plane, patch, options} = shown;
      const {before, after} = paddingOf(PATCH, TAPS, options);
      // More padding than this would leave no room for the picture.
      const margin = Math.min(12, Math.max(before, after));
      padded.draw({...patch, colour: grey, margin: {top: margin, bottom: margin, left: margin, right: margin}});
      output.draw({...plane.output, colour: diverging(reachOf(plane.output.values))});
      views.update(plane, state.kernel);
      point(SPREAD);
      attempts.refresh();
    }
  });

  /** @param glide milliseconds that the taps take from where they were: none where the reader's own hand moves them */
  function point(glide = 0): void {
    if (!shown) return;
    const {plane, line, patch, options, kernel} = shown;
    const {row, column} = chosenCell(position, shown);
    const taps = tapsOf(row, column, patch, kernel, options);
    padded.mark(
      taps.map((tap): Mark => ({row: tap.row, column: tap.column, colour: "var(--concept-kernel)", filled: true, dashed: !tap.inside})),
      {glide}
    );
    output.mark([{row, column, colour: "var(--concept-output)", filled: true}], {glide});
    sum.update(taps, TAPS, plane.output.values[row * plane.output.width + column]!);

    const {before} = paddingOf(PATCH, TAPS, options);
    const origin = (index: number) => index * options.stride - before + options.rate;
    const lineTaps = [-1, 0, 1].map((k) => origin(column) + k * options.rate);
    const input = middleRow(patch).values;
    signal.update({input, output: line.output.values, weights: kernel.slice(3, 6), taps: lineTaps, chosen: column, place: origin}, {glide});
    const terms = lineTaps.map((tap, index): Tap => ({
      input: input[tap] ?? 0,
      weight: kernel[3 + index]!,
      inside: tap >= 0 && tap < PATCH
    }));
    signalSum.textContent = `y[${column}] = ${terms.map(({input, weight}) => `${signed(input, 2)}\u00a0×\u00a0${plain(weight)}`).join(" + ")} = ${signed(sumOf(terms), 3)}; the tensor says ${signed(line.output.values[column]!, 3)}`;
  }
  page.follow(["row", "column"], (state) => {
    position = {row: state.row, column: state.column};
    point();
  });
  // Whoever comes by keyboard finds the window at rest too.
  for (const view of [output, signal]) view.addEventListener("focusin", () => player.pause());

  const editor = kernelEditor({label: "Kernel", size: TAPS, limit: LARGEST_WEIGHT, onChange: (values) => store.set({kernel: values})});
  page.follow(["kernel"], ({kernel}) => editor.show(kernel));
  const kernels = page.presets(Object.entries(KERNELS).map(([label, kernel]) => ({label, look: "", state: {kernel}})));
  const presets = page.presets([
    {label: "Ordinary convolution", look: "Rate 1: nine neighbours. Edges come out thin.", state: {rate: 1, stride: 1, padding: "same"}},
    {
      label: "A wider look",
      look: "Rate 4: the same nine weights over 9 × 9 cells. Edges double, because the taps on either side meet them at different cells.",
      state: {rate: 4, stride: 1, padding: "same"}
    },
    {
      label: "ASPP's largest rate",
      look: "Rate 18: 37 × 37 cells. Near the border most taps lie outside and read zero.",
      state: {rate: 18, stride: 1, padding: "same"}
    },
    {
      label: "Only where it fits",
      look: "Valid padding at rate 18: the output shrinks to the places where the whole kernel lies on the map.",
      state: {rate: 18, stride: 1, padding: "valid"}
    }
  ]);
  const attempts = page.tryThis([
    {
      ask: "Make the kernel cover 13 × 13 cells. Which rate does it take?",
      guesses: ["4", "6", "12"],
      answer: ({rate}) =>
        effectiveExtent(TAPS, rate) === 13 ? {right: String(rate), text: `3 + 2·${rate - 1} = 13, still with ${TAPS ** 2} weights.`} : null
    },
    {
      ask: "Choose an output in a corner, at a rate of 12 or more. How many of the nine taps lie on the map there?",
      guesses: ["1", "4", "6"],
      answer: (state) => {
        if (!shown || state.rate < 12 || shown.options.rate !== state.rate) return null;
        const {row, column} = chosenCell(state, shown);
        const {height, width} = shown.plane.output;
        if (![0, height - 1].includes(row) || ![0, width - 1].includes(column)) return null;
        const inside = tapsOf(row, column, shown.patch, shown.kernel, shown.options).filter((tap) => tap.inside).length;
        return {
          right: String(inside),
          text:
            inside < TAPS ** 2
              ? "The others read zeros."
              : "With valid padding the kernel never leaves the map: choose “same” and look again."
        };
      }
    },
    {
      ask: "With stride 1 and valid padding, leave a single output cell. Which rate does it take?",
      guesses: ["12", "16", "24"],
      answer: ({rate, stride, padding}) => {
        const extent = effectiveExtent(TAPS, rate);
        if (stride !== 1 || outputSize(PATCH, TAPS, {rate, stride, padding}) !== 1) return null;
        return {right: String(rate), text: `The kernel covers ${extent} × ${extent} cells: it is as large as the map.`};
      }
    }
  ]);

  return {
    bar: page.bar,
    show: page.show,
    extentFormula,
    attempts,
    window: figureBlock({
      title: "One kernel, one rate",
      code: codeUnder(store, (codes) => (state) => codes.atrous.window({...state, patch: PATCH})),
      controls: [
        page.slider("rate", "Dilation rate"),
        page.slider("stride", "Stride"),
        page.choice("padding", "Padding"),
        html`<div class="field"><span class="field-name">Window</span>${player}</div>`,
        presets
      ],
      body: html`<div class="figure-columns" style="--column:9.5rem"><div><h4>Input</h4>${padded}</div><div><h4>Output</h4>${output}</div></div>`,
      more: [
        facts,
        html`<div class="figure-columns" style="--column:15rem"><div><h4>Kernel</h4>${editor}${kernels}</div><div><h4>One output cell</h4>${sum}</div></div>`
      ],
      caption:
        "Point at the output, or focus it and use the arrow keys: its nine taps show on the input, their products below. Hatched is padding, which reads as zero; red is positive, blue negative."
    }),
    line: figureBlock({
      title: "In one dimension",
      code: codeUnder(store, (codes) => (state) => codes.atrous.line({...state, patch: PATCH})),
      controls: [page.slider("rate", "Atrous rate r")],
      body: [signal, signalSum],
      caption: "The photo's middle row, and below it its convolution. Point along it: three taps make one output."
    }),
    views: views.element,
    gridding: griddingFigure(page),
    stack: stackFigure(page),
    stackOf,
    cliff: cliffFigure(page),
    dispose() {
      player.dispose();
      page.dispose();
    }
  };
}

interface Shown {
  readonly patch: Grid;
  readonly kernel: readonly number[];
  readonly plane: AtrousDemonstration;
  readonly line: AtrousDemonstration;
  readonly options: AtrousOptions;
}

/** The chosen output cell, brought onto the map that stands. */
function chosenCell({row, column}: Pick<LessonState<AtrousTable>, "row" | "column">, shown: Shown | null): {row: number; column: number} {
  const {height, width} = shown?.plane.output ?? {height: PATCH, width: PATCH};
  return {row: Math.min(row, height - 1), column: Math.min(column, width - 1)};
}
