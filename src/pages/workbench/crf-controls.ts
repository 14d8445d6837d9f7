import {html} from "htl";
import {selectField, sliderField} from "../../components/fields/fields.js";
import {follow} from "../../lab/state.js";
import type {Store} from "../../lab/state.js";
import type {WorkbenchTable} from "./state.js";

const NAMES: Readonly<Record<WorkbenchTable["crf"]["initial"], string>> = {
  off: "none",
  logits: "on the logits' cells",
  photo: "on the photo's pixels"
};

/** Whether a fully connected CRF follows the network, and how far it looks. */
export function crfControls(table: WorkbenchTable, store: Store<WorkbenchTable>): HTMLElement {
  const {get, set} = store;
  const grid = selectField({
    label: "CRF after the network",
    choices: table.crf.choices.map((value) => ({value, label: NAMES[value]})),
    value: get().crf,
    hint: "A fully connected CRF, as DeepLab v1 and v2 had: fine on the photo's pixels, faster on the logits' cells.",
    onChange: (value) => set({crf: table.crf.parse(value)!})
  });
  const slider = (name: "crfIterations" | "crfPosition" | "crfColour", label: string, unit: string) => {
    const {min, max} = table[name];
    return {name, field: sliderField({label, min, max, value: get()[name], unit, onInput: (value) => set({[name]: value})})};
  };
  const sliders = [
    slider("crfIterations", "CRF iterations", ""),
    slider("crfPosition", "Bilateral width", "px of 500"),
    slider("crfColour", "Bilateral colour width", "of 255")
  ];
  const all = html`<div class="crf-sliders" hidden>${sliders.map(({field}) => field)}
    <p class="hint">Pixels near by with like colours tend to one class. Widths are standard deviations; a photo's long side counts as 500 pixels. Many photos at once are saved without the CRF.</p>
  </div>` as HTMLElement;
  const element =
    html`<details class="more" open=${get().crf !== table.crf.initial}><summary>CRF</summary>${grid}${all}</details>` as HTMLElement;
  follow(store, ["crf", "crfIterations", "crfPosition", "crfColour"], (state) => {
    grid.show(state.crf);
    for (const {name, field} of sliders) field.show(state[name]);
    all.hidden = state.crf === "off";
  });
  return element;
}
