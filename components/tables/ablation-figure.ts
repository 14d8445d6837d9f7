import {html} from "htl";
import {points} from "../classes/class-changes.js";
import {figureBlock} from "../page/figure-block.js";

/** What `npm run evaluate -- --ablate --json` prints, as far as the table needs it. Shares are between 0 and 1. */
export interface Ablations {
  readonly model: string;
  readonly images: number;
  readonly inputSize: number | null;
  readonly outputStride: number;
  readonly runs: readonly AblationRow[];
}

export interface AblationRow {
  readonly name: string;
  readonly meanIoU: number;
  readonly losses: readonly {readonly name: string; readonly change: number}[];
  /** Where outlines were measured: mIoU by the width of the band along them, in pixels, and mean Boundary IoU. */
  readonly bands?: readonly {readonly width: number; readonly meanIoU: number}[];
  readonly boundaryIoU?: number;
}

/**
 * A figure: a trained network measured on labelled photos, and the same without some of its parts.
 *
 * @param options.names of the runs to show below the network as trained
 * @param options.explains whether the caption says what taking a part away means; by default it does
 * @param options.photos what it was measured on, in words that follow a number
 */
export function ablationFigure({
  title,
  ablations,
  names,
  explains = true,
  photos
}: {
  readonly title: string;
  readonly ablations: Ablations;
  readonly names: readonly string[];
  readonly explains?: boolean;
  readonly photos?: string;
}): HTMLElement {
  const {runs} = ablations;
  const whole = runs[0]!;
  const shown = [whole, ...runs.filter(({name}) => names.includes(name))];
  return figureBlock({
    title,
    body: html`<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table>
      <thead><tr><th scope="col">Network</th><th scope="col" class="number">mIoU</th><th scope="col" class="number">Change</th><th scope="col">Classes that lose most IoU</th></tr></thead>
      <tbody>${shown.map(
        (run) => html`<tr>
        <th scope="row">${run.name}</th>
        <td class="number">${(100 * run.meanIoU).toFixed(1)} %</td>
        <td class="number">${run === whole ? "" : points(run.meanIoU - whole.meanIoU)}</td>
        <td>${run.losses.map(({name, change}) => `${name} ${points(change)}`).join(", ")}</td>
      </tr>`
      )}</tbody>
    </table></div>` as HTMLElement,
    caption: measuredBeforehand(ablations, {with: "--ablate", explains, photos})
  });
}

/** What the caption says of the photos where nothing else is said, after their number. */
const PHOTOS = "labelled photos that it was not trained on";

/**
 * For captions: how the figures were measured, and what that means.
 *
 * @param options.with what `npm run evaluate` was asked for
 * @param options.explains whether it says what taking a part away means
 * @param options.photos what it was measured on, in words that follow a number
 */
export function measuredBeforehand(
  ablations: Ablations,
  {with: asked, explains, photos = PHOTOS}: {readonly with: string; readonly explains: boolean; readonly photos?: string | undefined}
): Node {
  const how = howMeasured(ablations, {with: asked, what: `${ablations.model} on ${ablations.images} ${photos}`});
  return html`<span>${how}${explains ? " The weights were trained with every part; a network trained without one would lose less." : ""}</span>` as Node;
}

/** For captions: how the figures were measured. @param options.what model and photos */
export function howMeasured(
  {inputSize, outputStride}: Pick<Ablations, "inputSize" | "outputStride">,
  {with: asked, what}: {readonly with: string; readonly what: string}
): Node {
  return html`<span>${what}, input ${inputSize ?? "native"}, output stride ${outputStride}, measured beforehand (<code>npm run evaluate -- ${asked}</code>).</span>` as Node;
}
