import {html} from "htl";
import {sliderField} from "../../components/fields/fields.js";
import type {SliderField} from "../../components/fields/fields.js";
import {figureBlock} from "../../components/page/figure-block.js";
import {photoComparison} from "../../components/results/photo-comparison.js";
import type {PhotoComparison} from "../../components/results/photo-comparison.js";
import {comparedPictures} from "../../lab/datasets/compared-pictures.js";
import type {MaskClasses} from "../../lab/datasets/compared-pictures.js";
import {namesSwitch} from "../../lab/names-choice.js";
import type {NamesStore} from "../../lab/names-choice.js";
import {namesOnViews} from "../../lab/region-names.js";
import type {WatchedPhoto} from "../../worker/training-messages.js";
import {at} from "./course.js";
import type {MasksAt} from "./course.js";

/** What is known of them, and which step is looked at. */
export interface PhotoCourse extends MaskClasses {
  readonly photos: readonly WatchedPhoto[];
  /** In the order of steps. */
  readonly masks: readonly MasksAt[];
}

export interface PhotoProgress {
  readonly element: HTMLElement;
  /** @param step that is looked at; the last one where it is undefined @param end steps in all */
  show(course: PhotoCourse, step: number | undefined, end: number): void;
}

/** Photos that are kept apart, with what the network says of them as it learns; a slider leads back. @param onStep called by it */
export function photoProgress(store: NamesStore, onStep: (step: number) => void): PhotoProgress {
  let views: readonly PhotoComparison[] = [];
  let photosShown: readonly WatchedPhoto[] = [];
  let masksShown: MasksAt | undefined;
  let slider: {readonly end: number; readonly field: SliderField} | null = null;
  const place = html`<div></div>` as HTMLElement;
  const sliderPlace = html`<div class="wide"></div>` as HTMLElement;

  function sliderTo(end: number): SliderField {
    if (slider?.end === end) return slider.field;
    const field = sliderField({label: "Look back", min: 0, max: end, value: end, unit: `of ${end} steps`, onInput: onStep});
    slider = {end, field};
    sliderPlace.replaceChildren(field);
    return field;
  }

  const name = namesOnViews(store);
  return {
    element: figureBlock({
      title: "Photos kept apart, as their masks improve",
      controls: [sliderPlace, namesSwitch(store)],
      body: place,
      caption:
        "The slider leads back to the first masks, and the curves follow. In the difference the photo is pale where it is right, and has the predicted class's colour where it is wrong. Where none are kept apart, these are photos that it learns from."
    }),
    show({photos, classes, palette, masks}, step, end) {
      const now = step === undefined ? masks.at(-1) : at(masks, step);
      sliderTo(end).show(step ?? now?.step ?? 0);
      if (photosShown !== photos) {
        photosShown = photos;
        masksShown = undefined;
        views = photos.map(({id}) => photoComparison({name: id, facts: ""}));
        for (const view of views) view.show("Its first mask comes when it is measured.");
        name(views);
        place.replaceChildren(...views);
      }
      if (!now || masksShown === now) return;
      masksShown = now;
      views.forEach((view, index) => view.show(comparedPictures({...photos[index]!, labels: now.masks[index]!}, {classes, palette})));
    }
  };
}
