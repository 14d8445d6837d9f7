import {html} from "htl";
import {selectField} from "../../components/fields/fields.js";
import {BACKGROUND} from "../../data/labels/index.js";
import {classShares} from "../../engine/labels/pixel.js";
import type {PageShell} from "../../lab/page-shell.js";
import type {Store} from "../../lab/state.js";
import {saveFile} from "../../media/save.js";
import type {Standing} from "../inspector/inspection.js";
import type {ExportName} from "./export-files.js";
import type {Later} from "./later.js";
import type {WorkbenchTable} from "./state.js";

/** Part of the page that messages are about. */
const EXPORT = "export";

interface FileKind {
  readonly name: ExportName;
  readonly label: string;
  readonly title?: string;
}

/** What can be kept of a run. */
const WITH_PHOTO: readonly FileKind[] = [
  {name: "overlay", label: "Overlay", title: "The mask over the photo, as opaque and with the classes as the controls say"},
  {name: "side-by-side", label: "Side by side"},
  {name: "cut-out", label: "Cut-out", title: "What the mask shows of the photo; the rest is transparent"}
];
const MASK: readonly FileKind[] = [
  {name: "colour", label: "Colour PNG"},
  {name: "palette", label: "Palette PNG (class ids)", title: "An indexed PNG whose pixel values are class ids, as in VOC"},
  {name: "legend", label: "Legend JSON"}
];
const ONE_CLASS: readonly FileKind[] = [
  {name: "class-mask", label: "Its mask", title: "White where the class is, black elsewhere"},
  {name: "class-cut-out", label: "Its cut-out", title: "The photo where the class is; the rest is transparent"},
  {name: "class-probability", label: "Its probability", title: "A grey PNG: black where the class is impossible, white where it is certain"}
];

/**
 * Buttons that save what is shown as files; they can be pressed once there is something.
 *
 * @param options.many what makes files of many photos
 */
export function exportPanel({
  many,
  later,
  shell,
  store
}: {
  readonly many: HTMLElement;
  readonly later: Later;
  readonly shell: PageShell;
  readonly store: Pick<Store<WorkbenchTable>, "get">;
}): {readonly element: HTMLElement; show(run: Standing): void} {
  let shown: Standing | null = null;
  let classId = 0;
  const oneClass = selectField({label: "One class", choices: [], value: "", onChange: (value) => (classId = Number(value))});
  const copied = html`<span role="status" class="hint"></span>` as HTMLElement;

  /** Does something with the run that is shown; says what stood in the way, until the next works. */
  const withRun = (work: (run: Standing) => Promise<void>) => () => {
    const run = shown;
    if (!run) return;
    copied.textContent = "";
    shell.attempt(EXPORT, async () => {
      await work(run);
      shell.report(null, EXPORT);
    });
  };
  const save = (name: ExportName) =>
    withRun(async (run) => {
      // What is chosen meanwhile is for the next.
      const kept = {run, state: store.get(), classId};
      const {EXPORT_FILES} = await later();
      const [content, suffix, type] = await EXPORT_FILES[name](kept);
      saveFile(content, `${run.photo.name.replace(/\.[^.]+$/, "")}-${suffix}`, type);
    });
  const copy = withRun(async (run) => {
    const state = store.get();
    if (typeof ClipboardItem === "undefined") throw new Error("This browser lets no page copy pictures. Save the picture instead.");
    const picture = later().then(({viewPng}) => viewPng({run, state}, state.view));
    try {
      // With the promise in it: some browsers forget by then that a button was pressed.
      await navigator.clipboard.write([new ClipboardItem({"image/png": picture})]);
    } catch (reason) {
      await picture;
      throw new Error("The picture could not be copied: the browser did not allow it. Save the picture instead.", {cause: reason});
    }
    copied.textContent = "Copied.";
  });

  const button = (label: string, title: string, onclick: () => void) =>
    html`<button type="button" disabled title=${title} onclick=${onclick}>${label}</button>` as HTMLButtonElement;
  const buttonsOf = (files: readonly FileKind[]) => files.map(({name, label, title = label}) => button(label, title, save(name)));
  const withPhoto = [...buttonsOf(WITH_PHOTO), button("Copy picture", "Copies the picture as the view shows it", copy)];
  const ofMask = buttonsOf(MASK);
  const ofClass = buttonsOf(ONE_CLASS);
  const classPart = html`<div class="export-class" hidden>${oneClass}<div class="exports">${ofClass}</div></div>` as HTMLElement;

  return {
    element: html`<section class="panel"><h2>Export</h2>
      <div class="exports">${withPhoto}${copied}</div>
      <div class="exports">${ofMask}</div>
      ${classPart}${many}
    </section>`,
    show(run) {
      shown = run;
      for (const each of [...withPhoto, ...ofMask, ...ofClass]) each.disabled = false;
      const ids = classesOf(run);
      if (!ids.includes(classId)) classId = ids[0] ?? 0;
      classPart.hidden = ids.length === 0;
      oneClass.offer(
        ids.map((id) => ({value: String(id), label: run.result.classes[id]!})),
        String(classId)
      );
    }
  };
}

/** Ids of the classes that were found, the largest first, the background last. */
function classesOf({mask, result: {classes}}: Standing): number[] {
  const shares = classShares(mask.labels, classes.length);
  const rank = (id: number) => (classes[id] === BACKGROUND ? 0 : shares[id]!);
  return [...shares.keys()].filter((id) => shares[id]! > 0).sort((a, b) => rank(b) - rank(a));
}
