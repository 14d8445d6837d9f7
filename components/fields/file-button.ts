import {html} from "htl";
import {nextId} from "./fields.js";

export type FileButton = HTMLElement & {open(): void};

/** A file input that looks like a button. */
export function fileButton({onFile, ...options}: {readonly label: string; readonly accept: string; onFile(file: File): void}): FileButton {
  return button({...options, multiple: false, onFiles: ([file]) => onFile(file!)});
}

/** The same for several files at once. */
export function filesButton(options: {readonly label: string; readonly accept: string; onFiles(files: readonly File[]): void}): FileButton {
  return button({...options, multiple: true});
}

function button(options: {
  readonly label: string;
  readonly accept: string;
  readonly multiple: boolean;
  onFiles(files: readonly File[]): void;
}): FileButton {
  const input = html`<input id=${nextId("file")} type="file" accept=${options.accept} multiple=${options.multiple} onchange=${() => {
    const chosen = [...(input.files ?? [])];
    if (chosen.length > 0) options.onFiles(chosen);
    // So that the same files can be chosen again.
    input.value = "";
  }} />` as HTMLInputElement;
  const element = html`<span class="file-button"><label class="file" for=${input.id}><span>${options.label}</span></label>${input}</span>`;
  return Object.assign(element as HTMLElement, {open: () => input.click()});
}
