import {html} from "htl";
import {selectField} from "../../../components/fields/fields.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {sequential} from "../../../components/maps/colour-maps.js";
import {colourValues} from "../../../components/maps/colour-values.js";
import {readouts} from "../../../components/tables/readouts.js";
import {activationDifference} from "../../../engine/readings/activation-difference.js";
import type {ActivationDifference} from "../../../engine/readings/activation-difference.js";
import {mapRect, toCells} from "../../../lab/photo-geometry.js";
import {pixelAt} from "../../../media/compose.js";
import {paintMapOver} from "../../../media/map-picture.js";
import {rgbaCanvas} from "../../../media/rgba-canvas.js";
import type {Inspection} from "../inspection.js";
import {comparedLayer, layersInCommon} from "./compare-layer.js";
import type {ComparedLayer} from "./compare-layer.js";
import type {Pair, Pairs} from "./compare-pair.js";
import {asksForOther} from "./compare-run.js";
import {OTHER_NAMES} from "./compare-state.js";

/** A pair's difference in one layer. */
interface ShownLayer extends Pair {
  readonly layer: string;
  readonly difference: ActivationDifference;
}

/** How much the difference map covers of the photo. */
const MAP_OPACITY = 0.8;

/** Pixels that an arrow key moves the point on the difference map by. */
const KEY_STEP = 4;

/** Digits of a number that is compared between runs. */
const DIGITS = 5;

export interface CompareLayerView {
  readonly elements: readonly HTMLElement[];
  /** Says what the difference is where the reader points. */
  tellHere(): void;
  clear(): void;
}

/** How far one layer of both runs differs, and where. */
export function compareLayerView({store, cursor, compute}: Inspection, pairs: Pairs): CompareLayerView {
  let shown: ShownLayer | null = null;
  const layerSelect = selectField({label: "Layer to compare", choices: [], value: "", onChange: (otherLayer) => store.set({otherLayer})});
  const reason = html`<p class="look"></p>`;
  const facts = readouts(["Mean difference", "Largest difference", "Relative difference", "Difference here"]);
  const scale = html`<p class="hint"></p>`;
  const map = cellMap({label: "Where the layer differs", onCell: pointAt, at: cellAt, step: KEY_STEP});
  map.classList.add("picture");
  const view = html`<div hidden>${facts}${map}${scale}</div>`;

  compute<{pair: Pair; choice: ComparedLayer; difference: ActivationDifference | null}>({
    on: [...OTHER_NAMES, "otherLayer", "layer"],
    wanted: asksForOther,
    async work(context) {
      const {state, standing, engine, checkWanted} = context;
      const pair = await pairs.of(context);
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
      view.hidden = !difference;
      shown = difference && {...pair, layer, difference};
      draw();
    }
  });

  function draw(): void {
    if (!shown) return;
    const {a, layer, difference} = shown;
    const {height, width, values, mean, largest, relative} = difference;
    facts.update({
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
    scale.textContent = `${layer}: mean over the channels of |A − B|, on A's ${width} × ${height} cells. Dark blue is 0, yellow ${precise(largest)}. The relative difference is the mean |A − B| as a share of the mean |A|.`;
    tellHere();
  }

  /** The reader points at a pixel of the difference map. */
  function pointAt({row, column}: {readonly row: number; readonly column: number}): void {
    if (!shown) return;
    const {width, height} = shown.a.photo;
    cursor.move({x: (column + 0.5) / width, y: (row + 0.5) / height});
  }

  function cellAt(): {row: number; column: number} | null {
    const point = cursor.at();
    if (!point || !shown) return null;
    const {x, y} = pixelAt(shown.a.photo, point.x, point.y);
    return {row: y, column: x};
  }

  function tellHere(): void {
    const cell = cellAt();
    if (!cell || !shown) map.mark([]);
    else {
      const size = Math.max(3, Math.round(shown.a.photo.width / 40));
      map.mark([{row: cell.row + 0.5 - size / 2, column: cell.column + 0.5 - size / 2, colour: "#fff", size}]);
    }
    if (shown) facts.update({"Difference here": cell ? precise(differenceAt(shown, cell)) : "–"});
  }

  return {
    elements: [html`<div class="compare-layer">${layerSelect}</div>`, reason, view],
    tellHere,
    clear: () => void (shown = null)
  };
}

/** The difference in the cell under a pixel. */
function differenceAt({a, difference}: ShownLayer, pixel: {readonly row: number; readonly column: number}): number {
  const {row, column} = toCells(a.result, difference, pixel);
  return difference.values[Math.round(row) * difference.width + Math.round(column)]!;
}

/** A few digits, whatever the size. */
function precise(value: number, digits = 3): string {
  return value === 0 ? "0" : value < 0.001 || value >= 10000 ? value.toExponential(2) : value.toPrecision(digits);
}
