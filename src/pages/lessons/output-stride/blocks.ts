import {html} from "htl";
import {figureBlock} from "../../../components/page/figure-block.js";
import {asTable} from "../../../components/tables/as-table.js";
import {withPower} from "../../../components/page/powers.js";
import {stageSquares} from "../../../components/charts/stage-squares.js";
import {strideTable} from "../../../components/tables/stride-table.js";
import {blocksAtStride, sharedCells} from "../../../engine/teaching/output-stride.js";
import type {BlockAtStride} from "../../../engine/teaching/output-stride.js";
import {codeUnder} from "../code-under.js";
import type {StrideLesson} from "./state.js";
import {runAt} from "./runs.js";
import type {StrideRuns} from "./runs.js";

/** Block by block what the chosen output stride makes of the backbone. */
export function blocksFigure(page: StrideLesson) {
  const difference = html`<span role="group" aria-label="Largest difference of shared cells"></span>`;
  const largest = html`<span role="group" aria-label="Largest feature in them"></span>`;
  const squares = stageSquares({
    label: "Sizes of the blocks' maps at this output stride, with the taps of their kernels; the table has them in numbers"
  });
  const table = strideTable({label: "Blocks of the backbone at this output stride"});

  return {
    element: figureBlock({
      title: "Block by block",
      code: codeUnder(page.store, (codes) => codes.outputStride.blocks),
      controls: [page.choice("outputStride", "Output stride")],
      body: [
        squares,
        asTable(table),
        html`<p class="taps-sum">A smaller output stride adds cells and changes none: where the features at 8 and at 16 share a cell they differ by at most ${difference}, of values up to ${largest}.</p>`
      ],
      caption:
        "Each square is the map that a block's 3×3 convolution makes, all to one scale, with its nine taps in the middle; below it its stride (÷2) or its rate (r2). Orange: what the classifier, which ends at 32, has otherwise."
    }),
    show(shown: StrideRuns): void {
      const run = runAt(shown, page.store.get().outputStride);
      const blocks = blocksAtStride(run.result.plan);
      const wide = shown.runs.map(({result}) => blocksAtStride(result.plan).reduce((sum, {width}) => sum + width, 0));
      squares.update(
        blocks.map(({name, width, stride, rate, strideChanged, rateChanged}) => {
          return {name, cells: width, stride, rate, changed: strideChanged || rateChanged};
        }),
        Math.max(...wide)
      );
      table.update(blocks.map((block) => ({...block, size: `${block.width} × ${block.height}`, change: changeOf(block)})));
      // Inputs are of the form 16k + 1, so these two always share their cells.
      const {largestDifference, largestValue} = sharedCells(runAt(shown, 8).features, runAt(shown, 16).features);
      difference.textContent = withPower(largestDifference);
      largest.textContent = largestValue.toPrecision(3);
    }
  };
}

function changeOf({trainingStride, rate, strideChanged, rateChanged}: BlockAtStride): string {
  const stride = `stride became a rate: ×${trainingStride} from the next block on`;
  if (strideChanged) return rateChanged ? `${stride}; rate ${rate} itself` : stride;
  return rateChanged ? `rate ${rate} instead of 1` : "";
}
