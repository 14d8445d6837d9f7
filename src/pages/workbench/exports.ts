import {html} from "htl";
import {colourPng, palettePng} from "../../formats/mask.js";
import {saveFile} from "../../media/save.js";
import type {Standing} from "../inspector/inspection.js";
import {legendJson} from "./run-report.js";

type Made = readonly [content: Uint8Array | string, suffix: string, type: string];

/** What can be kept of a run. */
const FILES: readonly {readonly label: string; readonly title?: string; make(run: Standing): Made}[] = [
  {label: "Colour PNG", make: ({mask, result}) => [colourPng(mask, result.palette), "mask.png", "image/png"]},
  {
    label: "Palette PNG (class ids)",
    title: "An indexed PNG whose pixel values are class ids, as in VOC",
    make: ({mask, result}) => [palettePng(mask, result.palette), "classes.png", "image/png"]
  },
  {
    label: "Legend JSON",
    make: (run) => [legendJson(run), "legend.json", "application/json"]
  }
];

/**
 * Buttons that save what is shown as files; they can be pressed once there is something.
 *
 * @param many what makes files of many photos
 */
export function exportPanel(many: HTMLElement): {readonly element: HTMLElement; show(run: Standing): void} {
  let shown: Standing | null = null;
  const buttons = FILES.map(({label, title = label, make}) => {
    const save = () => {
      if (!shown) return;
      const [content, suffix, type] = make(shown);
      saveFile(content, `${shown.photo.name.replace(/\.[^.]+$/, "")}-${suffix}`, type);
    };
    return html`<button type="button" disabled title=${title} onclick=${save}>${label}</button>` as HTMLButtonElement;
  });
  return {
    element: html`<section class="panel"><h2>Export</h2><div class="exports">${buttons}</div>${many}</section>`,
    show(run) {
      shown = run;
      for (const button of buttons) button.disabled = false;
    }
  };
}
