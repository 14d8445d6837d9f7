import {html, svg} from "htl";
import {agreementTable} from "../../../components/classes/agreement-table.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {colourValues, sequential} from "../../../components/maps/colour-maps.js";
import {choiceField, selectField} from "../../../components/fields/fields.js";
import {readouts} from "../../../components/tables/readouts.js";
import {runsTable} from "../../../components/tables/runs-table.js";
import {splitHandle} from "../../../components/fields/split-handle.js";
import {activationDifference} from "../../../engine/readings/activation-difference.js";
import type {ActivationDifference} from "../../../engine/readings/activation-difference.js";
import {labelAgreement, labelChanges} from "../../../engine/labels/label-agreement.js";
import {changesCanvas, paintChanges, paintSplit} from "../../../media/compare.js";
import {pixelAt} from "../../../media/compose.js";
import {paintMapOver} from "../../../media/map-picture.js";
import {rgbaCanvas} from "../../../media/rgba-canvas.js";
import type {Capabilities, RunChoice, Segmentation} from "../../../worker/protocol.js";
import {superseded} from "../../../lab/latest.js";
import {mapRect, toCells} from "../../../lab/photo-geometry.js";
import {whole} from "../../../lab/quantities.js";
import {compareControls} from "./compare-controls.js";
import {runsRows} from "./compare-facts.js";
import {comparedLayer, layersInCommon} from "./compare-layer.js";
import type {ComparedLayer} from "./compare-layer.js";
import {comparePresets} from "./compare-presets.js";
import {asksForOther, otherRun} from "./compare-run.js";
import {OTHER_NAMES} from "./compare-state.js";
import type {Inspection, InspectionContext, Panel, Standing} from "../inspection.js";
import {overlayMask} from "../overlay-mask.js";

/** Run B beside the run A that it was compared with. */
interface Pair {
  readonly a: Standing;
  readonly b: {readonly run: RunChoice; readonly result: Segmentation};
}

/** A pair as it is painted. */
interface Shown extends Pair {
  readonly masks: {readonly a: HTMLCanvasElement; readonly b: HTMLCanvasElement};
  /** B's classes where they are not A's. */
  readonly changes: HTMLCanvasElement;
}

/** A pair's difference in one layer. */
interface ShownLayer extends Pair {
  readonly layer: string;
  readonly difference: ActivationDifference;
}

/** How much the difference map covers of the photo. */
const MAP_OPACITY = 0.8;

