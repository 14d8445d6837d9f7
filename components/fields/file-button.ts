import {html} from "htl";
import {nextId} from "./fields.js";

/**
 * A file input that looks like a button.
 *
 * @param options.accept what the browser offers; anything by default
 * @param options.several one file by default; `files` lets the reader choose several, `folder` all that is in one
 * @param options.onFiles called with what was chosen, never with nothing
 */
export function fileButton(options: {
  readonly label: string;
  readonly accept?: string;
  readonly several?: "files" | "folder";
  onFiles(files: readonly [File, ...File[]]): void;
}): HTMLElement & {open(): void} {
  const {label, accept = "", several, onFiles} = options;
  const file = html`<input id=${nextId("file")} type="file" accept=${accept} onchange=${() => {
    const [first, ...others] = file.files ?? [];
    if (first) onFiles([first, ...others]);
    // So that the same file can be chosen again.
    file.value = "";
  }} />` as HTMLInputElement;
  file.multiple = several === "files";
  file.webkitdirectory = several === "folder";
  const button =
    html`<span class="file-button"><label class="file" for=${file.id}><span>${label}</span></label>${file}</span>` as HTMLElement & {
      open(): void;
    };
  button.open = () => file.click();
  return button;
}
