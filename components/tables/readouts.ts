import {html} from "htl";
import {typeset} from "../page/typeset.js";

export interface Readouts extends HTMLElement {
  /** Values as text with their unit, by name; those not named stay. */
  update(values: Readonly<Record<string, string>>): void;
}

/**
 * A row of computed values, each readable by its name.
 *
 * @param shown what stands over a value of this name, where the place says the rest
 */
export function readouts(names: readonly string[], shown: (name: string) => string | Node = typeset): Readouts {
  const values = new Map(
    names.map((name) => [name, html`<span class="readout-value" role="group" aria-label=${name}>–</span>` as HTMLElement])
  );
  const row = html`<div class="readouts">${names.map(
    (name) => html`<div class="readout"><span class="readout-name" aria-hidden="true">${shown(name)}</span>${values.get(name)}</div>`
  )}</div>` as Readouts;
  row.update = (texts) => {
    for (const [name, text] of Object.entries(texts)) {
      const value = values.get(name);
      if (!value) throw new RangeError(`There is no value named "${name}" here.`);
      if (value.textContent !== text) value.textContent = text;
    }
  };
  return row;
}
