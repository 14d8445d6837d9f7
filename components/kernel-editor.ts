import {html} from "htl";

export interface KernelEditor extends HTMLElement {
  show(values: readonly number[]): void;
}

/** A square kernel whose weights can be typed in. */
export function kernelEditor({label, size, onChange}: {readonly label: string; readonly size: number; onChange(values: number[]): void}): KernelEditor {
  const read = () => {
    const values = inputs.map((input) => input.valueAsNumber);
    // While a number is being typed it may be none.
    if (values.every(Number.isFinite)) onChange(values);
  };
  const inputs = Array.from({length: size * size}, (_, index) => {
    const place = `row ${Math.floor(index / size) + 1}, column ${(index % size) + 1}`;
    return html`<input type="number" step="any" min="-9" max="9" aria-label=${`${label}, ${place}`} oninput=${read} />` as HTMLInputElement;
  });
  const editor = html`<div class="kernel" role="group" aria-label=${label} style=${`--size:${size}`}>${inputs}</div>` as KernelEditor;
  editor.show = (values) =>
    values.forEach((value, index) => {
      const input = inputs[index]!;
      if (input !== document.activeElement) input.value = String(Math.round(value * 1000) / 1000);
    });
  return editor;
}