/** The panel "Compare runs": the run that stands is A; B has what is chosen here. */
export function comparePanel(inspection: Inspection): Panel {
  const {store, engine, models, cursor, picture, follow} = inspection;
  let shown: Shown | null = null;
  let shownLayer: ShownLayer | null = null;
  let capabilities: Promise<Capabilities> | null = null;
  let found: Capabilities | null = null;
  /** Run B of the photo and choice that were computed last: masks and layer both need it. */
  let last: {
    readonly photo: Standing["photo"];
    readonly run: string;
    readonly result: Promise<Segmentation>;
    readonly cancel: AbortController;
  } | null = null;

  const controls = compareControls(inspection);
  const presets = comparePresets(inspection, () => found);
  const hint = html`<p class="hint"></p>` as HTMLElement;
  const agreement = readouts(["Agreement", "Different", "Mean IoU"]);
  const classes = agreementTable();
  const namesNote = html`<p class="hint"></p>` as HTMLElement;
  const runs = runsTable();
  const layerSelect = selectField({label: "Layer to compare", choices: [], value: "", onChange: (otherLayer) => store.set({otherLayer})});
  const reason = html`<p class="look"></p>` as HTMLElement;
  const layerFacts = readouts(["Mean difference", "Largest difference", "Relative difference", "Difference here"]);
  const scale = html`<p class="hint"></p>` as HTMLElement;
  const map = cellMap({label: "Where the layer differs", onCell: pointAt, at: cellAt, step: KEY_STEP});
  map.classList.add("picture");
  const layerView = html`<div hidden>${layerFacts}${map}${scale}</div>` as HTMLElement;
  const here = html`<p class="hint compare-here"></p>` as HTMLElement;
  const showing = choiceField({
    label: "In the picture",
    choices: [
      {value: "masks", label: "A | B"},
      {value: "changes", label: "What differs"}
    ],
    value: store.get().compared,
    onChange: (compared) => store.set({compared: compared === "changes" ? "changes" : "masks"})
  });
  const key = html`<p class="hint"></p>` as HTMLElement;
  const aside = html`<div class="compare-side" hidden>${showing}${key}${here}</div>` as HTMLElement;
  const results = html`<div class="compare-results" hidden>
    ${agreement}
    <div class="figure-columns">
      <div><h3>Class by class</h3>${classes}${namesNote}</div>
      <div><h3>A and B</h3>${runs}<p class="hint">Times are of one run each on this machine, and vary from run to run.</p></div>
    </div>
    <h3>One layer of both</h3>
    <div class="compare-layer">${layerSelect}</div>
    ${reason}${layerView}
  </div>` as HTMLElement;
  const handle = splitHandle({label: "Handle between A and B", onSplit: (at) => store.set({handle: Math.round(100 * at)})});
  picture.append(handle);

  follow(["panel", "compared", "handle"], ({compared}) => {
    showing.show(compared);
    key.textContent =
      compared === "masks"
        ? "A’s mask left of the handle, B’s right of it. Drag the handle, or move it with the arrow keys."
        : "In colour: where the two differ, with the class that B says. The rest of the photo is faint.";
    placeHandle();
    inspection.redraw();
  });
  cursor.listen(tellHere);
  // What B could be computed on is asked for with the first run that this panel sees.
  inspection.onStanding(() => void offerBackends());

  /** The handle belongs to this panel's picture alone. */
  function placeHandle(): void {
    const {panel, compared, handle: at} = store.get();
    handle.show(panel === "compare" && compared === "masks" && stands() ? at / 100 : null);
  }

  /** The pair whose A is the run that stands. */
  function stands(): Shown | null {
    return shown && shown.a === inspection.standing() ? shown : null;
  }

  async function offerBackends(): Promise<void> {
    if (found) return;
    try {
      found = await (capabilities ??= engine.capabilities());
      controls.offer(found);
    } catch (problem) {
      inspection.report(problem, "compare");
    }
  }

  async function pairOf({state, standing, checkWanted}: InspectionContext): Promise<Pair> {
    const run = await otherRun(standing.run, state, await (capabilities ??= engine.capabilities()), engine.describe);
    checkWanted();
    const said = JSON.stringify(run);
    if (last?.photo !== standing.photo || last.run !== said) {
      last?.cancel.abort(superseded());
      const cancel = new AbortController();
      last = {photo: standing.photo, run: said, cancel, result: engine.segment(standing.photo, run, cancel.signal)};
    }
    const mine = last;
    try {
      return {a: standing, b: {run, result: await mine.result}};
    } catch (problem) {
      // What failed is tried anew the next time.
      if (last === mine) last = null;
      throw problem;
    }
  }

  inspection.compute({
    on: OTHER_NAMES,
    wanted: asksForOther,
    work: pairOf,
    show(pair) {
      const {a, b} = pair;
      shown = {
        ...pair,
        masks: {a: overlayMask(a.result), b: overlayMask(b.result)},
        changes: changesCanvas(b.result, b.result.palette, labelChanges(a.result, b.result))
      };
      showResults(true);
      const {different, pixels, share, meanIoU, classes: list} = labelAgreement(a.result, b.result);
      agreement.update({
        Agreement: `${(100 * share).toFixed(2)} %`,
        Different: `${whole(different)} of ${whole(pixels)}`,
        "Mean IoU": meanIoU === null ? "none" : `${(100 * meanIoU).toFixed(2)} %`
      });
      classes.update(list.map((row) => ({...row, colour: colourOf(row.name, a.result) ?? colourOf(row.name, b.result)!})));
      namesNote.textContent =
        a.result.classes.join() === b.result.classes.join()
          ? ""
          : "The two know different classes: those of one name are taken for the same.";
      runs.update(runsRows(a, b, models));
      controls.explain(b.result.plan.network);
      inspection.redraw();
      tellHere();
    },
    clear() {
      shown = null;
      shownLayer = null;
      controls.explain(inspection.standing()!.result.plan.network);
      showResults(false);
      inspection.redraw();
    }
  });

  inspection.compute<{pair: Pair; choice: ComparedLayer; difference: ActivationDifference | null}>({
    on: [...OTHER_NAMES, "otherLayer", "layer"],
    wanted: asksForOther,
    async work(context) {
      const {state, standing, checkWanted} = context;
      const pair = await pairOf(context);
      checkWanted();
      const choice = comparedLayer(pair.a.result.plan, pair.b.result.plan, state.otherLayer || state.layer);
      if ("reason" in choice) return {pair, choice, difference: null};
      const ofA = await engine.inspect(standing.photo, standing.run, "activations", choice);
      checkWanted();
      const ofB = await engine.inspect(standing.photo, pair.b.run, "activations", choice);
      return {pair, choice, difference: activationDifference(ofA, ofB, {a: pair.a.result.covered, b: pair.b.result.covered})};
    },
    show({pair, choice, difference}) {
      const common = layersInCommon(pair.a.result.plan, pair.b.result.plan);
      const layer = "layer" in choice ? choice.layer : "";
      layerSelect.offer(
        [
          ...(layer === "" ? [{value: "", label: "Choose a layer", disabled: true}] : []),
          ...common.map((name) => ({value: name, label: name}))
        ],
        layer
      );
      reason.textContent = "reason" in choice ? choice.reason : "";
      layerView.hidden = !difference;
      shownLayer = difference && {...pair, layer, difference};
      drawLayer();
    }
  });

  function showResults(there: boolean): void {
    results.hidden = aside.hidden = !there;
    hint.textContent = there ? "" : "A is the run above. Choose a comparison, or set what B has otherwise: nothing is computed before.";
    placeHandle();
  }

  function drawLayer(): void {
    if (!shownLayer) return;
    const {a, layer, difference} = shownLayer;
    const {height, width, values, mean, largest, relative} = difference;
    layerFacts.update({
      "Mean difference": precise(mean, DIGITS),
      "Largest difference": precise(largest),
      "Relative difference": relative === null ? "A is zero" : precise(relative, DIGITS)
    });
    const cells = rgbaCanvas(colourValues(values, sequential(0, largest)), difference);
    const place = {rect: mapRect(a.result, difference), smooth: false, opacity: MAP_OPACITY};
    map.draw({
      width: a.photo.width,
      height: a.photo.height,
      paint: (context) => paintMapOver(context, a.photo.canvas, cells, place),
      smooth: true
    });
    scale.textContent = `${layer}: mean over the channels of |A − B|, on A’s ${width} × ${height} cells. Dark blue is 0, yellow ${precise(largest)}. The relative difference is the mean |A − B| as a share of the mean |A|.`;
    tellHere();
  }

  /** The reader points at a pixel of the difference map. */
  function pointAt({row, column}: {readonly row: number; readonly column: number}): void {
    if (!shownLayer) return;
    const {width, height} = shownLayer.a.photo;
    cursor.move({x: (column + 0.5) / width, y: (row + 0.5) / height});
  }

  function cellAt(): {row: number; column: number} | null {
    const point = cursor.at();
    if (!point || !shownLayer) return null;
    const {x, y} = pixelAt(shownLayer.a.photo, point.x, point.y);
    return {row: y, column: x};
  }

  /** Says what the two have where the reader points. */
  function tellHere(): void {
    const point = cursor.at();
    const pair = stands();
    here.textContent = "";
    if (pair && point) {
      const {x, y} = pixelAt(pair.a.result, point.x, point.y);
      const name = ({labels, classes: names, width}: Segmentation) => names[labels[y * width + x]!]!;
      here.textContent = `At ${x}, ${y}: A says ${name(pair.a.result)}, B ${name(pair.b.result)}.`;
    }
    const cell = cellAt();
    map.mark(cell && shownLayer ? [{...centred(cell), colour: "#fff", size: markSize()}] : []);
    if (!shownLayer) return;
    layerFacts.update({"Difference here": cell ? precise(differenceAt(shownLayer, cell)) : "–"});
  }

  const markSize = () => Math.max(3, Math.round(shownLayer!.a.photo.width / 40));
  const centred = ({row, column}: {row: number; column: number}) => ({
    row: row + 0.5 - markSize() / 2,
    column: column + 0.5 - markSize() / 2
  });

  showResults(false);

  return {
    side: html`<div>${aside}</div>` as HTMLElement,
    element: html`<div class="compare-panel">
      <p class="hint">Two runs on one photo: the network’s weights, its stride, its rates or what computes it make B differ from A, the run above. See where the masks part, and how far the layers do.</p>
      ${presets}
      <div class="figure-controls" role="group" aria-label="Run B">${controls.elements}</div>
      ${hint}${results}
    </div>` as HTMLElement,
    paint(context, standing) {
      const {opacity, compared, handle: at} = store.get();
      placeHandle();
      const pair = stands();
      const {canvas} = standing.photo;
      if (!pair) inspection.paintMask(context, standing);
      else if (compared === "masks")
        paintSplit({photo: canvas, left: pair.masks.a, right: pair.masks.b, opacity: opacity / 100, split: at / 100})(context);
      else paintChanges(canvas, pair.changes)(context);
    },
    marks: () => (stands() && store.get().compared === "masks" ? letters(stands()!.a.photo) : [])
  };
}

