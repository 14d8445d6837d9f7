import {html} from "htl";
import {selectField, sliderField} from "../../components/fields/fields.js";
import type {Network} from "../../engine/network.js";
import {PRECISIONS} from "../../engine/precision.js";
import {averagingFields} from "../../lab/averaging-fields.js";
import {averagingOf} from "../../lab/averaging.js";
import type {ListedModel} from "../../lab/model-list.js";
import {namesSwitch} from "../../lab/names-choice.js";
import {networkFields} from "../../lab/network-fields.js";
import {explainRates, ratesField} from "../../lab/rates-field.js";
import type {StateOf, Store} from "../../lab/state.js";
import {VIEWS} from "../../media/compose.js";
import type {Capabilities} from "../../worker/protocol.js";
import {PRECISION_NAMES} from "./run-report.js";
import {crfControls} from "./crf-controls.js";
import {INPUT_SIZES} from "../../lab/network-parameters.js";
import type {WorkbenchTable} from "./state.js";

const VIEW_NAMES: Readonly<Record<(typeof VIEWS)[number], string>> = {
  overlay: "Overlay",
  "side-by-side": "Side by side",
  mask: "Mask only",
  compare: "Compare"
};

export interface WorkbenchControls {
  readonly element: HTMLElement;
  /** Offers the backends that were found. */
  offer(capabilities: Capabilities): void;
  /** Says what rates the network has. */
  explain(network: Network): void;
}

/** How the network runs and how its result is shown. */
export function workbenchControls(options: {
  readonly models: readonly ListedModel[];
  readonly table: WorkbenchTable;
  readonly store: Store<WorkbenchTable>;
  onReset(): void;
}): WorkbenchControls {
  const {models, table, store, onReset} = options;
  const {get, set} = store;
  const network = networkFields({
    models,
    sizes: INPUT_SIZES,
    sizeHint: "Long side of the photo as the network gets it.",
    choice: get(),
    onChange: set
  });
  const rates = ratesField({label: "Atrous rates", value: get().rates, parameter: table.rates, onChange: (chosen) => set({rates: chosen})});
  const precision = selectField({
    label: "Precision",
    choices: PRECISIONS.map((value) => ({value, label: PRECISION_NAMES[value]})),
    value: get().precision,
    hint: "What the weights are rounded to before the run; it computes with 32-bit floats in any case.",
    onChange: (value) => set({precision: table.precision.parse(value)!})
  });
  const passes = averagingFields({state: get(), onChange: set});
  const {rates: chosen, precision: rounding} = get();
  const isOpen = chosen.length > 0 || rounding !== table.precision.initial || averagingOf(get()) !== undefined;
  const more = html`<details class="more" open=${isOpen}><summary>More</summary>
    ${rates}${precision}${passes.elements}
  </details>`;
  const crf = crfControls(table, store);
  const view = selectField({
    label: "View",
    choices: VIEWS.map((value) => ({value, label: VIEW_NAMES[value]})),
    value: get().view,
    onChange: (value) => set({view: table.view.parse(value)!})
  });
  const opacity = sliderField({
    label: "Overlay opacity",
    min: 0,
    max: 100,
    value: get().opacity,
    unit: "%",
    onInput: (value) => set({opacity: value})
  });
  store.listen((state: StateOf<WorkbenchTable>) => {
    network.show(state);
    rates.show(state.rates);
    precision.show(state.precision);
    passes.show(state);
    view.show(state.view);
    opacity.show(state.opacity);
  });
  return {
    element: html`<section class="panel controls" aria-label="Controls">
            ${network.elements}
            ${view}${opacity}${namesSwitch(store)}${more}${crf}
            <button type="button" class="reset" onclick=${onReset}>Reset controls</button>
          </section>`,
    offer: (capabilities) => network.offer(capabilities, get()),
    explain: (described) => explainRates(rates, described)
  };
}
