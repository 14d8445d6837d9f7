import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {CellMap} from "../../../components/maps/cell-map.js";
import {diverging} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {withPower} from "../../../components/page/powers.js";
import {readouts} from "../../../components/tables/readouts.js";
import {seededValues} from "../../../engine/seeded.js";
import type {Lesson} from "../../../lab/lesson.js";
import {codeUnder} from "../code-under.js";
import type {SeparableTable} from "./state.js";
import {LAYER, liveLayer, whyEmpty} from "./layer.js";

/** Columns of a matrix that are drawn; with more its cells would be too small. */
const DRAWN = 32;

/** The proof that a separable layer is an ordinary one whose kernel has rank one in each channel. */
export function rankFigure(page: Lesson<SeparableTable>): HTMLElement {
  const built = cellMap({label: "One channel of the built kernel as a matrix"});
  const ordinary = cellMap({label: "One channel of a random ordinary kernel as a matrix"});
  const output = readouts(["Difference", "Largest output value"]);
  const ranks = readouts(["Rank of one channel's kernel", "Rank of a random ordinary kernel"]);
  const drawn = html`<p class="look"></p>`;
  const note = html`<p class="separable-note"></p>`;
  const body = html`<div>${output}${ranks}
    <div class="separable-matrices"><div><h4>Built: depthwise × pointwise</h4>${built}</div><div><h4>Ordinary, random</h4>${ordinary}</div></div>${drawn}
  </div>`;

  page.compute({
    on: LAYER,
    photo: true,
    async work({state, backend, engine, photo}) {
      if (whyEmpty(state)) return null;
      const random = seededValues(3, state.kernelSize ** 2 * state.outputs);
      return {random, result: await engine.demonstrate(backend, "rankOne", {...liveLayer(state, state.outputs, photo), ordinary: random})};
    },
    show(found, {state}) {
      note.textContent = whyEmpty(state) ?? "";
      body.hidden = !found;
      if (!found) return;
      const {random, result} = found;
      output.update({
        Difference: withPower(result.difference),
        "Largest output value": result.scale.toPrecision(3)
      });
      ranks.update({
        "Rank of one channel's kernel": String(result.builtRank),
        "Rank of a random ordinary kernel": String(result.ordinaryRank)
      });
      const {kernelSize, outputs} = state;
      drawMatrix(built, result.built, kernelSize ** 2, outputs);
      drawMatrix(ordinary, random, kernelSize ** 2, outputs);
      drawn.textContent = `${kernelSize ** 2} ${kernelSize === 1 ? "row" : "rows"}, one a tap; ${outputs > DRAWN ? `the first ${DRAWN} of ${outputs}` : outputs} ${outputs === 1 ? "column" : "columns"}, one an output.`;
    }
  });

  return figureBlock({
    title: "The kernel behind the two steps",
    code: codeUnder(page.store, (codes) => codes.separable.rank),
    body: [note, body],
    caption:
      "The kernels of the first input channel. In the built one every column is the same column, only scaled. The two steps and one ordinary convolution with the built kernel differ by rounding alone."
  });
}

function drawMatrix(map: CellMap, values: Float32Array, rows: number, columns: number): void {
  const width = Math.min(columns, DRAWN);
  // Cells of one size, however few there are.
  map.style.setProperty("--map-width", `${0.6 * width}rem`);
  map.draw({
    height: rows,
    width,
    values: Float32Array.from({length: rows * width}, (_, i) => values[Math.floor(i / width) * columns + (i % width)]!),
    colour: diverging(1)
  });
}
