import {html} from "htl";
import {checkUpView} from "../../components/datasets/check-up-view.js";
import {datasetPicker} from "../../components/datasets/dataset-picker.js";
import {selectField} from "../../components/fields/fields.js";
import {acceptDrops} from "../../components/page/drops.js";
import {countInWords} from "../../datasets/count-in-words.js";
import type {Expected} from "../../datasets/finding.js";
import {saveFile} from "../../media/save.js";
import type {CheckedSplit, DatasetChoice, DatasetFacts, SplitChoice, WriteChoice} from "../../worker/dataset-messages.js";
import type {GivenFile} from "../../worker/given-files.js";
import {chosenFiles, droppedFiles} from "../dropped-files.js";
import type {PageShell} from "../page-shell.js";
import {classLook, shownClasses} from "./class-look.js";
import type {NamesStore} from "../names-choice.js";
import {labelledChoice} from "./labelled-choice.js";
import type {LabelledSource} from "./labelled-choice.js";
import {photoOfDataset} from "./photo-of-dataset.js";

/** A list of photos, of which each photo and mask was looked at. What is asked of the worker about them is asked with it. */
export interface ChosenSplit extends SplitChoice {
  readonly facts: DatasetFacts;
  /** Findings of which one is grave make results wrong, or not to be had. */
  readonly checked: CheckedSplit;
  /** The project that the photos are from, where the reader labelled them in this browser. */
  readonly labelled: LabelledSource | null;
}

export interface DatasetPanel {
  /** Ways to bring a data set, its lists, and what was found. */
  readonly element: HTMLElement;
  /** The list that the reader chose, once it was looked at; null before, and while another is looked at. */
  chosen(): ChosenSplit | null;
  /** Looks again: what the masks are checked against is another now. */
  recheck(): void;
  /** Opens a project that the reader labelled. */
  openLabelled(id: string): void;
  /** What the panel has come to, for the page's status line. */
  said(): string;
}

/** What is looked at; where no list is named the first that the page wants, else the first of val, trainval and train that is there. */
interface Wanted {
  readonly choice: DatasetChoice;
  readonly split: string | null;
  readonly labelled: LabelledSource | null;
}

/**
 * A reader's own data set, for any page: by a folder, files or a zip, or dropped anywhere on it. Each photo and mask of the chosen list
 * is looked at in the worker before anything runs, and what is found is shown with its mends. A mend makes a new data set: the same files,
 * read otherwise; it can be taken back, and saved as a zip.
 *
 * @param options.signal the page was left
 * @param options.expected what the masks of a data set are checked against, e.g. classes and palette of the page's model
 * @param options.lists names of lists, of which the first that a data set has is taken when it is opened; else its own first
 * @param options.onChosen called with each list that was looked at, and with null once that holds no more
 */
