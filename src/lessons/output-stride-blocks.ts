import {html} from "htl";
import {figureBlock} from "../components/figure-block.js";
import {readouts} from "../components/readouts.js";
import {strideTable} from "../components/stride-table.js";
import {blocksAtStride} from "../engine/output-stride.js";
import type {BlockAtStride} from "../engine/output-stride.js";
import type {StrideLesson} from "./output-stride.js";
import {RUN_FACTS, howTimed, runFactsOf} from "./output-stride-pictures.js";
import {runAt} from "./output-stride-runs.js";
import type {StrideRuns} from "./output-stride-runs.js";

/** Block by block what the chosen output stride makes of the backbone. */
export function blocksFigure(page: StrideLesson) {
  const facts = readouts(RUN_FACTS);
  const timed = html`<p class="hint"></p>` as HTMLElement;
  const table = strideTable({label: "Blocks of the backbone at this output stride"});

  return {
    element: figureBlock({
      title: "Block by block",
      controls: [page.choice("outputStride", "Output stride")],
      body: [facts, timed, table],
      caption:
        "Each block's 3×3 convolution, as it was trained and as it runs here. Choose an output stride: the marked rows are those whose stride or rate is not what it is with all strides in place (32). A layer that loses its stride keeps its own rate; only the layers after it get the larger one."
    }),
    show(shown: StrideRuns): void {
      const run = runAt(shown, page.store.get().outputStride);
      facts.update(runFactsOf(run));
      timed.textContent = howTimed(run);
      table.update(blocksAtStride(run.result.plan).map((block) => ({...block, size: `${block.width} × ${block.height}`, change: changeOf(block)})));
    }
  };
}

function changeOf({trainingStride, rate, strideChanged, rateChanged}: BlockAtStride): string {
  const stride = `stride became a rate: ×${trainingStride} from the next block on`;
  if (strideChanged) return rateChanged ? `${stride}; rate ${rate} itself` : stride;
  return rateChanged ? `rate ${rate} instead of 1` : "";
}
