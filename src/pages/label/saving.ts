import {html} from "htl";
import {selectField} from "../../components/fields/fields.js";
import type {PageShell} from "../../lab/page-shell.js";
import {labelledFiles} from "../../labelling/labelled-dataset.js";
import {UNLABELLED} from "../../labelling/project.js";
import type {Project} from "../../labelling/project.js";
import {saveFile} from "../../media/save.js";
import {zipOf} from "../../media/zip.js";
import type {LabelSession} from "./session.js";

const KEPT_APART = [
  {value: "0", label: "none: one list, train"},
  {value: "5", label: "every fifth photo: lists train and val"},
  {value: "3", label: "every third photo: lists train and val"}
];

const UNLABELLED_NAMES: Readonly<Record<Project["unlabelled"], string>> = {
  background: "are the first class, background",
  ignored: "are left out of everything (255)"
};

/** How labels become a data set, and the buttons that save it. */
export function saving(options: {
  readonly shell: PageShell;
  readonly session: LabelSession;
  change(next: Project): void;
  say(words: string): void;
}): {readonly element: HTMLElement; show(project: Project): void} {
  const {shell, session, change, say} = options;
  let every = 0;

  const {start} = shell.computation<{readonly layout: "voc" | "tfrecord"}, Blob>({
    part: "saving",
    async work({layout, engine, checkWanted}) {
      shell.status.update("Writing the data set …", null);
      const {files, classes, palette} = await labelledFiles(session.store, session.project(), every);
      checkWanted();
      if (layout === "voc") return zipOf(files.map(({path, content}) => ({name: path, content})));
      return engine.writeDataset({given: {kind: "files of a data set", files}, mends: []}, {layout, classes, palette});
    },
    show(zip, {layout}) {
      const name = `${session.project().title.replace(/[^\p{L}\p{N}._-]+/gu, "-")}-${layout}.zip`;
      saveFile(zip, name, "application/zip");
      say(`Saved as ${name}. Photos without labels are left out.`);
    }
  });

  async function save(layout: "voc" | "tfrecord"): Promise<void> {
    // What could not be kept is told of already, and the labels that are kept are saved.
    await session.settled();
    await start({layout});
  }

  const unlabelled = selectField({
    label: "Pixels that you leave undecided",
    choices: UNLABELLED.map((value) => ({value, label: UNLABELLED_NAMES[value]})),
    value: UNLABELLED[0],
    onChange: (value) => change({...session.project(), unlabelled: UNLABELLED.find((each) => each === value)!})
  });
  const apart = selectField({
    label: "Kept apart for validation",
    choices: KEPT_APART,
    value: "0",
    onChange: (value) => (every = Number(value))
  });
  return {
    element: html`<section class="panel controls"><h2>Save as a data set</h2>
      ${unlabelled}${apart}
      <div class="exports">
        <button type="button" onclick=${() => void save("voc")}>VOC zip</button>
        <button type="button" onclick=${() => void save("tfrecord")}>TFRecord zip</button>
      </div>
      <p class="hint">Masks are palette PNG files whose pixels are the numbers of the classes in the list above, from 0; <code>labels.txt</code> has their names.</p>
    </section>` as HTMLElement,
    show: (project) => unlabelled.show(project.unlabelled)
  };
}
