import {convolutionOf} from "../../../engine/steps/convolution.js";
import {html} from "htl";
import {SOURCES} from "../../../data/sources.js";
import {STATED_AT, VERSIONS} from "../../../engine/teaching/lineage.js";
import type {Version} from "../../../engine/teaching/lineage.js";
import {cost} from "../../../engine/cost.js";
import type {Network} from "../../../engine/network.js";
import {plan} from "../../../engine/plan.js";
import type {Plan} from "../../../engine/plan.js";
import {receptiveField} from "../../../engine/receptive-field.js";
import type {ListedModel} from "../../../lab/model-list.js";
import {partsOf} from "../../../lab/network-parts.js";
import {field, operations, whole} from "../../../lab/quantities.js";
import {OWN, shownNetwork} from "./state.js";
import type {NetworkState} from "./state.js";

/** What a paper added, and what of it this page does not show. */
const ADDED: Readonly<
  Record<
    Version,
    {
      readonly source: {readonly title: string; readonly where: string; readonly url: string};
      readonly added: string;
      readonly differs: string;
    }
  >
> = {
  v1: {
    source: SOURCES.v1,
    added:
      "Atrous convolution, so that a classifier keeps its resolution: one 3 × 3 convolution with a large field of view and 1024 filters, then a 1 × 1. A fully connected CRF outside the network sharpens the edges.",
    differs: "The paper's backbone was VGG-16. The CRF is not part of the diagram; it runs in the last figure of this page."
  },
  v2: {
    source: SOURCES.v2,
    added:
      "Atrous spatial pyramid pooling: four rates in parallel, for objects of several sizes. ResNet-101 joins VGG-16 as the backbone. The CRF stays.",
    differs:
      "In the paper each branch has its own 1 × 1 and class scores, and the scores are added. Here the branches are concatenated and one projection, with as many weights as those four 1 × 1, mixes them. The CRF runs in the last figure of this page."
  },
  v3: {
    source: SOURCES.v3,
    added:
      "A 1 × 1 branch and image-level features join ASPP, because large rates lose their taps at the border; batch normalisation throughout; multi-grid rates in the backbone's last block. No CRF any more.",
    differs: "The paper's backbone was a ResNet. Multi-grid is left out here: it belongs to a ResNet's blocks."
  },
  "v3+": {
    source: SOURCES.v3plus,
    added:
      "A decoder: low-level features at stride 4, reduced to 48 channels, join the upsampled result, and two 3 × 3 convolutions refine the edges. Depthwise separable convolution in ASPP and decoder.",
    differs: "The paper's backbone was a modified Aligned Xception (and ResNet-101)."
  }
};

/** Rates of the atrous branches as they run, e.g. "6, 12, 18"; "none" where there are none. */
function branchRates({branches}: Plan): string {
  const rates = branches.filter(({kind}) => kind === "atrous").map(({rate}) => rate);
  return rates.length > 0 ? rates.join(", ") : "none";
}

/** What stands under the choice of a version. */
export function versionNote(): HTMLElement & {update(state: NetworkState, plan: Plan, model: ListedModel): void} {
  const note = html`<div class="version-note" role="group" aria-label="About this version"></div>` as HTMLElement & {
    update(state: NetworkState, plan: Plan, model: ListedModel): void;
  };
  note.update = ({version, outputStride}, plan, {title, lacks}) => {
    if (version === OWN) {
      note.replaceChildren(
        html`<p>${title}, as its file describes it.${lacks && ` ${lacks}`} Choose a version to put a paper's head on the same backbone.</p>`
      );
      return;
    }
    const {source, added, differs} = ADDED[version];
    const statedAt = STATED_AT[version];
    const elsewhere =
      statedAt === outputStride ? "" : `; the paper states them at ${statedAt}, and they scale with 16 / output stride here`;
    note.replaceChildren(
      html`<p><strong>${version}</strong> · <a href=${source.url}>${source.title}</a>, ${source.where}</p>`,
      html`<p>${added}</p>`,
      html`<p class="quiet">Atrous rates at output stride ${outputStride}: ${branchRates(plan)}${elsewhere}. ${differs}</p>`
    );
  };
  return note;
}

/** The four papers' heads and the model's own side by side, on one backbone. */
export function versionTable(): HTMLElement & {update(own: Network, state: NetworkState): void} {
  const body = html`<tbody></tbody>`;
  const table = html`<div class="scroll version-table" tabindex="0" role="group" aria-label="The papers' heads on this backbone"><table>
    <thead><tr><th scope="col">Version</th><th scope="col">Atrous rates</th><th scope="col">Image pooling</th><th scope="col">Decoder</th><th scope="col" class="number">Layers</th><th scope="col" class="number">Parameters</th><th scope="col" class="number">Multiply-adds</th><th scope="col" class="number">Largest reach of a branch</th></tr></thead>${body}
  </table></div>` as HTMLElement & {update(own: Network, state: NetworkState): void};
  table.update = (own, {outputStride, inputSize}) => {
    body.replaceChildren(
      ...[...VERSIONS, OWN].map((version) => {
        const network = shownNetwork(own, version as NetworkState["version"]);
        const made = plan(network, {height: inputSize, width: inputSize, outputStride});
        const {parameters, multiplyAdds} = cost(made);
        return html`<tr><th scope="row">${version === OWN ? "this model" : version}</th><td>${branchRates(made)}</td>
          <td>${made.branches.some(({kind}) => kind === "image_pooling") ? "yes" : "no"}</td><td>${made.skips.length > 0 ? "yes" : "no"}</td>
          <td class="number">${made.steps.length - 1}</td><td class="number">${whole(parameters)}</td><td class="number">${operations(multiplyAdds)}</td><td class="number">${field(convolutionalReach(made))}</td></tr>`;
      })
    );
  };
  return table;
}

/** The widest receptive field of ASPP's convolutions: image pooling, which sees everything, aside. */
function convolutionalReach(plan: Plan): number {
  const {steps} = plan;
  const part = partsOf(plan);
  const reaches = steps
    .filter((step) => part(step.name) === "aspp" && convolutionOf(step))
    .map(({name}) => receptiveField(steps, name).extent);
  return Math.max(...reaches.filter(Number.isFinite));
}
