import {html} from "htl";
import {classesCsv, matrixCsv, photosCsv} from "../../evaluate/csv.js";
import {saveFile} from "../../media/save.js";
import type {Figures} from "./figures.js";
import type {KeptRun} from "./kept-runs.js";

/** Files of a result. */
export function downloadButtons(run: KeptRun, {report, matrix, photos}: Figures): HTMLElement[] {
  const name = `${run.dataset}-${run.split}-${run.model.id}`.replace(/[^\p{L}\p{N}._-]+/gu, "-");
  const {classes} = run.model;
  const files: readonly (readonly [label: string, suffix: string, type: string, make: () => string])[] = [
    ["All figures (JSON)", ".json", "application/json", () => JSON.stringify(report, null, 2)],
    ["Classes (CSV)", "-classes.csv", "text/csv", () => classesCsv(report)],
    ["Confusion matrix (CSV)", "-matrix.csv", "text/csv", () => matrixCsv(matrix, classes)],
    ["Photos (CSV)", "-photos.csv", "text/csv", () => photosCsv(photos, classes.length)]
  ];
  return files.map(
    ([label, suffix, type, make]) =>
      html`<button type="button" onclick=${() => saveFile(make(), `${name}${suffix}`, type)}>${label}</button>` as HTMLElement
  );
}