/** Says which side of the picture is whose. */
function letters({width}: {readonly width: number}): SVGElement[] {
  const size = width / 16;
  return [
    svg`<g class="compare-letters" style=${`font-size:${size}px`}>
    <text x=${size / 3} y=${size * 1.1}>A</text><text x=${width - size / 3} y=${size * 1.1} text-anchor="end">B</text>
  </g>` as SVGElement
  ];
}

/** Pixels that an arrow key moves the point on the difference map by. */
const KEY_STEP = 4;

/** A class's CSS colour in a run. */
function colourOf(name: string, {classes, palette}: Segmentation): string | null {
  const colour = palette[classes.indexOf(name)];
  return colour ? `rgb(${colour.join(" ")})` : null;
}

/** The difference in the cell under a pixel. */
function differenceAt({a, difference}: ShownLayer, pixel: {readonly row: number; readonly column: number}): number {
  const {row, column} = toCells(a.result, difference, pixel);
  return difference.values[Math.round(row) * difference.width + Math.round(column)]!;
}

/** Digits of a number that is compared between runs. */
const DIGITS = 5;

/** A few digits, whatever the size. */
function precise(value: number, digits = 3): string {
  return value === 0 ? "0" : value < 0.001 || value >= 10000 ? value.toExponential(2) : value.toPrecision(digits);
}
