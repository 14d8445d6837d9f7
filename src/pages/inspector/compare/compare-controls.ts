import {selectField} from "../../../components/fields/fields.js";
import type {Choice, SelectField} from "../../../components/fields/fields.js";
import {OUTPUT_STRIDES} from "../../../engine/plan.js";
import {PRECISIONS} from "../../../engine/precision.js";
import type {Network} from "../../../engine/network.js";
import type {Capabilities} from "../../../worker/protocol.js";
import {backendChoices} from "../../../lab/backend-choices.js";
import {explainRates, ratesField} from "../../../lab/rates-field.js";
import {PRECISION_NAMES} from "../../workbench/run-report.js";
import {INPUT_SIZES} from "../../../lab/network-parameters.js";
import type {OTHER_NAMES} from "./compare-state.js";
import {AS_A, compareTable} from "./compare-state.js";
import type {Inspection} from "../inspection.js";

export interface CompareControls {
  readonly elements: readonly HTMLElement[];
  /** Offers the backends that were found. */
  offer(capabilities: Capabilities): void;
  /** Says what rates B's network has. */
  explain(network: Network): void;
}

/** The settings of run B, each "as A" until it is chosen. */
export function compareControls({store, models, follow}: Pick<Inspection, "store" | "models" | "follow">): CompareControls {
  const table = compareTable(
    models.map(({id}) => id),
    INPUT_SIZES
  );
  const asA: Choice = {value: AS_A, label: "as A"};
  type Name = Exclude<(typeof OTHER_NAMES)[number], "otherRates">;
  const select = (name: Name, label: string, choices: readonly Choice[], hint?: string): SelectField => {
    const value = () => String(store.get()[name]);
    const field = selectField({
      label,
      choices: [asA, ...choices],
      value: value(),
      ...(hint && {hint}),
      onChange: (chosen) => store.set({[name]: table[name].parse(chosen)!})
    });
    follow([name], () => field.show(value()));
    return field;
  };
  const model = select(
    "otherModel",
    "Other network",
    models.map(({id, title}) => ({value: id, label: title}))
  );
  const stride = select(
    "otherStride",
    "Other stride",
    OUTPUT_STRIDES.map((value) => ({value: String(value), label: String(value)})),
    "Input size / feature size, with the same weights."
  );
  const size = select(
    "otherSize",
    "Other size",
    INPUT_SIZES.map((value) => ({value, label: value === "native" ? "as is" : `${value} px`})),
    "Long side of the photo as B gets it."
  );
  const backend = select("otherBackend", "Runs on", []);
  const precision = select(
    "otherPrecision",
    "Weights as",
    PRECISIONS.map((value) => ({value, label: PRECISION_NAMES[value]})),
    "What B's weights are rounded to; it computes with 32-bit floats in any case."
  );
  const rates = ratesField({
    label: "Other rates",
    value: store.get().otherRates,
    parameter: table.otherRates,
    onChange: (otherRates) => store.set({otherRates})
  });
  follow(["otherRates"], (state) => rates.show(state.otherRates));

  return {
    elements: [model, stride, size, backend, precision, rates],
    offer: (capabilities) =>
      backend.offer([asA, ...backendChoices(capabilities).filter(({value}) => value !== "auto")], store.get().otherBackend),
    explain: (network) => explainRates(rates, network, asA.label)
  };
}
