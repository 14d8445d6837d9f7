import {html} from "htl";
import {classLegend, legendEntries} from "../../components/classes/class-legend.js";
import {classProbabilities} from "../../components/classes/class-probabilities.js";
import {errorNote} from "../../components/page/error-note.js";
import {selectField, sliderField} from "../../components/fields/fields.js";
import {runFacts} from "../../components/tables/run-facts.js";
import {segmentationFigure} from "../../components/photo/segmentation-figure.js";
import type {Point} from "../../components/photo/picture-figure.js";
import {statusLine} from "../../components/page/status-line.js";
import type {Sample} from "../../data/samples/samples.js";
import type {Edit} from "../../engine/photo-edits/edit.js";
import {classShares, softmaxAt} from "../../engine/labels/pixel.js";
import {PRECISIONS} from "../../engine/precision.js";
import {VIEWS, compose, pixelAt, pointInView, pointOnPhoto, viewSize} from "../../media/compose.js";
import type {DecodedPhoto} from "../../media/decode.js";
import {applyEdits} from "../../media/edits.js";
import {colourPng, palettePng} from "../../media/mask.js";
import {maskCanvas} from "../../media/picture.js";
import {saveFile} from "../../media/save.js";
import type {RunChoice} from "../../worker/protocol.js";
import {capitals} from "../../lab/backend-choices.js";
import {busyMark} from "../../lab/busy.js";
import {connectEngine} from "../../lab/engine-client.js";
import {allowThreadsNextTime} from "../../lab/isolation.js";
import {cursor as newCursor} from "../inspector/cursor.js";
import type {Standing} from "../inspector/inspection.js";
import {inspector} from "../inspector/inspector.js";
import {changesInWords, formatEdits} from "../inspector/perturb/edit-text.js";
import {isSuperseded, latestWins} from "../../lab/latest.js";
import {isLeftOut} from "../../lab/left-out.js";
import type {ListedModel} from "../../lab/model-list.js";
import {networkFields} from "../../lab/network-fields.js";
import {photoChoice} from "../../lab/photo-choice.js";
import {toCells} from "../../lab/photo-geometry.js";
import {rememberedPhoto} from "../../lab/photo-memory.js";
import {explainRates, ratesField} from "../../lab/rates-field.js";
import {PRECISION_NAMES, legendJson, runRows, timeRows} from "./run-report.js";
import {runChoice} from "../../lab/run-choice.js";
import {addressStore} from "../../lab/state.js";
import {INPUT_SIZES, workbenchTable} from "./state.js";

const VIEW_NAMES: Readonly<Record<(typeof VIEWS)[number], string>> = {
  overlay: "Overlay",
  "side-by-side": "Side by side",
  mask: "Mask only",
  compare: "Compare"
};

/** The parts of the page that a message is about. */
const PHOTO = "photo";
const RUN = "run";

const REPLACED = " The graphics device or the worker was lost on the way; it was started again and the work done anew.";

/** What stands on the screen: a photo and the segmentation that belongs to it. The model chosen may be another, still running or failed. */
interface Shown extends Standing {
  /** The mask in colour, hidden classes transparent. */
  readonly mask: HTMLCanvasElement;
}

/**
 * The workbench: brings photos to the network and shows what comes back. The old picture stays until a new one stands.
 *
 * @param options.main the element whose `aria-busy` tells whether a result stands
 */
