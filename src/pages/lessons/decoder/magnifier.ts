import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {CellMap, Mark} from "../../../components/maps/cell-map.js";
import type {Cell} from "../../../components/page/pointing.js";
import {paintDetail} from "../../../media/picture.js";
import type {DecoderRuns} from "./run.js";
import {SKIPS} from "./state.js";
import type {Segmented} from "../../segmented.js";

/** Side of the magnifier in pixels of the photo. */
export const DETAIL = 72;

/** Squares of the masks around a point, side by side: enlarged at once, with the chosen skip, as trained. */
export function magnifier(): {
  readonly element: HTMLElement;
  /** @returns the square's mark on the photo */ show(runs: DecoderRuns, at: Cell): Mark[];
} {
  const bilinear = cellMap({label: "Detail: enlarged at once"});
  const chosen = cellMap({label: "Detail: the decoder with the chosen skip"});
  const trained = cellMap({label: "Detail: the decoder as trained"});
  const bilinearTitle = html`<h4></h4>`;
  const chosenTitle = html`<h4></h4>`;
  const trainedDetail = html`<div><h4>As trained</h4>${trained}</div>`;
  return {
    element: html`<div class="figure-columns level" style="--column:9.5rem"><div>${bilinearTitle}${bilinear}</div><div>${chosenTitle}${chosen}</div>${trainedDetail}</div>`,
    show(runs, at) {
      const corner = {left: cornerOf(at.column, runs.chosen.width), top: cornerOf(at.row, runs.chosen.height)};
      const draw = (detail: CellMap, picture: Segmented) =>
        detail.draw({height: DETAIL, width: DETAIL, paint: paintDetail(picture.paint, corner)});
      draw(bilinear, runs.bilinear);
      draw(chosen, runs.chosen);
      draw(trained, runs.trained);
      bilinearTitle.textContent = `Bilinear × ${runs.result.plan.outputStride}`;
      chosenTitle.textContent = `Skip ${SKIPS[runs.skip]}`;
      // Beside itself it would say nothing.
      trainedDetail.hidden = runs.skip === "on";
      return [{row: corner.top, column: corner.left, size: DETAIL, colour: "var(--concept-output)"}];
    }
  };
}

/** How many pixels of the square have another class in the trained mask than in the one enlarged at once. */
export function differingInSquare({trained, bilinear}: DecoderRuns, at: Cell): {differing: number; total: number} {
  const [left, top] = [cornerOf(at.column, trained.width), cornerOf(at.row, trained.height)];
  let differing = 0;
  let total = 0;
  for (let y = top; y < Math.min(trained.height, top + DETAIL); y++) {
    for (let x = left; x < Math.min(trained.width, left + DETAIL); x++) {
      const index = y * trained.width + x;
      total++;
      if (trained.labels[index] !== bilinear.labels[index]) differing++;
    }
  }
  return {differing, total};
}

/** Where the square begins along a side, so that it stays on the photo. */
function cornerOf(middle: number, size: number): number {
  return Math.min(Math.max(0, middle - DETAIL / 2), Math.max(0, size - DETAIL));
}
