import {selectField} from "../../components/fields/fields.js";
import {openLabelStore} from "../../labelling/label-store.js";
import {labelledFiles} from "../../labelling/labelled-dataset.js";
import type {GivenFile} from "../../worker/given-files.js";
import type {PageShell} from "../page-shell.js";

const NONE = "";
const PART = "labelled photos";
/** Of so many labelled photos one is in the list "val", which is measured on. */
const EVERY = 5;

/** A project of photos that the reader labelled in this browser. */
export interface LabelledSource {
  readonly id: string;
  readonly title: string;
}

export interface LabelledChoice {
  readonly element: HTMLElement;
  /** Takes a project as a data set, as if it had been chosen. Of one that is gone the reader is told. */
  open(id: string): void;
}

/**
 * The projects that the reader labelled in this browser, to be taken as data sets as they are; hidden where there are none.
 *
 * @param options.onFiles called with the files of the one that was chosen, in the VOC layout
 */
export function labelledChoice({
  shell,
  onFiles
}: {
  readonly shell: PageShell;
  onFiles(files: readonly GivenFile[], from: LabelledSource): void;
}): LabelledChoice {
  const open = (id: string) =>
    shell.attempt(PART, async () => {
      const store = await openLabelStore();
      const project = (await store.projects()).find((each) => each.id === id);
      if (!project) throw new Error("These photos are no longer kept in this browser: choose others, or bring them as files.");
      onFiles((await labelledFiles(store, project, EVERY)).files, {id, title: project.title});
      shell.report(null, PART);
    });
  const choice = selectField({
    label: "Photos that you labelled",
    choices: [],
    value: NONE,
    onChange(id) {
      choice.show(NONE);
      open(id);
    }
  });
  const offer = async () => {
    const projects = (await (await openLabelStore()).projects()).filter(({photos}) => photos.length > 0);
    const choices = projects.map(({id, title, photos}) => ({value: id, label: `${title} (${photos.length})`}));
    choice.offer([{value: NONE, label: "Choose …"}, ...choices], NONE);
    choice.style.display = projects.length === 0 ? "none" : "";
  };
  choice.style.display = "none";
  shell.attempt(PART, offer);
  return {element: choice, open};
}
