import {numbersField} from "../components/fields/numbers-field.js";
import type {NumbersField} from "../components/fields/numbers-field.js";
import {ownRates} from "../engine/plan.js";
import type {Network} from "../engine/network.js";
import {LARGEST_RATE} from "./network-parameters.js";
import type {Parameter} from "./state.js";

/** The field of a list of atrous rates. @param options.parameter its entry in the state table */
export function ratesField({
  label,
  value,
  parameter,
  onChange
}: {
  readonly label: string;
  readonly value: readonly number[];
  readonly parameter: Parameter<readonly number[]>;
  onChange(rates: readonly number[]): void;
}): NumbersField {
  const wrong = `Write three whole numbers from 1 to ${LARGEST_RATE}, as 6, 12, 18, or nothing for the network's own rates.`;
  return numbersField({label, value, wrong, parse: parameter.parse, onChange});
}

/**
 * Says of a network what rates it has, and where it has none that could be changed.
 *
 * @param empty what holds while the field is empty; the network's own by default
 */
export function explainRates(field: NumbersField, network: Network, empty?: string): void {
  const own = ownRates(network);
  const fits = own.length === 3;
  field.explain(
    fits
      ? `Of ASPP's three branches at output stride 16; its own: ${own.join(", ")}.`
      : "This network has no three atrous branches whose rates could be changed.",
    fits ? (empty ?? own.join(", ")) : null
  );
}
