import {html} from "htl";
import {switchField} from "../../components/fields/fields.js";
import {fileButton} from "../../components/fields/file-button.js";
import type {EngineClient} from "../../lab/engine-client.js";
import type {PageShell} from "../../lab/page-shell.js";
import {saveFile} from "../../media/save.js";
import type {MaskChoice} from "../../worker/protocol.js";
import type {Later} from "./later.js";
import type {MaskZip} from "./zip-of-masks.js";
import {countInWords} from "../../datasets/count-in-words.js";

interface Asked {
  readonly photos: readonly File[];
  /** Ends it; what was done by then is kept. */
  readonly stop: AbortSignal;
}

/**
 * Many photos at once to a zip of the files of their masks, as the controls say.
 *
 * @param options.choice the run that the controls ask for
 */
export function manyPhotos({
  shell,
  later,
  choice
}: {
  readonly shell: PageShell;
  readonly later: Later;
  choice(engine: EngineClient): Promise<MaskChoice>;
}): HTMLElement {
  let wanted = {colour: false, probabilities: null as "float16" | null, perClass: false};
  let stopping = new AbortController();
  const outcome = html`<div role="status"></div>`;
  const stop = html`<button type="button" hidden onclick=${() => stopping.abort()}>Stop</button>` as HTMLButtonElement;
  const kinds = [
    switchField({label: "Colour PNG too", value: false, onChange: (colour) => (wanted = {...wanted, colour})}),
    switchField({
      label: "Probabilities too (.npy, 16-bit floats)",
      value: false,
      onChange: (isOn) => (wanted = {...wanted, probabilities: isOn ? "float16" : null})
    }),
    switchField({label: "A black and white PNG for each class too", value: false, onChange: (perClass) => (wanted = {...wanted, perClass})})
  ];

  const {start} = shell.computation<Asked, MaskZip>({
    part: "many photos",
    async work({photos, stop, engine, signal}) {
      const made = wanted;
      const {zipOfMasks} = await later();
      return zipOfMasks(photos, {
        ...{engine, made},
        run: await choice(engine),
        onPhoto: (done, {name}) => shell.status.update(`Photo ${done + 1} of ${photos.length}: ${name} …`, done / photos.length),
        signal: AbortSignal.any([signal, stop])
      });
    },
    show({done, problems, notes, stopped, zip}, {photos}) {
      if (zip) saveFile(zip, "masks.zip", "application/zip");
      const count = `${done.length} of ${countInWords(photos.length, "photo")}`;
      outcome.replaceChildren(
        html`<p class="hint">${stopped ? "Stopped: " : ""}${count} segmented${zip ? ", in masks.zip" : ""}.</p>`,
        html`<ul class="hint">${[...problems, ...notes].map((line) => html`<li>${line}</li>`)}</ul>`
      );
    }
  });

  async function begin(photos: readonly File[]): Promise<void> {
    stopping.abort();
    stopping = new AbortController();
    const {signal} = stopping;
    outcome.replaceChildren();
    stop.hidden = false;
    await start({photos, stop: signal});
    // Others may have been chosen meanwhile.
    if (stopping.signal === signal) stop.hidden = true;
  }

  return html`<details class="more many"><summary>Many photos at once</summary>
    <p class="hint">Each is segmented as the controls say; a palette PNG of its class ids, named as the photo, goes into one zip.</p>
    ${kinds}
    <div class="exports">${fileButton({label: "Choose photos", accept: "image/*", several: "files", onFiles: (photos) => void begin(photos)})}${stop}</div>
    ${outcome}
  </details>`;
}
