import {html} from "htl";
import {vocPalette} from "../../data/labels/voc.js";
import type {ChosenSplit} from "../../lab/datasets/dataset-panel.js";
import type {PageShell} from "../../lab/page-shell.js";
import type {Store} from "../../lab/state.js";
import type {CostlyPhoto, OpenTraining} from "../../worker/training-messages.js";
import {costlyPhotos} from "./costly.js";
import type {KnownCourse} from "./course.js";
import {curvesView} from "./curves.js";
import {photoProgress} from "./photo-progress.js";
import type {TrainTable} from "./state.js";

/** An open training, and where its photos are. */
export interface Followed {
  readonly training: OpenTraining;
  readonly chosen: ChosenSplit;
  readonly known: KnownCourse;
}

export interface TrainingFigures {
  readonly element: HTMLElement;
  /** Shows what is known of a training; nothing where there is none. */
  show(followed: Followed | null): void;
}

/** All that is seen of a training; one step is looked at in every figure, the last one until the reader looks back. */
export function trainingFigures(options: {
  readonly shell: PageShell;
  readonly store: Store<TrainTable>;
  readonly table: TrainTable;
}): TrainingFigures {
  const {shell, store, table} = options;
  let shown: Followed | null = null;
  /** Undefined: the last one, whichever that is. */
  let step: number | undefined;
  const look = (next: number) => {
    step = shown && next < shown.known.step ? next : undefined;
    draw();
  };
  const progress = photoProgress(store, look);
  const curves = curvesView(store, table, look);
  const costly = costlyPhotos(shell, store);
  const title = html`<h2></h2>` as HTMLElement;
  const element =
    html`<div hidden>${title}${progress.element}<div class="train-curves">${curves.elements}</div>${costly.element}</div>` as HTMLElement;

  function draw(): void {
    if (!shown) return;
    const {training, known} = shown;
    const {watched, classes, palette, settings} = training;
    progress.show({photos: watched, classes, palette, masks: known.masks}, step, settings.steps);
    curves.show(known.course, settings.steps, step);
    costly.show(known.costly, {classes, palette: [...palette, ...vocPalette(256).slice(palette.length)]}, placeOf);
  }

  /** Where the data set has a photo of the training: its list, or, of photos that are kept apart of one list, its place there. */
  function placeOf({list, place, id}: CostlyPhoto) {
    const {
      chosen: {given, mends, split, checked},
      training: {settings}
    } = shown!;
    const {val} = settings;
    if (list === "val" && val && "list" in val) return {list: {given, mends, split: val.list}, place};
    const found = checked.ids.indexOf(id);
    return found < 0 ? null : {list: {given, mends, split}, place: found};
  }

  return {
    element,
    show(followed) {
      if (followed?.training !== shown?.training) step = undefined;
      shown = followed;
      element.hidden = followed === null;
      if (!followed) return;
      title.textContent = followed.training.title;
      draw();
    }
  };
}
