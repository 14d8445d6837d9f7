import {html} from "htl";

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectField extends HTMLElement {
  /** Shows a value without calling `onChange`. */
  show(value: string): void;
  /** Replaces the choices, keeping the value where it still exists. */
  offer(choices: readonly Choice[], value: string): void;
}

/** A labelled list of choices. */
export function selectField(options: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  /** A short remark under the control. */
  readonly hint?: string;
  onChange(value: string): void;
}): SelectField {
  const select = html`<select onchange=${() => options.onChange(select.value)}></select>` as HTMLSelectElement;
  const fill = (choices: readonly Choice[], value: string) => {
    select.replaceChildren(
      ...choices.map((choice) => html`<option value=${choice.value} disabled=${choice.disabled ?? false}>${choice.label}</option>` as Node)
    );
    select.value = value;
  };
  fill(options.choices, options.value);
  const field = html`<label class="field"><span class="field-name">${options.label}</span>${select}</label>` as SelectField;
  if (options.hint) select.title = options.hint;
  field.show = (value) => {
    select.value = value;
  };
  field.offer = fill;
  return field;
}

export interface SliderField extends HTMLElement {
  /** Shows a value without calling `onInput`. */
  show(value: number): void;
}

/** A labelled slider over whole numbers, with its value and unit beside its name. */
export function sliderField(options: {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly unit: string;
  /** A value as the reader sees it; the number where it is not said. */
  text?(value: number): string;
  onInput(value: number): void;
}): SliderField {
  const id = nextId("slider");
  // Not an output element: that would be a second live region beside the status line.
  const output = html`<span class="field-value" aria-hidden="true"></span>` as HTMLElement;
  const input = html`<input id=${id} type="range" min=${options.min} max=${options.max} step="1"
    oninput=${() => {
      write();
      options.onInput(Number(input.value));
    }} />` as HTMLInputElement;
  const write = () => {
    const value = options.text ? options.text(Number(input.value)) : input.value;
    output.textContent = `${value} ${options.unit}`.trim();
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.value = String(options.value);
  write();
  const field = html`<div class="field">
    <span class="field-name"><label for=${id}>${options.label}</label>${output}</span>${input}
  </div>` as SliderField;
  field.show = (value) => {
    input.value = String(value);
    write();
  };
  return field;
}

export interface ChoiceField extends HTMLElement {
  /** Shows a value without calling `onChange`. */
  show(value: string): void;
}

/** A few choices side by side, one of which holds. */
export function choiceField(options: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  onChange(value: string): void;
}): ChoiceField {
  const name = nextId("choice");
  const inputs = options.choices.map(({value, disabled = false}) => {
    const input =
      html`<input type="radio" name=${name} value=${value} disabled=${disabled} onchange=${() => options.onChange(value)} />` as HTMLInputElement;
    input.checked = value === options.value;
    return input;
  });
  const field = html`<fieldset class="field choice-field"><legend class="field-name">${options.label}</legend>
    <div class="choices">${options.choices.map(({label}, index) => html`<label>${inputs[index]}<span>${label}</span></label>`)}</div>
  </fieldset>` as HTMLElement as ChoiceField;
  field.show = (value) => {
    for (const input of inputs) input.checked = input.value === value;
  };
  return field;
}

export interface SwitchField extends HTMLElement {
  /** Shows a value without calling `onChange`. */
  show(value: boolean): void;
}

/** A labelled switch. */
export function switchField(options: {readonly label: string; readonly value: boolean; onChange(value: boolean): void}): SwitchField {
  const input = html`<input type="checkbox" onchange=${() => options.onChange(input.checked)} />` as HTMLInputElement;
  input.checked = options.value;
  const field = html`<label class="switch">${input}<span>${options.label}</span></label>` as SwitchField;
  field.show = (value) => {
    input.checked = value;
  };
  return field;
}

export interface ColourField extends HTMLElement {
  /** Shows a value without calling `onInput`. */
  show(value: string): void;
}

/** A labelled colour, as `#rrggbb`. */
export function colourField(options: {readonly label: string; readonly value: string; onInput(value: string): void}): ColourField {
  const input = html`<input type="color" value=${options.value} oninput=${() => options.onInput(input.value)} />` as HTMLInputElement;
  const field = html`<label class="field"><span class="field-name">${options.label}</span>${input}</label>` as ColourField;
  field.show = (value) => {
    input.value = value;
  };
  return field;
}

/** An id that no other element of this page has. */
export function nextId(prefix: string): string {
  // `randomUUID` is missing where the site's address is not secure.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${prefix}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
