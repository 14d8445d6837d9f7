import {html} from "htl";
import {choiceField, nextId, selectField, sliderField, switchField} from "../fields/fields.js";

/** What the reader can set, as data. A choice is told by its place in the list. */
export type ReaderInput =
  | {
      readonly type: "range";
      readonly label: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly value: number;
    }
  | {readonly type: "select" | "radio"; readonly label: string; readonly options: readonly string[]; readonly value: number}
  | {readonly type: "toggle"; readonly label: string; readonly value: boolean}
  | {readonly type: "text"; readonly label: string; readonly value: string};

/** Draws it with the site's own fields. */
export function readerInput(input: ReaderInput, onSet: (value: number | boolean | string) => void): HTMLElement {
  switch (input.type) {
    case "range": {
      const {label, min, max, step, value} = input;
      // The field counts in whole steps.
      const valueAt = (steps: number) => Math.min(max, Number((min + steps * step).toPrecision(12)));
      return sliderField({
        label: label || "Value",
        min: 0,
        max: Math.ceil((max - min) / step - 1e-9),
        value: Math.round((value - min) / step),
        unit: "",
        text: (steps) => String(valueAt(steps)),
        onInput: (steps) => onSet(valueAt(steps))
      });
    }
    case "select":
    case "radio": {
      const {type, label, options, value} = input;
      const choices = options.map((option, index) => ({value: String(index), label: option}));
      const field = type === "select" ? selectField : choiceField;
      return field({label: label || "Choice", choices, value: String(value), onChange: (chosen) => onSet(Number(chosen))});
    }
    case "toggle":
      return switchField({label: input.label || "On", value: input.value, onChange: onSet});
    case "text": {
      const id = nextId("text");
      const box = html`<input id=${id} type="text" oninput=${() => onSet(box.value)} />` as HTMLInputElement;
      box.value = input.value;
      return html`<div class="field"><label class="field-name" for=${id}>${input.label || "Text"}</label>${box}</div>` as HTMLElement;
    }
  }
}
