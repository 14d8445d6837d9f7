import {html} from "htl";
import type {PageShell} from "../../lab/page-shell.js";
import {saveFile} from "../../media/save.js";
import type {Standing} from "../inspector/inspection.js";
import type {ExportName} from "./export-files.js";
import type {Later} from "./later.js";

/** What can be kept of a run. */
const FILES: readonly {readonly name: ExportName; readonly label: string; readonly title?: string}[] = [
  {name: "colour", label: "Colour PNG"},
  {name: "palette", label: "Palette PNG (class ids)", title: "An indexed PNG whose pixel values are class ids, as in VOC"},
  {name: "legend", label: "Legend JSON"}
];

/**
 * Buttons that save what is shown as files; they can be pressed once there is something.
 *
 * @param options.many what makes files of many photos
 */
export function exportPanel({many, later, shell}: {readonly many: HTMLElement; readonly later: Later; readonly shell: PageShell}): {
  readonly element: HTMLElement;
  show(run: Standing): void;
} {
  let shown: Standing | null = null;
  const save = async (name: ExportName, run: Standing) => {
    const {EXPORT_FILES} = await later();
    const [content, suffix, type] = EXPORT_FILES[name](run);
    saveFile(content, `${run.photo.name.replace(/\.[^.]+$/, "")}-${suffix}`, type);
  };
  const buttons = FILES.map(({label, name, title = label}) => {
    const onClick = () => shown && shell.attempt("export", () => save(name, shown!));
    return html`<button type="button" disabled title=${title} onclick=${onClick}>${label}</button>` as HTMLButtonElement;
  });
  return {
    element: html`<section class="panel"><h2>Export</h2><div class="exports">${buttons}</div>${many}</section>`,
    show(run) {
      shown = run;
      for (const button of buttons) button.disabled = false;
    }
  };
}
