import {html} from "htl";
import type {Plan} from "../../../engine/plan.js";

export interface LayerSuggestions extends HTMLElement {
  update(plan: Plan): void;
}

/** Where to begin, as buttons, while nothing is opened: end points that every network here has, found in its plan. */
export function layerSuggestions(open: (layer: string) => void): LayerSuggestions {
  const list = html`<ul class="suggestions"></ul>` as HTMLElement;
  const element =
    html`<div><p class="look">The network is closed. Open it at an end point of the list, or begin here:</p>${list}</div>` as HTMLElement as LayerSuggestions;
  element.update = ({steps, network}) => {
    const widest = steps.filter(({name}) => name.startsWith("backbone/")).reduce((a, b) => (b.channels > a.channels ? b : a));
    const suggested: readonly (readonly [layer: string | undefined, look: string])[] = [
      [steps.find(({kernelSize}) => kernelSize > 0)?.name, "edges and colours, where they are in the photo"],
      [widest.name, `the widest layer of the backbone: ${widest.channels} channels on ${widest.height} × ${widest.width} cells`],
      [network.decoder ? "decoder/low_level" : undefined, "what the skip brings to the decoder: fine edges"],
      ["aspp/projection", "what the branches of ASPP agree on"],
      ["logits", "a map a class, before upsampling"]
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
