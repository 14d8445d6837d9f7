import {html} from "htl";

export interface KernelEditor extends HTMLElement {
  show(values: readonly number[]): void;
}

/**
 * A square kernel whose weights can be typed in.
 *
 * @param options.limit largest absolute value of a weight; a larger one is taken as this
 */
export function kernelEditor({
  label,
  size,
  limit,
  onChange
}: {
  readonly label: string;
  readonly size: number;
  readonly limit: number;
  onChange(values: number[]): void;
}): KernelEditor {
  let shown: readonly number[] = [];
  const read = () => {
    const values = inputs.map((input) => Math.min(limit, Math.max(-limit, input.valueAsNumber)));
    // While a number is being typed it may be none.
    if (values.every(Number.isFinite)) onChange(values);
  };
  const write = (input: HTMLInputElement, index: number) => {
    input.value = String(Math.round(shown[index]! * 1000) / 1000);
  };
  const inputs = Array.from({length: size * size}, (_, index) => {
    const place = `row ${Math.floor(index / size) + 1}, column ${(index % size) + 1}`;
    return html`<input type="number" step="any" min=${-limit} max=${limit} aria-label=${`${label}, ${place}`} oninput=${read} onblur=${() => write(inputs[index]!, index)} />` as HTMLInputElement;
  });
  const editor = html`<div class="kernel" role="group" aria-label=${label} style=${`--size:${size}`}>${inputs}</div>` as KernelEditor;
  editor.show = (values) => {
    shown = values;
    // What is being typed is not written over.
    inputs.forEach((input, index) => input !== document.activeElement && write(input, index));
  };
  return editor;
}
