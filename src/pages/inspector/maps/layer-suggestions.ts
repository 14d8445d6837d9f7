import {html} from "htl";
import {LOGITS} from "../../../engine/logits.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Plan} from "../../../engine/plan.js";

export interface LayerSuggestions extends HTMLElement {
  update(plan: Plan): void;
}

/** Where to begin, as buttons, while nothing is opened: end points that every network here has, found in its plan. */
export function layerSuggestions(open: (layer: string) => void): LayerSuggestions {
  const list = html`<ul class="suggestions"></ul>`;
  const element =
    html`<div><p class="look">No layer is open yet. Choose one from the list, or begin here:</p>${list}</div>` as LayerSuggestions;
  element.update = ({steps, features, encoded, skips}) => {
    const backbone = steps.slice(1, 1 + steps.findIndex(({name}) => name === features));
    const widest = backbone.reduce((a, b) => (b.channels > a.channels ? b : a));
    const suggested: readonly (readonly [layer: string | undefined, look: string])[] = [
      [steps.find(convolutionOf)?.name, "edges and colours, where they are in the photo"],
      [widest.name, `the widest layer of the backbone: ${widest.channels} channels on ${widest.height} × ${widest.width} cells`],
      [skips.at(-1)?.endPoint, "what the skip brings to the decoder: fine edges"],
      [encoded, "what the branches of ASPP agree on"],
      [LOGITS, "a map a class, before upsampling"]
    ];
    list.replaceChildren(
      ...suggested.flatMap(([layer, look]) =>
        layer
          ? [html`<li><button type="button" onclick=${() => open(layer)}>${layer}</button> <span class="quiet">${look}</span></li>` as Node]
          : []
      )
    );
  };
  return element;
}
