import {html} from "htl";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Plan} from "../../../engine/plan.js";
import {operation, shape} from "../../../lab/network-parts.js";
import {whole} from "../../../lab/quantities.js";

export interface LayerTable extends HTMLElement {
  update(plan: Plan): void;
}

/** Every layer as a row. It is filled when it is opened. */
export function layerTable(): LayerTable {
  const body = html`<tbody></tbody>`;
  let plan: Plan | null = null;
  const fill = () => {
    if (!plan || !details.open) return;
    body.replaceChildren(
      ...plan.steps.map((step) => {
        const has = convolutionOf(step);
        return html`<tr><th scope="row">${step.name}</th><td>${operation(step)}</td><td class="number">${has ? [...new Set(has.kernel)].join(" × ") : ""}</td><td class="number">${has ? has.stride : ""}</td>
          <td class="number">${has ? has.rate : ""}</td><td class="number">${shape(step)}</td><td class="number">${whole(step.parameters)}</td><td class="number">${whole(step.multiplyAdds)}</td></tr>`;
      })
    );
  };
  const details = html`<details class="layer-table" ontoggle=${fill}><summary>All layers as a table</summary>
    <div class="scroll" tabindex="0" role="group" aria-label="All layers"><table>
      <thead><tr><th scope="col">Name</th><th scope="col">Operation</th><th scope="col" class="number">Kernel</th><th scope="col" class="number">Stride</th><th scope="col" class="number">Rate</th><th scope="col" class="number">Shape</th><th scope="col" class="number">Parameters</th><th scope="col" class="number">Multiply-adds</th></tr></thead>${body}
    </table></div>
  </details>` as HTMLDetailsElement & LayerTable;
  details.update = (next) => {
    plan = next;
    fill();
  };
  return details;
}
