import {html} from "htl";
import {nextId} from "./fields.js";

/** A file input that looks like a button. */
export function fileButton(options: {
  readonly label: string;
  readonly accept: string;
  onFile(file: File): void;
}): HTMLElement & {open(): void} {
  const file = html`<input id=${nextId("file")} type="file" accept=${options.accept} onchange=${() => {
    const [chosen] = file.files ?? [];
    if (chosen) options.onFile(chosen);
    // So that the same file can be chosen again.
    file.value = "";
  }} />` as HTMLInputElement;
  const button =
    html`<span class="file-button"><label class="file" for=${file.id}><span>${options.label}</span></label>${file}</span>` as HTMLElement & {
      open(): void;
    };
  button.open = () => file.click();
  return button;
}
