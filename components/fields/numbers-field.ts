import {html} from "htl";
import {nextId} from "./fields.js";

export interface NumbersField extends HTMLElement {
  /** Shows a list without calling `onChange`. */
  show(numbers: readonly number[]): void;
  /** Says what the list means here and, in the empty field, what holds while it is empty; null for a field that cannot be used. */
  explain(note: string, empty: string | null): void;
}

/**
 * A labelled list of numbers, written with commas or spaces; empty for the ones that hold by themselves.
 *
 * @param options.parse the list that a text with commas stands for; undefined where it stands for none
 * @param options.wrong what is said then: what is wrong and what to write
 */
export function numbersField(options: {
  readonly label: string;
  readonly value: readonly number[];
  readonly wrong: string;
  parse(text: string): readonly number[] | undefined;
  onChange(numbers: readonly number[]): void;
}): NumbersField {
  const {label, value, wrong, parse, onChange} = options;
  const noteId = nextId("note");
  const input = html`<input type="text" autocomplete="off" aria-describedby=${noteId} onchange=${() => read()} />` as HTMLInputElement;
  const words = html`<span class="hint" id=${noteId}></span>` as HTMLElement;
  const field = html`<div class="field"><label><span class="field-name">${label}</span>${input}</label>${words}</div>` as NumbersField;
  let note = "";
  const say = (isWrong: boolean) => {
    input.setAttribute("aria-invalid", String(isWrong));
    words.textContent = isWrong ? wrong : note;
  };
  function read(): void {
    const written = input.value.trim().replace(/[\s,;]+/g, ",");
    const list = written === "" ? [] : parse(written);
    say(!list);
    if (list) onChange(list);
  }
  field.show = (numbers) => {
    // What is being written stays.
    if (document.activeElement === input) return;
    input.value = numbers.join(", ");
    say(false);
  };
  field.explain = (text, empty) => {
    note = text;
    input.placeholder = empty ?? "";
    input.disabled = empty === null;
    if (input.getAttribute("aria-invalid") !== "true") say(false);
  };
  field.show(value);
  return field;
}
