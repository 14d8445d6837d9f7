import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {Mark} from "../../../components/maps/cell-map.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import type {Cell} from "../../../components/page/pointing.js";
import {typeset} from "../../../components/page/typeset.js";
import {readouts} from "../../../components/tables/readouts.js";
import {paintDetail} from "../../../media/picture.js";
import type {Segmentation} from "../../../worker/protocol.js";
import {codeUnder} from "../code-under.js";
import {STRIDES, classesAt} from "./runs.js";
import type {StrideRuns} from "./runs.js";
import type {StrideLesson} from "./state.js";

/** Part of the photo's long side that is enlarged: at 257 pixels a little more than one cell at output stride 32. */
const PART = 1 / 6;
const COLOUR = "var(--concept-output)";
/** Beside it, so that a mark shows on every mask. */
const GROUND = "#fff";

/** The place that the reader points at, enlarged, at each output stride. */
export function detailFigure({store}: Pick<StrideLesson, "store">) {
  const views = STRIDES.map((outputStride) => {
    const name = `Class at output stride ${outputStride}`;
    const map = cellMap({label: `Enlarged part at output stride ${outputStride}`});
    const label = readouts([name], () => "At the point");
    return {
      map,
      element: html`<div class="stride-picture"><h4>Output stride ${outputStride}</h4>${map}<div>${label}</div></div>`,
      name: (found: string) => label.update({[name]: found})
    };
  });
  const place = html`<span role="group" aria-label="Point"></span>`;
  const size = html`<span></span>`;

  return {
    element: figureBlock({
      title: "The edge from close by",
      code: codeUnder(store, (codes) => codes.outputStride.detail),
      body: [
        html`<div class="figure-columns stride-pictures">${views.map(({element}) => element)}</div>`,
        html`<p class="hint">${size} pixels around pixel ${place}</p>`
      ],
      caption:
        "The place that you point at above; it begins where the finest and the coarsest mask differ. The small square is the point, the dashed one the feature cell nearest to it."
    }),

    /** @returns the mark of the enlarged part for the whole pictures */
    show(shown: StrideRuns, point: Cell): Mark[] {
      const {width, height} = shown.photo;
      const side = Math.min(width, height, Math.round(Math.max(width, height) * PART));
      const left = start(point.column, side, width);
      const top = start(point.row, side, height);
      const dot = side / 40;
      views.forEach(({map}, index) => {
        const {result, picture} = shown.runs[index]!;
        map.draw({width: side, height: side, paint: paintDetail(picture.paint, {left, top})});
        const cell = featureCell(result, point);
        map.mark([
          ...dashes({row: cell.row - top, column: cell.column - left, size: cell.size}),
          {...around(point.row - top, point.column - left, 1.5 * dot), colour: GROUND},
          {...around(point.row - top, point.column - left, dot), colour: COLOUR, filled: true}
        ]);
      });
      const classes = classesAt(shown, point);
      views.forEach(({name}, index) => name(classes[index]!));
      place.textContent = `${point.column}, ${point.row}`;
      size.textContent = typeset(`${side} × ${side}`);
      return dashes({row: top, column: left, size: side});
    }
  };
}

/** The square of a size whose middle is a pixel's. */
function around(row: number, column: number, size: number): Cell & {size: number} {
  return {row: row + (1 - size) / 2, column: column + (1 - size) / 2, size};
}

function dashes(square: Cell & {size: number}): Mark[] {
  return [
    {...square, colour: GROUND},
    {...square, colour: COLOUR, dashed: true}
  ];
}

/** Where a part of a side begins that has this index in its middle, but for the rim. */
function start(index: number, part: number, size: number): number {
  return Math.min(Math.max(0, index - Math.floor(part / 2)), size - part);
}

/** The square of the photo, in pixels, for which the feature cell nearest to a pixel stands. */
function featureCell({plan, covered, width, height}: Segmentation, {row, column}: Cell): Cell & {size: number} {
  const spacing = (size: number, extent: number, cells: number) => (size - 1) / (extent * Math.max(1, cells - 1));
  const across = spacing(width, covered.width, plan.featureWidth);
  const down = spacing(height, covered.height, plan.featureHeight);
  // A photo of one pixel has one cell, and no spacing.
  const from = (index: number, step: number) => (step > 0 ? (Math.round(index / step) - 0.5) * step + 0.5 : 0);
  // Pixels are square, so both spacings are one but for rounding.
  return {row: from(row, down), column: from(column, across), size: across};
}
