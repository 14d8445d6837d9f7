import {html} from "htl";
import {diverging, extentOf, sequential} from "../../../components/maps/colour-maps.js";
import {colourValues} from "../../../components/maps/colour-values.js";
import type {Colour} from "../../../components/maps/colour-values.js";
import {colourScale} from "../../../components/maps/colour-scale.js";
import {choiceField, selectField} from "../../../components/fields/fields.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import type {Point} from "../../../components/photo/picture-figure.js";
import {pointMark} from "../../../components/photo/photo-marks.js";
import {readouts} from "../../../components/tables/readouts.js";
import {signed} from "../../../components/tables/tap-sum.js";
import {classLogits, entropies, leaders, margins, smallest} from "../../../engine/labels/class-maps.js";
import {paintMapOver} from "../../../media/map-picture.js";
import {rgbaCanvas} from "../../../media/rgba-canvas.js";
import type {Segmentation} from "../../../worker/protocol.js";
import {mapRect, perMille, pointOf, toCells, toPixels} from "../../../lab/photo-geometry.js";
import {askedClass, classChoices} from "../asked-class.js";
import type {InspectorState, PanelMaker, Standing} from "../inspection.js";

type MapName = InspectorState["classMap"];

const NAMES: Readonly<Record<MapName, string>> = {logit: "logit of a class", margin: "margin to the runner-up", entropy: "entropy"};

/** A map of the logits' cells, ready to draw. */
interface Shown {
  readonly of: Standing;
  readonly values: Float32Array;
  readonly unit: string;
  readonly canvas: HTMLCanvasElement;
}

/**
 * How many of the least certain cells are listed, and how far apart they lie at least, as a share of the longer side: not all on one
 * border.
 */
const LISTED = 6;
const APART = 1 / 8;

/**
 * "By class": what the network says cell by cell, before the logits are upsampled. Nothing is run anew: the logits are the standing run's.
 */
export const classPanel: PanelMaker = (inspection) => {
  const {store, cursor} = inspection;
  let shown: Shown | null = null;
  const {classMap, grain} = store.get();
  const map = choiceField({
    label: "Show",
    choices: Object.entries(NAMES).map(([value, label]) => ({value, label})),
    value: classMap,
    onChange: (value) => store.set({classMap: value as MapName})
  });
  const asked = selectField({label: "Class asked about", choices: [], value: "", onChange: (about) => store.set({about})});
  const drawn = choiceField({
    label: "Drawn",
    choices: [
      {value: "smooth", label: "smoothly"},
      {value: "cells", label: "cell by cell"}
    ],
    value: grain,
    onChange: (value) => store.set({grain: value as InspectorState["grain"]})
  });
  const remark = html`<p class="hint"></p>` as HTMLElement;
  const scale = colourScale({label: "Colours of the map"});
  const facts = readouts(["Cell", "Value here", "Leads here"]);
  const doubts = html`<ol class="doubts" aria-label="Where the network hesitates most"></ol>` as HTMLElement;
  const body = html`<div class="why-body">
    ${figureBlock({
      title: "The class maps",
      controls: [map, asked, drawn],
      body: [remark, scale, facts],
      caption:
        "One value a cell of the logits, before they are upsampled to the photo. Point at the photo, or focus it and use the arrow keys, to read a cell. The overlay's opacity is the workbench's. Margins and entropies light up along borders first: look for doubt in the middle of things."
    })}
    ${figureBlock({
      title: "Where the network hesitates most",
      body: doubts,
      caption:
        "The cells with the smallest margins between winner and runner-up, in logits, spread over the photo. Press one to ask why there."
    })}
  </div>` as HTMLElement;
  const hint = html`<p class="hint">The maps appear here with the first result.</p>` as HTMLElement;
  body.hidden = true;

  function show(state: InspectorState): void {
    map.show(state.classMap);
    drawn.show(state.grain);
    const standing = inspection.standing();
    if (!standing || state.panel !== "class") return;
    hint.hidden = true;
    body.hidden = false;
    const {result} = standing;
    const {id, unknown} = askedClass(state, result);
    const automatic = result.classes[askedClass({...state, about: ""}, result).id]!;
    asked.offer(
      classChoices(result, state.x < 0 || state.y < 0 ? `the largest (${automatic})` : `the winner at the place (${automatic})`),
      unknown === null ? state.about : ""
    );
    asked.hidden = state.classMap !== "logit";
    remark.textContent =
      unknown === null || asked.hidden
        ? ""
        : `There is no class “${unknown}” among this network's; ${result.classes[id]!} is shown instead.`;
    const {values, colour, unit, range, words} = mapOf(state.classMap, result, id);
    shown = {of: standing, values, unit, canvas: rgbaCanvas(colourValues(values, colour), result.logits)};
    scale.update(range, colour, words);
    read(cursor.at());
    inspection.redraw();
  }
  inspection.onStanding((standing) => {
    show(store.get());
    list(standing);
  });
  inspection.follow(["classMap", "about", "x", "y", "grain"], show);

  function list({result}: Standing): void {
    const {logits, classes} = result;
    const size = onPhoto(result);
    const found = smallest(margins(logits), {width: logits.width, ...size}, LISTED, APART * Math.max(size.rows, size.columns));
    doubts.replaceChildren(
      ...found.map(({row, column, value}) => {
        const {winner, runnerUp} = leaders(logits, row * logits.width + column);
        const choose = () => store.set({...perMille(toPixels(result, logits, {row, column}), result), panel: "pixel"});
        return html`<li><button type="button" onclick=${choose}>${classes[winner]} over ${classes[runnerUp]} by ${value.toFixed(3)} <span class="quiet">cell ${column}, ${row}</span></button></li>` as Node;
      })
    );
  }

  function read(point: Point | null): void {
    if (!shown || !point) return;
    const {result} = shown.of;
    const {logits, classes} = result;
    const place = toCells(result, logits, {row: point.y * (result.height - 1), column: point.x * (result.width - 1)});
    const row = Math.round(place.row);
    const column = Math.round(place.column);
    const cell = row * logits.width + column;
    const {winner, runnerUp, margin} = leaders(logits, cell);
    facts.update({
      Cell: `${column}, ${row} of ${logits.width} × ${logits.height}`,
      "Value here": `${signed(shown.values[cell]!, 3)} ${shown.unit}`,
      "Leads here": `${classes[winner]} over ${classes[runnerUp]} by ${margin.toFixed(3)}`
    });
  }
  cursor.listen(read);

  return {
    element: html`<div>${hint}${body}</div>` as HTMLElement,
    paint(context, standing) {
      if (shown?.of !== standing) {
        inspection.paintMask(context, standing);
        return;
      }
      const {grain, opacity} = store.get();
      paintMapOver(context, standing.photo.canvas, shown.canvas, {
        rect: mapRect(standing.result, standing.result.logits),
        smooth: grain === "smooth",
        opacity: opacity / 100
      });
    },
    marks({result}) {
      const state = store.get();
      if (state.x < 0 || state.y < 0) return [];
      const {row, column} = pointOf(state, result);
      return [pointMark({row: row + 0.5, column: column + 0.5}, result)];
    }
  };
};

