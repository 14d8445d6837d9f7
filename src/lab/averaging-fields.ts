import {selectField, switchField} from "../components/fields/fields.js";
import {AVERAGING_PARAMETERS, SCALE_CHOICES} from "./averaging.js";
import type {AveragingState} from "./averaging.js";

export interface AveragingFields {
  readonly elements: readonly HTMLElement[];
  show(state: AveragingState): void;
}

/** Scales, and whether the mirrored photo is averaged in. */
export function averagingFields({
  state,
  onChange
}: {
  readonly state: AveragingState;
  onChange(change: Partial<AveragingState>): void;
}): AveragingFields {
  const scales = selectField({
    label: "Scales",
    choices: SCALE_CHOICES.map((value) => ({value, label: value === "1" ? "1: a single pass" : value.replaceAll(",", ", ")})),
    value: state.scales,
    hint: "The mask is that of the mean probabilities of a pass at the input size times each of these.",
    onChange: (value) => onChange({scales: AVERAGING_PARAMETERS.scales.parse(value)!})
  });
  const flip = switchField({label: "Mirrored photo averaged in", value: state.flip, onChange: (value) => onChange({flip: value})});
  return {
    elements: [scales, flip],
    show(now) {
      scales.show(now.scales);
      flip.show(now.flip);
    }
  };
}
