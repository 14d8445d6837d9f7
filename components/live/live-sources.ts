import {html} from "htl";
import {choiceField, selectField} from "../fields/fields.js";
import type {Choice} from "../fields/fields.js";
import {fileButton} from "../fields/file-button.js";

export interface LiveSources extends HTMLElement {
  /** Shows which source is chosen, which camera, and which file. */
  show(chosen: {readonly source: string; readonly camera: string; readonly file: string | null}): void;
  /** Offers cameras beside "any". */
  offer(cameras: readonly {readonly deviceId: string; readonly label: string}[], camera: string): void;
  /** Opens the dialog in which a file is chosen. */
  askForFile(): void;
}

/** Where the picture comes from: a camera, a video file, the screen. */
export function liveSources(options: {
  readonly sources: readonly Choice[];
  readonly source: string;
  onSource(source: string): void;
  onCamera(deviceId: string): void;
  onFile(file: File): void;
}): LiveSources {
  const any: Choice = {value: "", label: "Any camera"};
  const source = choiceField({label: "Source", choices: options.sources, value: options.source, onChange: options.onSource});
  const camera = selectField({label: "Camera", choices: [any], value: "", onChange: options.onCamera});
  const button = fileButton({label: "Video file", accept: "video/*", onFiles: ([file]) => options.onFile(file)});
  const name = html`<span class="hint"></span>` as HTMLElement;
  const file = html`<div class="live-file">${button}${name}</div>` as HTMLElement;
  const screen = html`<p class="hint live-file">Start asks which screen, window or tab.</p>` as HTMLElement;
  const element = html`<div class="live-sources">${source}${camera}${file}${screen}</div>` as HTMLElement;
  return Object.assign(element, {
    show(chosen: {source: string; camera: string; file: string | null}) {
      source.show(chosen.source);
      camera.show(chosen.camera);
      camera.hidden = chosen.source !== "camera";
      file.hidden = chosen.source !== "file";
      screen.hidden = chosen.source !== "screen";
      name.textContent = chosen.file ?? "no file chosen";
    },
    offer(cameras: readonly {deviceId: string; label: string}[], chosen: string) {
      const known = cameras.some(({deviceId}) => deviceId === chosen);
      camera.offer([any, ...cameras.map(({deviceId, label}) => ({value: deviceId, label}))], known ? chosen : "");
    },
    askForFile: () => button.open()
  });
}
