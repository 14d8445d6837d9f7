import {html} from "htl";
import {photoComparison} from "../../components/results/photo-comparison.js";
import type {PhotoComparison} from "../../components/results/photo-comparison.js";
import {comparedPictures} from "../../lab/datasets/compared-pictures.js";
import type {PageShell} from "../../lab/page-shell.js";
import {whole} from "../../lab/quantities.js";
import type {NamesStore} from "../../lab/names-choice.js";
import {namesOnViews} from "../../lab/region-names.js";
import type {SplitChoice} from "../../worker/dataset-messages.js";
import type {MeasureChoice} from "../../worker/measure-messages.js";
import {percent} from "./figures.js";
import type {RankedPhoto} from "./figures.js";
import type {KeptRun} from "./kept-runs.js";

/** Where a run's photos and its network are. */
export interface PhotoSource {
  readonly data: SplitChoice;
  readonly choice: MeasureChoice;
}

export interface PhotosView {
  readonly element: HTMLElement;
  /**
   * Shows the first of some photos.
   *
   * @param source null while they cannot be had
   * @param why what is said then
   */
  show(run: KeptRun, photos: readonly RankedPhoto[], source: PhotoSource | null, why: string): void;
  /** What is under way is wanted no more. */
  drop(): void;
}

/** Few, so that few pictures are in memory. */
const AT_ONCE = 3;

/** Photos of a run, a few at a time: each is read and segmented anew when it is looked at. */
export function photosView(shell: PageShell, store: NamesStore): PhotosView {
  let content: Parameters<PhotosView["show"]> | null = null;
  let first = 0;
  const name = namesOnViews(store);
  const list = html`<div></div>` as HTMLElement;
  const where = html`<span class="quiet"></span>` as HTMLElement;
  const turn = (by: number) => {
    first += by;
    draw();
  };
  const before = html`<button type="button" onclick=${() => turn(-AT_ONCE)}>Previous</button>` as HTMLButtonElement;
  const after = html`<button type="button" onclick=${() => turn(AT_ONCE)}>Next</button>` as HTMLButtonElement;
  const {start, drop} = shell.computation<{run: KeptRun; source: PhotoSource; views: ReadonlyMap<number, PhotoComparison>}, null>({
    part: "photos",
    async work({run, source, views, engine, checkWanted}) {
      for (const [place, view] of views) {
        const compared = await engine.comparePhoto(source.data, place, source.choice);
        checkWanted();
        view.show(comparedPictures(compared, run.model));
      }
      return null;
    },
    show: () => {}
  });

  function draw(): void {
    if (!content) return;
    const [run, photos, source, why] = content;
    const shown = photos.slice(first, first + AT_ONCE);
    const views = new Map(shown.map((photo) => [photo.place, photoComparison({name: photo.id, facts: factsOf(photo)})]));
    for (const view of views.values()) view.show(source ? "…" : why);
    name([...views.values()]);
    list.replaceChildren(...views.values());
    where.textContent = photos.length > 0 ? `${first + 1} to ${first + shown.length} of ${photos.length}` : "none";
    before.disabled = first === 0;
    after.disabled = first + AT_ONCE >= photos.length;
    if (source && shown.length > 0) void start({run, source, views});
    else drop();
  }

  return {
    element: html`<div>${list}<div class="photo-pages">${before}${after}${where}</div></div>` as HTMLElement,
    show(...next) {
      content = next;
      first = 0;
      draw();
    },
    drop
  };
}

function factsOf({accuracy, iou, pixels}: RankedPhoto): string {
  const there = `${percent(accuracy)} of its pixels right, mean IoU of its classes ${percent(iou)}`;
  return pixels > 0 ? `${whole(pixels)} pixels in the cell, ${there}` : there;
}