export function workbench(options: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  readonly samples: readonly Sample[];
}): {element: HTMLElement; dispose(): void} {
  const {main, models, samples} = options;
  const table = workbenchTable(
    models.map(({id}) => id),
    samples
  );
  const store = addressStore(table, rememberedPhoto());
  const engine = connectEngine({
    onProgress: ({message, fraction}) => busy.isBusy() && status.update(`${message} …`, fraction),
    onReplaced: () => (replaced = REPLACED)
  });
  const capabilities = engine.capabilities();
  const run = latestWins(async (original: DecodedPhoto, edits: readonly Edit[], choice: RunChoice) => {
    const photo = applyEdits(original, edits);
    return {photo, original, edits, run: choice, result: await engine.segment(photo, choice)};
  });

  /** The photo that is wanted; shown with its result only once that stands. */
  let photo: DecodedPhoto | null = null;
  let photoFailed = false;
  let shown: Shown | null = null;
  /** Whether runs follow the changes to the photo. */
  let isFollowing = false;
  /** Counts what was started last; what was started before is dropped when it ends. */
  let latestRun = 0;
  /** What the status line says when nothing is under way. */
  let summary = "";
  /** Says of the engine that it was lost since the last run was asked for. */
  let replaced = "";

  const busy = busyMark(main, () => status.update(summary + replaced));
  const loading = busy.task();
  const running = busy.task();
  const following = busy.task();
  const status = statusLine();
  const error = errorNote();
  const about = html`<p class="about"></p>` as HTMLElement;
  const figure = segmentationFigure({
    onPoint: probe,
    onLeave: () => cursor.move(null),
    onChoose: (point) => inside.choose(pointOnPhoto(point, get().view)),
    onSplit: (position) => store.set({split: Math.round(position * 100)})
  });
  const legend = classLegend({
    onToggle: (name, visible) => {
      const others = store.get().hidden.filter((other) => other !== name);
      store.set({hidden: visible ? others : [...others, name]});
    }
  });
  const probabilities = classProbabilities();
  const times = runFacts({title: "Time"});
  const facts = runFacts({title: "This run"});

  const {get, set} = store;
  const network = networkFields({
    models,
    sizes: INPUT_SIZES,
    sizeHint: "Long side of the photo as the network gets it.",
    choice: get(),
    onChange: set
  });
  const rates = ratesField({label: "Atrous rates", value: get().rates, parameter: table.rates, onChange: (chosen) => set({rates: chosen})});
  const precision = selectField({
    label: "Precision",
    choices: PRECISIONS.map((value) => ({value, label: PRECISION_NAMES[value]})),
    value: get().precision,
    hint: "What the weights are rounded to before the run; it computes with 32-bit floats in any case.",
    onChange: (value) => set({precision: table.precision.parse(value)!})
  });
  const more =
    html`<details class="more" open=${get().rates.length > 0 || get().precision !== table.precision.initial}><summary>More</summary>
    ${rates}${precision}
  </details>` as HTMLElement;
  const view = selectField({
    label: "View",
    choices: VIEWS.map((value) => ({value, label: VIEW_NAMES[value]})),
    value: get().view,
    onChange: (value) => set({view: table.view.parse(value)!})
  });
  const opacity = sliderField({
    label: "Overlay opacity",
    min: 0,
    max: 100,
    value: get().opacity,
    unit: "%",
    onInput: (value) => set({opacity: value})
  });
  const choice = photoChoice({
    samples,
    onWanted: loading.begin,
    onPhoto: (decoded, chosen) => {
      // A sample in place of a photo that could not be had leaves the sentence that says so.
      if (photo || !photoFailed) error.update(null, PHOTO);
      const {sample, address, edits} = get();
      // Changes belong to the photo that they were made on: only the one that the address names comes with them.
      const named = !photo && chosen.sample === sample && chosen.address === address;
      // No run of the photo before, should its changes go now.
      photo = null;
      set({...chosen, edits: named ? edits : []});
      photo = decoded;
      void segment();
      loading.end();
    },
    onFailed: (reason) => {
      photoFailed = true;
      fail(reason, PHOTO);
      loading.end();
    },
    onProblem: (reason) => complain(reason, PHOTO)
  });
  const cursor = newCursor();
  cursor.listen((point) => {
    figure.cross(point && pointInView(point, get().view));
    if (point && shown) readPixel(point);
  });
  const inside = inspector({
    store,
    engine,
    models,
    cursor,
    busy,
    report: (reason, part) => (reason === null ? error.update(null, part) : fail(reason, part))
  });
  const exports = [
    exportButton("Colour PNG", ({result}) => [colourPng(result, result.palette), "mask.png", "image/png"]),
    exportButton(
      "Palette PNG (class ids)",
      ({result}) => [palettePng(result, result.palette), "classes.png", "image/png"],
      "An indexed PNG whose pixel values are class ids, as in VOC"
    ),
    exportButton("Legend JSON", ({photo, edits, model, result}) => [
      legendJson(photo.name, model, result, formatEdits(edits)),
      "legend.json",
      "application/json"
    ])
  ];

  store.listen((state, before) => {
    network.show(state);
    rates.show(state.rates);
    precision.show(state.precision);
    view.show(state.view);
    opacity.show(state.opacity);
    const rerun = (["model", "backend", "outputStride", "inputSize", "rates", "precision"] as const).some(
      (name) => state[name] !== before[name]
    );
    if (rerun) void segment();
    else if (state.edits !== before.edits) void follow();
    if (state.hidden !== before.hidden || state.view !== before.view) repaint();
    else draw();
  });

  async function segment(): Promise<void> {
    if (!photo) return;
    const turn = ++latestRun;
    const wanted = photo;
    const state = get();
    replaced = "";
    running.begin();
    try {
      const choice = await runChoice(state, await capabilities, engine.describe);
      // Described meanwhile, it may have been overtaken.
      if (turn !== latestRun) return;
      const ran = await run(wanted, state.edits, choice);
      if (turn === latestRun) await show({...ran, model: state.model});
    } catch (reason) {
      if (turn === latestRun) fail(reason, RUN);
    } finally {
      if (turn === latestRun) running.end();
    }
  }

  /** Runs while the photo is being changed, one run after the other: each is shown, and the next has the newest changes. */
  async function follow(): Promise<void> {
    if (isFollowing) return;
    isFollowing = true;
    following.begin();
    let ran: readonly Edit[];
    do {
      ran = get().edits;
      await segment();
    } while (get().edits !== ran);
    isFollowing = false;
    following.end();
  }

  async function show(standing: Standing): Promise<void> {
    const {photo, edits, model, result} = standing;
    const drawing = repaint(standing);
    error.update(null, RUN);
    describe(photo, edits);
    times.update(timeRows(result, drawing));
    explainRates(rates, result.plan.network);
    facts.update([...runRows(result, await capabilities), ...(edits.length > 0 ? [["Photo", changesInWords(edits)] as const] : [])]);
    const point = cursor.at();
    if (point) readPixel(point);
    for (const button of exports) button.disabled = false;
    summary = `${photo.name}${edits.length > 0 ? `, ${changesInWords(edits)},` : ""} segmented with ${model} on ${capitals(result.backend)}.`;
    busy.finished();
    inside.stands(standing);
  }

  function complain(reason: unknown, part: unknown): void {
    error.update(reason instanceof Error ? reason.message : String(reason), part);
  }

  function fail(reason: unknown, part: unknown): void {
    if (isSuperseded(reason)) return;
    complain(reason, part);
    summary = shown ? `Still showing ${shown.photo.name}.` : "Nothing segmented yet.";
  }

  /** Colours the mask and the legend of what is to stand, then draws. @returns milliseconds it took */
  function repaint(standing: Standing | null = shown): number {
    if (!standing) return 0;
    const start = performance.now();
    const {result} = standing;
    const hidden = new Set(get().hidden);
    const ids = new Set(result.classes.flatMap((name, id) => (isLeftOut(name, get()) ? [id] : [])));
    shown = {...standing, mask: maskCanvas(result, result.palette, ids)};
    draw();
    const drawing = performance.now() - start;
    legend.update(legendEntries(classShares(result.labels, result.classes.length), result.classes, result.palette), hidden);
    return drawing;
  }

  function draw(): void {
    if (!shown) return;
    const {view, opacity, split} = get();
    const {photo, mask} = shown;
    const composition = {
      photo: photo.canvas,
      mask,
      width: photo.width,
      height: photo.height,
      view,
      opacity: opacity / 100,
      split: split / 100
    };
    figure.draw(viewSize(composition), (context) => compose(context, composition));
    figure.split(view === "compare" ? split / 100 : null);
  }

  function probe(point: Point): void {
    cursor.move(pointOnPhoto(point, get().view));
    // The cross-hair stays under the pointer, whichever half of the view that is in.
    figure.cross(point);
  }

  function readPixel(point: Point): void {
    const {logits, classes, palette} = shown!.result;
    const {x, y} = pixelAt(shown!.result, point.x, point.y);
    const {row, column} = toCells(shown!.result, logits, {row: y, column: x});
    const values = softmaxAt(logits, row, column);
    probabilities.update(
      {x, y},
      classes.map((name, id) => ({name, probability: values[id]!, colour: `rgb(${palette[id]!.join(" ")})`}))
    );
  }

  /** What photo this is, with credit. */
  function describe({name, width, height, notices}: DecodedPhoto, edits: readonly Edit[]): void {
    const sample = samples.find(({file}) => file === name);
    const credit =
      sample &&
      html`<span>Photo: “${sample.title}”, ${sample.author}, ${sample.licence}, <a href=${sample.url}>published here</a>, by way of ${sample.source}.</span>`;
    about.replaceChildren(
      ...[
        html`<span><strong>${name}</strong>, ${width} × ${height} pixels.</span>`,
        ...notices.map((notice) => html`<span>${notice}</span>`),
        edits.length > 0 && html`<span>Here it is ${changesInWords(edits)}.</span>`,
        credit
      ]
        .filter((part) => part)
        .flatMap((part) => [part as Node, " "])
    );
  }

  function exportButton(
    label: string,
    make: (now: Shown) => [content: Uint8Array | string, suffix: string, type: string],
    title = label
  ): HTMLButtonElement {
    return html`<button type="button" disabled title=${title} onclick=${() => {
      if (!shown) return;
      const [content, suffix, type] = make(shown);
      saveFile(content, `${shown.photo.name.replace(/\.[^.]+$/, "")}-${suffix}`, type);
    }}>${label}</button>` as HTMLButtonElement;
  }

  function reset(): void {
    store.reset();
    // Even where the state says that photo already: another may still be loading.
    choice.open(get());
  }

  async function begin(): Promise<void> {
    status.update("Looking for the fastest way to compute …", null);
    choice.open(get());
    try {
      const found = await capabilities;
      network.offer(found, get());
      if (!found.where.worker) status.update(`The network runs in the page, which may stutter: ${found.where.reason ?? "no worker"}`);
    } catch (reason) {
      fail(reason, RUN);
    }
    void allowThreadsNextTime();
  }

  void begin();

  return {
    element: html`<div class="workbench">
      ${choice.element}
      ${error}
      <div class="stage">
        <div class="stage-picture">${figure}${status}${about}</div>
        <div class="stage-side">
          <section class="panel controls" aria-label="Controls">
            ${network.elements}
            ${view}${opacity}${more}
            <button type="button" class="reset" onclick=${reset}>Reset controls</button>
          </section>
          ${legend}${probabilities}${times}${facts}
          <section class="panel"><h2>Export</h2><div class="exports">${exports}</div></section>
        </div>
      </div>
      ${inside.element}
    </div>` as HTMLElement,
    dispose() {
      choice.dispose();
      inside.dispose();
      engine.dispose();
    }
  };
}
