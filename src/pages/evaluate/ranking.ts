import {html} from "htl";
import {choiceField} from "../../components/fields/fields.js";
import {figureBlock} from "../../components/page/figure-block.js";
import type {PageShell} from "../../lab/page-shell.js";
import {namesSwitch} from "../../lab/names-choice.js";
import {isChanged} from "../../lab/state.js";
import type {Store} from "../../lab/state.js";
import {rankedPhotos} from "./figures.js";
import type {KeptRun} from "./kept-runs.js";
import {photosView} from "./photos.js";
import type {PhotoSource} from "./photos.js";
import {cellOf} from "./state.js";
import type {EvaluateTable} from "./state.js";

export interface PhotoRanking {
  readonly element: HTMLElement;
  /** @param source where the photos are; null while they are nowhere */
  show(run: KeptRun, source: PhotoSource | null): void;
  /** While the network is needed elsewhere, no photo is looked at. */
  pause(isPaused: boolean): void;
}

/** The photos of a result: the worst first, or those behind a cell of the matrix. */
export function photoRanking(shell: PageShell, store: Store<EvaluateTable>, table: EvaluateTable): PhotoRanking {
  let content: Parameters<PhotoRanking["show"]> | null = null;
  const photos = photosView(shell, store);
  const title = html`<h4></h4>` as HTMLElement;
  const all = html`<button type="button" onclick=${() => store.set({cell: ""})}>All photos</button>` as HTMLButtonElement;
  const by = choiceField({
    label: "The worst by",
    choices: [
      {value: "accuracy", label: "pixel accuracy"},
      {value: "iou", label: "mean IoU of its classes"}
    ],
    value: store.get().photos,
    onChange: (value) => store.set({photos: table.photos.parse(value)!})
  });
  const element = figureBlock({
    title: "Photos",
    controls: [by, namesSwitch(store)],
    body: [html`<div class="photos-title">${title}${all}</div>` as Node, photos.element],
    caption:
      "Each photo is read and segmented again while it is looked at. Difference: wrong pixels in the colour of what was predicted, the photo pale where it is right, grey where nothing is labelled."
  });

  function draw(): void {
    if (!content) return;
    const [run, source] = content;
    const {classes} = run.model;
    const cell = cellOf(store.get(), classes.length);
    all.hidden = !cell;
    by.hidden = cell !== null;
    title.textContent = !cell
      ? "The worst first"
      : cell.truth === cell.guess
        ? `Most of “${classes[cell.truth]!}” found`
        : `Most of “${classes[cell.truth]!}” taken for “${classes[cell.guess]!}”`;
    photos.show(run, rankedPhotos(run, store.get().photos, cell), source, `Open the data set “${run.dataset}” again to see its photos.`);
  }
  store.listen((state, before) => {
    by.show(state.photos);
    if (isChanged(["cell", "photos"], state, before)) draw();
  });

  return {
    element,
    show(...next) {
      content = next;
      draw();
    },
    pause(isPaused) {
      element.hidden = isPaused;
      if (!isPaused) return;
      content = null;
      photos.drop();
    }
  };
}
