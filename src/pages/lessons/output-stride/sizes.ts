import {cellRuler} from "../../../components/charts/cell-ruler.js";
import type {RulerRow} from "../../../components/charts/cell-ruler.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Network} from "../../../engine/network.js";
import {cellCentres} from "../../../engine/teaching/output-stride.js";
import type {CellCentres} from "../../../engine/teaching/output-stride.js";
import {OUTPUT_STRIDES, plan} from "../../../engine/plan.js";
import {codeUnder} from "../code-under.js";
import type {StrideLesson} from "./state.js";

const nameAt = (outputStride: number) => `Feature size of this input at output stride ${outputStride}`;

/** What becomes of an input's size, and where its cells lie. */
export function sizesFigure(page: StrideLesson) {
  const facts = readouts(OUTPUT_STRIDES.map(nameAt), (name) => name.replace("Feature size of this input at o", "O"));
  const ruler = cellRuler({label: "Centres of the feature cells along one side"});
  const presets = page.presets([
    {
      label: "The papers' size",
      look: "513, 16 · 32 + 1. The first cell sits on the first pixel and the last cell on the last, at every stride.",
      state: {side: 513}
    },
    {
      label: "One pixel less",
      look: "512: one cell fewer at every stride, and all of them pushed to one side. Upsampled with corners aligned, the mask would shift.",
      state: {side: 512}
    },
    {
      label: "A classifier's size",
      look: "224, the size of ImageNet classifiers: 14 cells at output stride 16, the number in most drawings of networks.",
      state: {side: 224}
    },
    {label: "Half of it", look: "257, 16 · 16 + 1: half the papers' size, and still aligned.", state: {side: 257}}
  ]);

  return {
    element: figureBlock({
      title: "Sizes of the form 16k + 1",
      code: codeUnder(page.store, (codes) => codes.outputStride.sizes),
      controls: [page.slider("side", "Input size in pixels"), presets],
      body: [facts, ruler],
      caption:
        "Each tick is the centre of a feature cell along one side of a square input. Move the size by one and watch the ticks leave the corners."
    }),
    show(network: Network): void {
      const {side} = page.store.get();
      const plans = OUTPUT_STRIDES.map((outputStride) => plan(network, {height: side, width: side, outputStride}));
      facts.update(
        Object.fromEntries(
          plans.map(({outputStride, featureWidth, featureHeight}) => [nameAt(outputStride), `${featureWidth} × ${featureHeight}`])
        )
      );
      ruler.update(
        side,
        plans.map((at): RulerRow => {
          const centres = cellCentres(at);
          return {name: `Output stride ${at.outputStride}:`, text: placeOf(centres, side), ...centres};
        })
      );
    }
  };
}

/** Whether the first cell lies on the first pixel and the last cell on the last. */
export function cornersAligned({first, step, cells}: CellCentres, side: number): boolean {
  return first === 0 && first + step * (cells - 1) === side - 1;
}

function placeOf(centres: CellCentres, side: number): string {
  const {first, step, cells} = centres;
  return cornersAligned(centres, side)
    ? `corners aligned, ${`${side} = ${step} · ${cells - 1} + 1`.replaceAll(" ", "\u00a0")}`
    : `corners not aligned, cells from pixel ${first} to ${first + step * (cells - 1)} of 0 to ${side - 1}`;
}