export function datasetPanel(options: {
  readonly shell: PageShell;
  readonly signal: AbortSignal;
  /** Whether the regions' names stand on masks. */
  readonly names: NamesStore;
  expected(facts: DatasetFacts): Expected | Promise<Expected>;
  lists?(): readonly string[];
  onChosen?(chosen: ChosenSplit | null): void;
}): DatasetPanel {
  const {shell, signal, names, expected, lists: wantedLists = () => [], onChosen = () => {}} = options;
  let opened: {readonly wanted: Wanted; readonly facts: DatasetFacts} | null = null;
  let chosen: ChosenSplit | null = null;
  let words = "";
  /** Whether the button that the reader pressed is gone, so that the reader goes on at what is found. */
  let goesOn = false;

  const begin = (wanted: Wanted) => {
    goesOn = actions.contains(document.activeElement) || found.contains(document.activeElement);
    found.replaceChildren();
    photo.clear();
    picker.showBusy(true);
    choose(null);
    void start(wanted);
  };
  const choose = (next: ChosenSplit | null) => {
    chosen = next;
    onChosen(next);
  };
  const open = (files: readonly GivenFile[], labelled: LabelledSource | null) => {
    // The one before is given up: nothing may look at it again while this one is opened.
    opened = null;
    actions.hidden = true;
    begin({choice: {given: {kind: "files of a data set", files}, mends: []}, split: null, labelled});
  };

  const {start, drop} = shell.computation<Wanted, {readonly chosen: ChosenSplit; readonly against: Expected}>({
    part: "data set",
    async work({choice, split, labelled, engine, checkWanted}) {
      const facts = await engine.openDataset(choice);
      checkWanted();
      const name = split ?? wantedLists().find((name) => facts.splits.includes(name)) ?? facts.splits[0]!;
      opened = {wanted: {choice, split: name, labelled}, facts};
      showLists(facts, name);
      const against = await expected(facts);
      const checked = await engine.checkSplit({...choice, split: name}, against);
      return {chosen: {...choice, split: name, labelled, facts, checked}, against};
    },
    show({chosen: found, against}) {
      picker.showBusy(false);
      choose(found);
      show(found, against);
    },
    report(reason, part) {
      if (reason !== null) picker.showBusy(false);
      shell.report(reason, part);
    }
  });

  const picker = datasetPicker({
    onFiles: (files) => open(chosenFiles(files), null),
    onStop() {
      drop();
      picker.showBusy(false);
      words = "Stopped: not every photo was looked at.";
      shell.status.update(words);
    }
  });
  acceptDrops((data) => {
    const files = droppedFiles(data);
    shell.attempt("data set", async () => open(await files, null));
  }, signal);

  const lists = selectField({
    label: "List of photos",
    choices: [],
    value: "",
    onChange: (split) => opened && begin({...opened.wanted, split})
  });
  const undo =
    html`<button type="button" hidden onclick=${() => opened && begin(withoutLast(opened.wanted))}>Take back the last mend</button>` as HTMLButtonElement;
  const save = html`<button type="button" onclick=${() => void saveAsVoc()}>Save as a VOC zip</button>` as HTMLButtonElement;
  const actions = html`<div class="dataset-actions" hidden>${lists}${undo}${save}</div>` as HTMLElement;
  const photo = photoOfDataset(shell, names);
  const found = html`<div></div>` as HTMLElement;

  function showLists({splits}: DatasetFacts, split: string): void {
    actions.hidden = false;
    lists.offer(
      splits.map((name) => ({value: name, label: name})),
      split
    );
  }

  function show(list: ChosenSplit, against: Expected): void {
    const {checked, facts, mends, split, labelled} = list;
    const look = classLook(against, facts);
    const view = checkUpView({
      photos: checked.photos,
      findings: checked.findings.map(({mend, ...finding}) => ({...finding, mend: mend?.label ?? null})),
      classes: shownClasses(checked, look),
      onMend(place) {
        const {apply} = checked.findings[place]!.mend!;
        begin({choice: {given: list.given, mends: [...mends, {split, mend: apply}]}, split, labelled});
      },
      onPhoto: (name) => photo.show(name)
    });
    undo.hidden = mends.length === 0;
    found.replaceChildren(view);
    if (goesOn && document.activeElement === document.body) view.querySelector("h3")!.focus();
    photo.offer(list, look);
    const [first] = checked.findings;
    words = `${split}, ${countInWords(checked.photos, "photo")}: ${first?.sentence ?? "nothing is wrong."}`;
    shell.status.update(words);
  }

  const {start: write} = shell.computation<{readonly choice: DatasetChoice; readonly how: WriteChoice}, Blob>({
    part: "saving the data set",
    work: ({choice, how, engine}) => engine.writeDataset(choice, how),
    show: (zip) => saveFile(zip, "data-set.zip", "application/zip")
  });
  async function saveAsVoc(): Promise<void> {
    if (!opened) return;
    const {wanted, facts} = opened;
    const against = await expected(facts);
    const classes = facts.classes ?? against.classes;
    await write({choice: wanted.choice, how: {layout: "voc", classes, palette: classLook(against, facts).palette}});
  }

  const ofReader = labelledChoice({shell, onFiles: open});
  return {
    element: html`<div class="dataset-panel">${picker}${ofReader.element}${actions}${found}${photo.element}</div>` as HTMLElement,
    chosen: () => chosen,
    recheck: () => opened && begin(opened.wanted),
    openLabelled: ofReader.open,
    said: () => words
  };
}

function withoutLast({choice, ...wanted}: Wanted): Wanted {
  return {...wanted, choice: {...choice, mends: choice.mends.slice(0, -1)}};
}
