import {html} from "htl";
import {heat} from "../../../components/maps/colour-maps.js";
import {colourScale} from "../../../components/maps/colour-scale.js";
import {logitFalls, occlusionGrid} from "../../../engine/readings/occlusion.js";
import type {OcclusionGrid} from "../../../engine/readings/occlusion.js";
import type {Edit} from "../../../engine/photo-edits/edit.js";
import {logitsAt} from "../../../engine/labels/pixel.js";
import {applyEdits} from "../../../media/edits.js";
import {paintCells} from "../../../media/flips.js";
import {pointOf, toCells} from "../../../lab/photo-geometry.js";
import type {PhotoPoint} from "../../../lab/photo-geometry.js";
import {askedClass} from "../asked-class.js";
import type {Inspection, Standing} from "../inspection.js";

/** Places along the photo's long side. */
const ALONG = 10;

/** What is known so far of the places that matter. */
interface Found {
  readonly standing: Standing;
  readonly grid: OcclusionGrid;
  readonly point: PhotoPoint;
  /** The class asked about. */
  readonly name: string;
  readonly logit: number;
  /** The class's logit with each place covered, as far as they are done. */
  readonly covered: readonly number[];
}

export interface Matter {
  readonly element: HTMLElement;
  /** Paints the heat map over a picture of the photo; nothing where there is none of this photo. */
  paint(context: CanvasRenderingContext2D, standing: Standing): void;
  /** The point that the map is about. */
  point(standing: Standing): PhotoPoint | null;
}

/**
 * "Where does it matter?": covers one place of the photo after the other and shows by how much the logit of a class at
 * the chosen point falls.
 */
export function matter({store, compute, onStanding, follow, standing, redraw}: Inspection): Matter {
  let found: Found | null = null;
  let underWay = false;
  const hint = html`<p class="hint"></p>`;
  const ask =
    html`<button type="button" onclick=${() => store.set({matter: true, changeShown: "matter"})}>Where does it matter?</button>` as HTMLButtonElement;
  const stop = html`<button type="button" onclick=${() => store.set({matter: false})} hidden>Stop</button>` as HTMLButtonElement;
  const progress = html`<progress max="1" aria-label="Places covered" hidden></progress>` as HTMLProgressElement;
  const words = html`<p class="matter-words" hidden></p>`;
  const scale = colourScale({label: "Colours of the places"});
  scale.hidden = true;

  // What mattered in one photo is not asked of the next one unbidden.
  onStanding(({original}) => {
    if (!found || found.standing.original === original) return;
    found = null;
    if (store.get().matter) store.set({matter: false});
    show();
  });
  compute({
    on: ["matter", "x", "y", "about", "squareSize"],
    wanted: ({matter, x, y}) => matter && x >= 0 && y >= 0,
    async work({state, standing, engine, checkWanted}) {
      const {photo, result, run} = standing;
      const point = pointOf(state, result);
      const at = toCells(result, result.logits, point);
      const logits = logitsAt(result.logits, at.row, at.column);
      const {id} = askedClass(state, result);
      const grid = occlusionGrid(photo, ALONG);
      const covered: number[] = [];
      underWay = true;
      try {
        for (const {x, y} of grid.places) {
          const square: Edit = {
            shape: {kind: "square", x, y, side: state.squareSize, loose: false},
            effect: {kind: "cover", colour: state.cover}
          };
          const {logits: now} = await engine.segment(applyEdits(photo, [square]), run);
          checkWanted();
          covered.push(logitsAt(now, at.row, at.column)[id]!);
          found = {standing, grid, point, name: result.classes[id]!, logit: logits[id]!, covered};
          show();
          redraw();
        }
      } finally {
        underWay = false;
        show();
      }
    },
    show: ended,
    clear: ended
  });
  follow(["x", "y"], show);

  function ended(): void {
    underWay = false;
    // Changes to the photo made it another question; a reader who stopped keeps what is known.
    if (found?.standing !== standing()) found = null;
    show();
    redraw();
  }

  function show(): void {
    const chosen = store.get().x >= 0;
    ask.disabled = !chosen;
    hint.hidden = chosen;
    hint.textContent = "Choose a point first, with the tool of that name: by pointer, or with the arrow keys and Enter.";
    stop.hidden = progress.hidden = !underWay;
    words.hidden = scale.hidden = found === null;
    if (!found) return;
    const {grid, covered, logit, name, point} = found;
    const {falls, most} = logitFalls(logit, covered);
    const all = grid.places.length;
    progress.value = covered.length / all;
    const extent = extentOf(falls);
    scale.update({low: -extent, high: extent}, heat(extent), [
      `covered, the logit rises by ${extent.toFixed(2)}`,
      "",
      `falls by ${extent.toFixed(2)}`
    ]);
    const fall = falls[most]!;
    const where = grid.places[most]!;
    words.textContent =
      `The logit of ${name} at x ${point.column}, y ${point.row} is ${logit.toFixed(2)}. ` +
      (fall > 0
        ? `It falls most, by ${fall.toFixed(2)}, where the square covers the place ${Math.round(where.x / 10)} % across and ${Math.round(where.y / 10)} % down.`
        : "It falls nowhere that was covered.") +
      (covered.length < all ? ` ${covered.length} of ${all} places are done.` : ` All ${all} places were covered in turn.`);
  }

  return {
    element: html`<div class="matter"><h3>Where does the network look?</h3>
      <div class="buttons">${ask}${stop}${progress}</div>${hint}${words}${scale}
      <p class="hint">A square of the size and colour above goes over the photo, place by place. Red: without what is there, the class loses at the chosen point.</p>
    </div>`,
    paint(context, now) {
      if (!found || found.standing.original !== now.original) return;
      const {rows, columns} = found.grid;
      const {falls} = logitFalls(found.logit, found.covered);
      const shade = heat(extentOf(falls));
      const rgba = new Uint8ClampedArray(rows * columns * 4);
      falls.forEach((fall, i) => rgba.set(shade(fall), 4 * i));
      paintCells(context, rgba, {rows, columns});
    },
    point: (now) => (found?.standing.original === now.original ? found.point : null)
  };
}

/** The largest change, up or down. */
function extentOf(falls: Float32Array): number {
  return falls.reduce((most, fall) => Math.max(most, Math.abs(fall)), 0);
}
