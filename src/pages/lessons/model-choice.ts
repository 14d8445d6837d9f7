import {html} from "htl";
import type {ListedModel} from "../../lab/model-list.js";

/** What a lesson whose state names a model has. */
interface PageWithModel {
  select(name: "model", label: string, names: Readonly<Record<string, string>>): HTMLElement;
  follow(names: readonly ["model"], show: (state: {readonly model: string}) => void): void;
}

/** The choice of a lesson's model, and what is to be known of the chosen one. */
export function modelChoice(
  page: PageWithModel,
  models: readonly ListedModel[]
): {readonly field: HTMLElement; readonly lacks: HTMLElement} {
  const lacks = html`<p class="hint wide"></p>`;
  page.follow(["model"], ({model}) => {
    lacks.textContent = models.find(({id}) => id === model)?.lacks ?? "";
  });
  return {field: page.select("model", "Model", Object.fromEntries(models.map(({id, title}) => [id, title]))), lacks};
}
