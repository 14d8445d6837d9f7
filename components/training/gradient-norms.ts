import {html} from "htl";

export interface LayerNorm {
  readonly name: string;
  /** Length of the gradient of its weights. */
  readonly norm: number;
}

export interface GradientNorms extends HTMLElement {
  /** @param layers in the order in which they run */
  update(layers: readonly LayerNorm[]): void;
}

/** Powers of ten from the left edge to the longest bar: lengths of gradients lie far apart. */
const DECADES = 4;

/** The lengths of gradients, a bar a layer, by powers of ten. */
export function gradientNorms({label}: {readonly label: string}): GradientNorms {
  const list = html`<ul class="gradient-norms" aria-label=${label}></ul>` as HTMLElement as GradientNorms;
  list.update = (layers) => {
    const longest = Math.max(...layers.map(({norm}) => norm));
    list.replaceChildren(
      ...layers.map(({name, norm}) => {
        const share = norm > 0 ? Math.max(0, 1 + Math.log10(norm / longest) / DECADES) : 0;
        return html`<li><span class="gradient-name">${name}</span>
          <span class="bar" style=${`--share:${share.toFixed(4)};--colour:var(--concept-kernel)`}></span>
          <span class="gradient-value">${norm.toPrecision(2)}</span></li>` as Node;
      })
    );
  };
  return list;
}
