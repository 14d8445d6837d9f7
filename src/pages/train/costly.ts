import {html} from "htl";
import {figureBlock} from "../../components/page/figure-block.js";
import {photoComparison} from "../../components/results/photo-comparison.js";
import type {PhotoComparison} from "../../components/results/photo-comparison.js";
import {labelledPictures} from "../../lab/datasets/compared-pictures.js";
import type {MaskClasses} from "../../lab/datasets/compared-pictures.js";
import type {PageShell} from "../../lab/page-shell.js";
import {namesSwitch} from "../../lab/names-choice.js";
import type {NamesStore} from "../../lab/names-choice.js";
import {namesOnViews} from "../../lab/region-names.js";
import type {SplitChoice} from "../../worker/dataset-messages.js";
import type {CostlyPhoto} from "../../worker/training-messages.js";
import {loss} from "./verdict.js";

export interface CostlyView {
  readonly element: HTMLElement;
  /**
   * Shows some photos, if others than before.
   *
   * @param placeOf where a photo is in the data set, to see it; null where that is not known
   */
  show(
    photos: readonly CostlyPhoto[],
    look: MaskClasses,
    placeOf: (photo: CostlyPhoto) => {readonly list: SplitChoice; readonly place: number} | null
  ): void;
}

/** Few, so that few pictures are in memory. */
const SHOWN = 3;

/** The photos that cost most when they were measured last, each with its mask: what is hard, or wrongly labelled. */
export function costlyPhotos(shell: PageShell, store: NamesStore): CostlyView {
  let shown = "";
  const name = namesOnViews(store);
  const list = html`<div></div>` as HTMLElement;
  const element = figureBlock({
    title: "Photos that cost most",
    controls: [namesSwitch(store)],
    body: list,
    caption: "As they were measured last. What is hard to tell, or labelled wrongly: look at the mask first."
  });
  const {start} = shell.computation<
    {readonly seen: readonly (readonly [PhotoComparison, SplitChoice, number])[]; readonly look: MaskClasses},
    null
  >({
    part: "costly photos",
    async work({seen, look, engine, checkWanted}) {
      for (const [view, split, place] of seen) {
        const {photo, mask} = await engine.seePhoto(split, place);
        checkWanted();
        view.show(labelledPictures({photo, mask}, look));
      }
      return null;
    },
    show: () => {}
  });
  element.hidden = true;
  return {
    element,
    show(photos, look, placeOf) {
      const dearest = photos.slice(0, SHOWN);
      element.hidden = dearest.length === 0;
      const now = dearest.map(({list, place, loss}) => `${list} ${place} ${loss}`).join();
      if (now === shown) return;
      shown = now;
      const placed = dearest.map((photo) => ({view: photoComparison({name: photo.id, facts: factsOf(photo)}), at: placeOf(photo)}));
      for (const {view, at} of placed) view.show(at ? "…" : "It is in another list.");
      const views = placed.map(({view}) => view);
      name(views);
      list.replaceChildren(...views);
      void start({seen: placed.flatMap(({view, at}) => (at ? [[view, at.list, at.place] as const] : [])), look});
    }
  };
}

function factsOf({list, loss: value, meanIoU}: CostlyPhoto): string {
  const iou = meanIoU === null ? "" : `, mean IoU ${(100 * meanIoU).toFixed(1)} %`;
  return `loss ${loss(value)}${iou}, ${list === "val" ? "kept apart" : "learnt from"}`;
}
