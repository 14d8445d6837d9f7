import {html} from "htl";
import {selectField} from "../../components/fields/fields.js";
import {averagingFields} from "../../lab/averaging-fields.js";
import type {ListedModel} from "../../lab/model-list.js";
import {networkFields} from "../../lab/network-fields.js";
import {INPUT_SIZES} from "../../lab/network-parameters.js";
import type {Store} from "../../lab/state.js";
import type {Capabilities} from "../../worker/protocol.js";
import type {EvaluateTable} from "./state.js";

/** How the network is run on each photo. */
export function evaluateControls({
  models,
  table,
  store
}: {
  readonly models: readonly ListedModel[];
  readonly table: EvaluateTable;
  readonly store: Store<EvaluateTable>;
}): {readonly element: HTMLElement; offer(capabilities: Capabilities): void} {
  const {get, set} = store;
  const network = networkFields({
    models,
    sizes: INPUT_SIZES,
    sizeHint: "Long side of each photo as the network gets it.",
    choice: get(),
    onChange: set
  });
  const padding = selectField({
    label: "Padding",
    choices: [
      {value: "square", label: "to a square"},
      {value: "tight", label: "as little as fits"}
    ],
    value: get().padding,
    hint: "The release was evaluated on squares, and so measures the command; the other pages pad as little as fits.",
    onChange: (value) => set({padding: table.padding.parse(value)!})
  });
  const passes = averagingFields({state: get(), onChange: set});
  store.listen((state) => {
    network.show(state);
    padding.show(state.padding);
    passes.show(state);
  });
  return {
    element:
      html`<section class="evaluate-controls" aria-label="Model and setting">${network.elements}${padding}${passes.elements}</section>` as HTMLElement,
    offer: (capabilities) => network.offer(capabilities, get())
  };
}
