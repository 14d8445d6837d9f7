import {html} from "htl";
import {photoComparison} from "../../components/results/photo-comparison.js";
import {cropPictures} from "../../lab/datasets/compared-pictures.js";
import type {PageShell} from "../../lab/page-shell.js";
import {namesSwitch} from "../../lab/names-choice.js";
import type {NamesStore} from "../../lab/names-choice.js";
import {namesOnViews} from "../../lab/region-names.js";
import type {Augmentation} from "../../train/augment.js";
import type {TrainingCrops} from "../../worker/training-crops.js";
import type {TrainingChoice} from "../../worker/training-messages.js";

export interface CropsView {
  readonly element: HTMLElement;
  /** What a training would be told now; null where none can begin. */
  offer(choice: TrainingChoice | null): void;
}

/** What a step learns from: crops of the reader's own photos, as chance changes them; another step has others. */
export function cropsView(shell: PageShell, store: NamesStore): CropsView {
  let offered: TrainingChoice | null = null;
  let step = 0;
  const name = namesOnViews(store);
  const place = html`<div class="train-crops"></div>` as HTMLElement;
  const others = html`<button type="button" onclick=${() => look(step + 1)}>Those of the next step</button>` as HTMLElement;
  const element = html`<details class="more" hidden ontoggle=${() => look(step)}><summary>What a step learns from</summary>
    <p class="hint">Each crop is a photo scaled, mirrored and coloured by chance, and its labels with it. What is grey lies outside of the photo, and counts nothing.</p>
    ${place}<div class="train-actions">${others}${namesSwitch(store)}</div></details>` as HTMLDetailsElement;
  const {start, drop} = shell.computation<{readonly choice: TrainingChoice; readonly of: number}, TrainingCrops>({
    part: "crops",
    work: ({choice, of, engine}) => engine.train("crops", {choice, step: of}),
    show({crops, ...look}) {
      const views = crops.map(({augmentation, ...crop}, index) => {
        const view = photoComparison({name: `Crop ${index + 1}: ${crop.id}`, facts: inWords(augmentation)});
        view.show(cropPictures(crop, look));
        return view;
      });
      name(views);
      place.replaceChildren(...views);
    }
  });

  function look(at: number): void {
    step = at;
    if (offered && element.open) void start({choice: offered, of: step});
  }

  return {
    element,
    offer(choice) {
      offered = choice;
      element.hidden = choice === null;
      if (choice) look(step);
      else drop();
    }
  };
}

/** What became of a photo. */
export function inWords({scale, flip, brightness, contrast, saturation}: Augmentation): string {
  const share = (factor: number) => `${factor < 1 ? "−" : "+"}${Math.round(100 * Math.abs(factor - 1))} %`;
  const colours = {brightness: 1 + brightness, contrast, saturation};
  return [
    `scaled by ${scale.toFixed(2)}`,
    ...(flip ? ["mirrored"] : []),
    ...Object.entries(colours).flatMap(([name, factor]) => (factor === 1 ? [] : [`${name} ${share(factor)}`]))
  ].join(", ");
}
