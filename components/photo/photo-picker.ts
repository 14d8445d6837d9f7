import {html} from "htl";
import {fileButton} from "../fields/file-button.js";
import {acceptDrops, droppedAddress} from "../page/drops.js";

export interface PickerSample {
  readonly id: string;
  readonly title: string;
  /** Address of a small copy of the picture. */
  readonly url: string;
}

export interface PhotoPicker extends HTMLElement {
  /** Marks the sample that is shown; null for none. */
  show(sample: string | null): void;
}

/** Ways to bring a photo: a file, the camera, a sample, an address. Dropping and pasting are the page's (`acceptDropsAndPastes`). */
export function photoPicker(options: {
  readonly samples: readonly PickerSample[];
  /** Called with the files that were chosen: one, or several at once. */
  onFiles(files: readonly [File, ...File[]]): void;
  onSample(id: string): void;
  onAddress(address: string): void;
  onCamera(): void;
}): PhotoPicker {
  const chosen = fileButton({label: "Image file", accept: "image/*", several: "files", onFiles: options.onFiles});
  const address = html`<input type="url" placeholder="https://…" aria-label="Image address" />` as HTMLInputElement;
  const form = html`<form class="address" onsubmit=${(event: Event) => {
    event.preventDefault();
    if (address.value.trim()) options.onAddress(address.value.trim());
  }}>${address}<button type="submit">Open</button></form>` as HTMLFormElement;
  form.noValidate = true;
  const buttons = options.samples.map(
    ({id, title, url}) =>
      html`<button type="button" class="sample" aria-pressed="false" title=${title} data-id=${id} onclick=${() => options.onSample(id)}>
        <img src=${url} alt=${title} loading="lazy" width="72" height="54" /></button>` as HTMLButtonElement
  );
  const picker = html`<section class="picker" aria-label="Photo">
    <div class="picker-own">
      ${chosen}
      <button type="button" onclick=${() => options.onCamera()}>Camera</button>
      ${form}
      <span class="hint">or drop or paste photos</span>
    </div>
    <div class="samples" role="group" aria-label="Samples">${buttons}</div>
  </section>` as PhotoPicker;
  picker.show = (sample) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["id"] === sample));
  };
  return picker;
}

/**
 * Takes images that are dropped on the page or pasted into it.
 *
 * @returns a function that stops it
 */
export function acceptDropsAndPastes(onFiles: (files: readonly [File, ...File[]]) => void, onText: (text: string) => void): () => void {
  const stop = new AbortController();
  const {signal} = stop;
  const take = (data: DataTransfer | null): boolean => {
    const [first, ...others] = data?.files ?? [];
    if (first) onFiles([first, ...others]);
    return first !== undefined;
  };
  acceptDrops((data) => {
    const address = droppedAddress(data);
    if (!take(data) && address) onText(address);
  }, signal);
  document.addEventListener(
    "paste",
    (event) => {
      // Pasting text into a field is that field's business.
      if (take(event.clipboardData)) event.preventDefault();
    },
    {signal}
  );
  return () => stop.abort();
}
