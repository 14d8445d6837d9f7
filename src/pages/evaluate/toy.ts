import {html} from "htl";
import {sliderField, switchField} from "../../components/fields/fields.js";
import {cellMap} from "../../components/maps/cell-map.js";
import {figureBlock} from "../../components/page/figure-block.js";
import {classBars} from "../../components/results/class-bars.js";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import {classPlaces} from "../../engine/labels/class-places.js";
import {confusionMatrix, countPixels, metrics} from "../../engine/labels/metrics.js";
import type {Metrics} from "../../engine/labels/metrics.js";
import {maskInWords} from "../../lab/mask-in-words.js";
import {follow} from "../../lab/state.js";
import type {Store} from "../../lab/state.js";
import {TOY, predicted, truth} from "./toy-mask.js";
import type {EvaluateTable} from "./state.js";

/** Classes of the small mask, in the colours of VOC. */
const CLASSES = ["background", "person", "bottle"] as const;
const COLOURS = CLASSES.map((name) => vocPalette(VOC_CLASSES.length)[VOC_CLASSES.indexOf(name)]!);

const SHOWN: readonly (readonly [name: string, key: Exclude<keyof Metrics, "pixels" | "perClass">])[] = [
  ["Pixel accuracy", "pixelAccuracy"],
  ["Mean accuracy", "meanAccuracy"],
  ["Mean IoU", "meanIoU"],
  ["Frequency-weighted IoU", "frequencyWeightedIoU"]
];

/** A small mask whose border is dragged: the four measures move. */
export function metricsToy(store: Store<EvaluateTable>): HTMLElement {
  const {height, width, right} = TOY;
  const masks = {truth: cellMap({label: "True mask"}), predicted: cellMap({label: "Predicted mask"})};
  const bars = classBars({label: "The four measures"});
  const said = html`<p class="quiet"></p>` as HTMLElement;
  const border = sliderField({
    label: "The person begins",
    min: 0,
    max: right,
    value: store.get().border,
    unit: "cells in",
    onInput: (value) => store.set({border: value})
  });
  const bottle = switchField({label: "The bottle is found", value: store.get().bottle, onChange: (isOn) => store.set({bottle: isOn})});
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    const box = masks.predicted.getBoundingClientRect();
    const at = Math.round(((event.clientX - box.left) / box.width) * width);
    store.set({border: Math.min(Math.max(at, 0), right)});
  };
  masks.predicted.addEventListener("pointerdown", drag);
  masks.predicted.addEventListener("pointermove", drag);
  masks.predicted.classList.add("toy-dragged");

  const draw = (map: (typeof masks)["truth"], labels: Uint8Array) =>
    map.draw({
      height,
      width,
      values: labels,
      colour: (id) => COLOURS[id]!,
      words: maskInWords(classPlaces({width, height, labels}, CLASSES.length), CLASSES)
    });
  draw(masks.truth, truth());
  follow(store, ["border", "bottle"], (state) => {
    border.show(state.border);
    bottle.show(state.bottle);
    const labels = predicted(state.border, state.bottle);
    draw(masks.predicted, labels);
    const matrix = confusionMatrix(CLASSES.length);
    countPixels(matrix, truth(), labels);
    const found = metrics(matrix);
    bars.update(SHOWN.map(([name, key]) => ({name, colour: "var(--concept-output)", share: found[key], note: ""})));
    const {perClass} = found;
    said.textContent = CLASSES.map(
      (name, id) => `${name}: ${Math.round(100 * perClass[id]!.accuracy!)} % found, IoU ${Math.round(100 * perClass[id]!.iou!)} %`
    ).join("; ");
  });

  return figureBlock({
    title: "A border, four measures",
    controls: [border, bottle],
    body: [
      html`<div class="figure-columns toy-columns">
        <figure>${masks.truth}<figcaption>Truth</figcaption></figure>
        <figure>${masks.predicted}<figcaption>Prediction: drag the person's left border</figcaption></figure>
        <div>${bars}${said}</div>
      </div>` as Node
    ],
    caption:
      "Drag the border to the left, so that too much is person, then as far to the right, so that as much is missed: mean accuracy forgives the first more than the second, IoU neither. Then lose the bottle, which is four cells of 336."
  });
}