/** Rows and columns of the logits that the photo covers; the others are padding. */
function onPhoto({logits, covered}: Segmentation): {rows: number; columns: number} {
  return {rows: Math.floor(covered.height * (logits.height - 1)) + 1, columns: Math.floor(covered.width * (logits.width - 1)) + 1};
}

function mapOf(
  name: MapName,
  result: Segmentation,
  id: number
): {
  values: Float32Array;
  unit: string;
  colour(value: number): Colour;
  range: {low: number; high: number};
  words: [string, string, string];
} {
  const {logits, classes} = result;
  switch (name) {
    case "logit": {
      const values = classLogits(logits, id);
      const [least, most] = extentOf(covering(values, result));
      const extent = Math.max(Math.abs(least), Math.abs(most));
      return {
        values,
        unit: "logits",
        colour: diverging(extent),
        range: {low: -extent, high: extent},
        words: [`against ${classes[id]}: ${signed(-extent, 1)}`, "0", `for it: ${signed(extent, 1)} logits`]
      };
    }
    case "margin": {
      const values = margins(logits);
      const [, most] = extentOf(covering(values, result));
      // Turned round, so that doubt is light in this map as in the entropy's.
      const colour = sequential(0, most);
      return {
        values,
        unit: "logits",
        colour: (value) => colour(most - value),
        range: {low: 0, high: most},
        words: ["0 logits: cannot decide", "", `${most.toFixed(1)}: sure`]
      };
    }
    case "entropy": {
      const values = entropies(logits);
      const bits = Math.log2(logits.classes);
      return {
        values,
        unit: "bits",
        colour: sequential(0, bits),
        range: {low: 0, high: bits},
        words: ["0 bits: sure", "", `${bits.toFixed(2)} bits: all ${logits.classes} classes alike`]
      };
    }
  }
}

/** The values of the cells that the photo covers. */
function covering(values: Float32Array, result: Segmentation): Float32Array {
  const {rows, columns} = onPhoto(result);
  const {width} = result.logits;
  return Float32Array.from({length: rows * columns}, (_, i) => values[Math.floor(i / columns) * width + (i % columns)]!);
}
