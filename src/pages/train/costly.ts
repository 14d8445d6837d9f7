import {html} from "htl";
import {figureBlock} from "../../components/page/figure-block.js";
import {photoComparison} from "../../components/results/photo-comparison.js";
import type {PhotoComparison} from "../../components/results/photo-comparison.js";
import {labelledPictures} from "../../lab/datasets/compared-pictures.js";
import type {PageShell} from "../../lab/page-shell.js";
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
    palette: readonly (readonly [number, number, number])[],
    placeOf: (photo: CostlyPhoto) => {readonly list: SplitChoice; readonly place: number} | null
  ): void;
}

/** Few, so that few pictures are in memory. */
const SHOWN = 3;

/** The photos that cost most when they were measured last, each with its mask: what is hard, or wrongly labelled. */
export function costlyPhotos(shell: PageShell): CostlyView {
  let shown = "";
  const list = html`<div></div>` as HTMLElement;
  const element = figureBlock({
    title: "Photos that cost most",
    body: list,
    caption: "As they were measured last. What is hard to tell, or labelled wrongly: look at the mask first."
  });
  const {start} = shell.computation<
    {readonly views: readonly (readonly [PhotoComparison, SplitChoice, number])[]; palette: Parameters<CostlyView["show"]>[1]},
    null
  >({
    part: "costly photos",
    async work({views, palette, engine, checkWanted}) {
      for (const [view, split, place] of views) {
        const {photo, mask} = await engine.seePhoto(split, place);
        checkWanted();
        view.show(labelledPictures({photo, mask}, palette));
      }
      return null;
    },
    show: () => {}
  });
  element.hidden = true;
  return {
    element,
    show(photos, palette, placeOf) {
      const dearest = photos.slice(0, SHOWN);
      element.hidden = dearest.length === 0;
      const now = dearest.map(({list, place, loss}) => `${list} ${place} ${loss}`).join();
      if (now === shown) return;
      shown = now;
      const views = dearest.map((photo) => ({photo, view: photoComparison({name: photo.id, facts: factsOf(photo)}), at: placeOf(photo)}));
      for (const {view, at} of views) view.show(at ? "…" : "It is in another list.");
      list.replaceChildren(...views.map(({view}) => view));
      void start({views: views.flatMap(({view, at}) => (at ? [[view, at.list, at.place] as const] : [])), palette});
    }
  };
}

function factsOf({list, loss: value, meanIoU}: CostlyPhoto): string {
  const iou = meanIoU === null ? "" : `, mean IoU ${(100 * meanIoU).toFixed(1)} %`;
  return `loss ${loss(value)}${iou}, ${list === "val" ? "kept apart" : "learnt from"}`;
}
