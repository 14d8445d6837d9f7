import {html} from "htl";
import {points} from "../classes/class-changes.js";
import {figureBlock} from "../page/figure-block.js";
import {howMeasured} from "./ablation-figure.js";
import type {Ablations} from "./ablation-figure.js";

/** A model's figures with rounded weights, and what it is called. */
export interface RoundedModel {
  readonly title: string;
  /** What `npm run evaluate -- --quantise --json` prints. */
  readonly measured: Ablations;
}

/**
 * A figure: what rounding the weights costs several models, a column each.
 *
 * @param options.formats what the runs' names mean, in the order of the rows
 */
export function roundingFigure({
  title,
  models,
  formats
}: {
  readonly title: string;
  readonly models: readonly RoundedModel[];
  readonly formats: Readonly<Record<string, string>>;
}): HTMLElement {
  const cellOf = ({measured: {runs}}: RoundedModel, name: string) => {
    const whole = runs[0]!;
    const run = runs.find((each) => each.name === name);
    if (!run) return html`<td class="number">–</td>`;
    return html`<td class="number">${percent(run.meanIoU)}${run === whole ? "" : ` (${points(run.meanIoU - whole.meanIoU)})`}</td>`;
  };
  const {measured} = models[0]!;
  return figureBlock({
    title,
    body: html`<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table>
      <thead><tr><th scope="col">Weights</th>${models.map((model) => html`<th scope="col" class="number">${model.title}</th>`)}</tr></thead>
      <tbody>${Object.entries(formats).map(
        ([name, words]) => html`<tr><th scope="row">${words}</th>${models.map((model) => cellOf(model, name))}</tr>`
      )}</tbody>
    </table></div>` as HTMLElement,
    caption: html`<span>${howMeasured(measured, {with: "--quantise", what: `mIoU on ${measured.images} labelled photos, and in brackets what rounding adds or takes, in points`})} Biases and what flows between the layers were not rounded.</span>`
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
