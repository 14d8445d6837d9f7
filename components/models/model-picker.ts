import {html} from "htl";
import {fileButton} from "../fields/file-button.js";

export interface ModelPicker extends HTMLElement {
  /** Whether something is being imported, which can then be cancelled. */
  showImporting(isImporting: boolean): void;
}

/** Ways to bring a model: files, a folder, an address. Dropping is the page's (`acceptDrops`). */
export function modelPicker(options: {
  /** What can be read, as a sentence. */
  readonly hint: string;
  /** And in detail. */
  readonly formats: readonly {readonly title: string; readonly files: string}[];
  onFiles(files: readonly File[]): void;
  onAddress(address: string): void;
  onCancel(): void;
}): ModelPicker {
  const {hint, formats, onFiles, onAddress, onCancel} = options;
  const address = html`<input type="url" placeholder="https://…" aria-label="Address of a model file" />` as HTMLInputElement;
  const form = html`<form class="address" onsubmit=${(event: Event) => {
    event.preventDefault();
    if (address.value.trim()) onAddress(address.value.trim());
  }}>${address}<button type="submit">Fetch</button></form>` as HTMLFormElement;
  form.noValidate = true;
  const cancel = html`<button type="button" hidden onclick=${onCancel}>Cancel the import</button>` as HTMLButtonElement;
  const picker = html`<section class="model-picker" aria-label="Add a model">
    <div class="picker-own">
      ${fileButton({label: "Model files", several: "files", onFiles})}
      ${fileButton({label: "Folder", several: "folder", onFiles})}
      ${form}
      <span class="hint">or drop files, a folder or an archive anywhere</span>
    </div>
    <p class="hint">${hint}</p>
    <details class="hint"><summary>Formats that are read</summary>
      <ul class="model-formats">${formats.map(({title, files}) => html`<li>${title}: ${files}</li>`)}</ul>
    </details>
    ${cancel}
  </section>` as ModelPicker;
  picker.showImporting = (isImporting) => {
    cancel.hidden = !isImporting;
  };
  return picker;
}
