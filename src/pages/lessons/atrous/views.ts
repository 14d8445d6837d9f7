import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {diverging, grey, reachOf} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {withPower} from "../../../components/page/powers.js";
import {readouts} from "../../../components/tables/readouts.js";
import {plain} from "../../../components/tables/tap-sum.js";
import type {Lesson} from "../../../lab/lesson.js";
import type {AtrousDemonstration} from "../../../worker/demonstrations/atrous.js";
import {codeUnder} from "../code-under.js";
import {PATCH} from "./state.js";
import type {AtrousTable} from "./state.js";

/** Where a smaller map has no cell of the photo. */
const CLEAR = [0, 0, 0, 0] as const;

/** The three equal forms of one atrous convolution: what each convolves, what comes out, and how far it is from the others. */
export function equalViews({store}: Pick<Lesson<AtrousTable>, "store">): {
  readonly element: HTMLElement;
  update(made: AtrousDemonstration, kernel: readonly number[]): void;
} {
  const native = {kernel: cellMap({label: "The kernel"}), output: cellMap({label: "Output by native dilation"})};
  const zeros = {
    kernel: cellMap({label: "The kernel with zeros between its taps"}),
    output: cellMap({label: "Output with zeros between the taps"})
  };
  const batches = {
    tiles: cellMap({label: "The photo dealt out to smaller maps"}),
    output: cellMap({label: "Output through space to batch"})
  };
  const toZeros = readouts(["Difference: zeros between taps"], () => "Largest difference");
  const toBatches = readouts(["Difference: space to batch"], () => "Largest difference");

  return {
    element: figureBlock({
      title: "One tensor, three ways",
      code: codeUnder(store, (codes) => (state) => codes.atrous.views({...state, patch: PATCH})),
      body: html`<div class="figure-columns level equal-views" style="--column:6.5rem;--rows:5">
        <div><h4>Native dilation</h4>${native.kernel}<p>steps over cells</p>${native.output}</div>
        <div><h4>Zeros between taps</h4>${zeros.kernel}<p>slides over every cell</p>${zeros.output}${toZeros}</div>
        <div><h4>Space to batch</h4><div class="dealt-out">${batches.tiles}</div><p>each convolved, put back</p>${batches.output}${toBatches}</div>
      </div>`,
      caption: `The layer set above, computed in three ways. Differences from native dilation are rounding. Hatched: what smaller maps are filled up with where the rate does not divide the photo's ${PATCH} cells.`
    }),
    update({output, zerosBetweenTaps, spaceToBatch}, kernel) {
      const side = Math.sqrt(kernel.length);
      const weights = diverging(reachOf(kernel));
      const values = diverging(reachOf(output.values));
      native.kernel.draw({
        height: side,
        width: side,
        values: kernel,
        colour: weights,
        grid: 1,
        text: plain
      });
      native.output.draw({...output, colour: values});
      zeros.kernel.draw({...zerosBetweenTaps.kernel, colour: weights, grid: 1});
      zeros.output.draw({...zerosBetweenTaps.output, colour: values});
      const {tiles} = spaceToBatch;
      batches.tiles.draw({...tiles, colour: (value) => (Number.isNaN(value) ? CLEAR : grey(value)), grid: tiles.side});
      batches.output.draw({...spaceToBatch.output, colour: values});
      toZeros.update({"Difference: zeros between taps": withPower(zerosBetweenTaps.difference)});
      toBatches.update({"Difference: space to batch": withPower(spaceToBatch.difference)});
    }
  };
}
