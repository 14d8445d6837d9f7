import {html} from "htl";
import {choiceField, selectField, switchField} from "../../components/fields/fields.js";
import {losesDecoder, takesDecoder} from "../../engine/heads.js";
import type {Network} from "../../engine/network.js";
import type {ListedModel} from "../../lab/model-list.js";
import {networkFields} from "../../lab/network-fields.js";
import {whole} from "../../lab/quantities.js";
import {explainRates, ratesField} from "../../lab/rates-field.js";
import type {Store} from "../../lab/state.js";
import type {Capabilities} from "../../worker/protocol.js";
import {usualRate} from "./settings.js";
import {CROPS} from "./state.js";
import type {TrainState, TrainTable} from "./state.js";

const FROZEN: Readonly<Record<TrainState["frozen"], string>> = {
  backbone: "the head",
  logits: "the last layer alone",
  nothing: "all layers"
};
const OPTIMISERS: Readonly<Record<TrainState["optimiser"], string>> = {adamw: "AdamW", adam: "Adam", sgd: "SGD with momentum"};

/** Settings that stand folded away. */
const ADVANCED = [
  ...(["backend", "outputStride", "inputSize", "rates", "decoder", "batch", "optimiser", "rate", "scaling", "flip", "colour"] as const),
  ...(["balance", "seed"] as const)
] satisfies readonly (keyof TrainState)[];

export interface TrainControls {
  readonly element: HTMLElement;
  /** Offers the backends that were found. */
  offer(capabilities: Capabilities): void;
  /** Says of the starting model what can be chosen. */
  explain(network: Network): void;
  /** Whether they can be used: what a training was told does not change while it goes on. */
  lock(isLocked: boolean): void;
}

/** What learns, how long, and, folded away, how. */
export function trainControls({
  models,
  table,
  store
}: {
  readonly models: readonly ListedModel[];
  readonly table: TrainTable;
  readonly store: Store<TrainTable>;
}): TrainControls {
  const {get, set} = store;
  const network = networkFields({
    models,
    sizes: CROPS,
    sizeName: "Crop",
    sizeHint: "Side of the square that is cut from a photo for each step.",
    choice: get(),
    onChange: set
  });
  const [model, note, backend, pair] = network.elements;
  const frozen = choiceField({
    label: "Layers that learn",
    choices: table.frozen.choices.map((value) => ({value, label: FROZEN[value]})),
    value: get().frozen,
    onChange(value) {
      const chosen = table.frozen.parse(value)!;
      set({frozen: chosen, rate: usualRate({...get(), frozen: chosen})});
    }
  });

  /** A list of the values that an entry of the table may have. */
  function choiceOf<Name extends "steps" | "batch" | "optimiser" | "rate" | "colour">(
    name: Name,
    label: string,
    text: (value: TrainState[Name]) => string,
    {hint, also}: {readonly hint?: string; also?(value: TrainState[Name]): Partial<TrainState>} = {}
  ) {
    const parameter = table[name];
    return selectField({
      label,
      choices: parameter.choices.map((value) => ({value: String(value), label: text(value as TrainState[Name])})),
      value: String(get()[name]),
      ...(hint === undefined ? {} : {hint}),
      onChange(text) {
        const value = parameter.parse(text)! as TrainState[Name];
        set({[name]: value, ...also?.(value)} as Partial<TrainState>);
      }
    });
  }
  const lists = {
    steps: choiceOf("steps", "Steps", whole, {hint: "Each step learns from one batch of crops."}),
    batch: choiceOf("batch", "Crops a step", String),
    optimiser: choiceOf("optimiser", "Optimiser", (value) => OPTIMISERS[value], {
      also: (optimiser) => ({rate: usualRate({...get(), optimiser})})
    }),
    rate: choiceOf("rate", "Learning rate", String, {
      hint: "At its highest: it rises over the first steps, then falls to nothing at the last."
    }),
    colour: choiceOf("colour", "Change colours", (value) => (value === 0 ? "not at all" : `by up to ${value} %`))
  };
  const onOff = (name: "scaling" | "flip" | "balance", label: string) =>
    switchField({label, value: get()[name], onChange: (value) => set({[name]: value})});
  const switches = {
    scaling: onOff("scaling", "Scale crops by 0.5 to 2"),
    flip: onOff("flip", "Mirror half of the crops"),
    balance: onOff("balance", "Let rare classes count more")
  };
  /** Of the starting model; null until it is known. */
  let described: Network | null = null;
  const hasOwnDecoder = () => described !== null && described.head.decoder.length > 0;
  const decoder = switchField({
    label: "Decoder",
    value: false,
    onChange: (isOn) => set({decoder: isOn === hasOwnDecoder() ? "own" : isOn ? "on" : "off"})
  });
  const showDecoder = ({decoder: chosen}: TrainState) => {
    decoder.show(chosen === "own" ? hasOwnDecoder() : chosen === "on");
    decoder.hidden = chosen === "own" && !(described && (takesDecoder(described) || losesDecoder(described)));
  };
  const rates = ratesField({label: "Atrous rates", value: get().rates, parameter: table.rates, onChange: (chosen) => set({rates: chosen})});
  const seed = html`<input type="number" min=${table.seed.min} max=${table.seed.max} onchange=${() => {
    const value = table.seed.parse(seed.value);
    if (value === undefined) seed.value = String(get().seed);
    else set({seed: value});
  }} />` as HTMLInputElement;
  const fields = html`<fieldset class="train-fields" aria-label="Model and settings">
    <div class="train-basics"><div>${model}${note}</div>${frozen}${lists.steps}</div>
    <details class="more" open=${ADVANCED.some((name) => String(get()[name]) !== String(table[name].initial))}><summary>More settings</summary>
      <div class="train-more">${backend}${pair}${lists.batch}${lists.optimiser}${lists.rate}${rates}${lists.colour}
        <label class="field"><span class="field-name">Seed of all that is drawn</span>${seed}</label>
        <div class="train-switches">${decoder}${Object.values(switches)}</div></div>
    </details>
  </fieldset>` as HTMLFieldSetElement;

  const show = (state: TrainState) => {
    network.show(state);
    frozen.show(state.frozen);
    rates.show(state.rates);
    showDecoder(state);
    seed.value = String(state.seed);
    for (const [name, list] of Object.entries(lists)) list.show(String(state[name as keyof typeof lists]));
    for (const [name, each] of Object.entries(switches)) each.show(state[name as keyof typeof switches]);
  };
  store.listen(show);
  show(get());
  return {
    element: fields,
    offer: (capabilities) => network.offer(capabilities, get()),
    explain(found) {
      described = found;
      explainRates(rates, found);
      showDecoder(get());
    },
    lock(isLocked) {
      fields.disabled = isLocked;
    }
  };
}
