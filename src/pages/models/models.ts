import {html} from "htl";
import {acceptDrops, droppedAddress} from "../../components/page/drops.js";
import {selectField} from "../../components/fields/fields.js";
import {modelPicker} from "../../components/models/model-picker.js";
import {MODEL_FORMATS} from "../../data/models/formats.js";
import type {Sample} from "../../data/samples/samples.js";
import type {Answers} from "../../engine/questions.js";
import {withMetadata} from "../../formats/safetensors-metadata.js";
import {backendChoices} from "../../lab/backend-choices.js";
import {chosenFiles, droppedFiles} from "../../lab/dropped-files.js";
import {listedOf, modelUrl} from "../../lab/model-list.js";
import type {ListedModel} from "../../lab/model-list.js";
import {backendFor} from "../../lab/network-parameters.js";
import {pageShell} from "../../lab/page-shell.js";
import {addressStore, follow} from "../../lab/state.js";
import {farewell, noted, welcome} from "../../lab/visiting.js";
import type {Visitor} from "../../lab/visiting.js";
import {saveFile} from "../../media/save.js";
import {labelsOf, openShelf} from "../../shelf/shelf.js";
import type {KeptModel, Shelf} from "../../shelf/shelf.js";
import type {Brought} from "../../worker/protocol.js";
import {preprocessingComparisons} from "./compare.js";
import {measuredTime} from "./measure.js";
import {offlinePanel} from "./offline.js";
import {modelView} from "./model-view.js";
import type {ModelActions, ModelView} from "./model-view.js";
import {shelfNote} from "./shelf-note.js";
import {MODELS_TABLE} from "./state.js";

const BYTES = "application/octet-stream";
const READ =
  "DeepLab v3 and v3+ as PyTorch, TensorFlow, Keras, ONNX, Hugging Face and others keep them. What you add stays in this browser.";

/** What is said beside a model's file; undefined takes it back. */
type ChangedWords = {readonly [Key in "title" | "isRenamed" | "labels" | "names"]?: KeptModel[Key] | undefined};

/** The page of models: those of the site and those that the reader brings, which are kept in the browser. */
export function modelsPage({
  main,
  models,
  samples
}: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  /** Photos to compare on. */
  readonly samples: readonly Sample[];
}): {
  readonly bring: HTMLElement;
  readonly controls: HTMLElement;
  readonly kept: HTMLElement;
  readonly built: HTMLElement;
  /** What of the site is kept for visits without a network. */
  readonly offline: HTMLElement;
  dispose(): void;
} {
  const store = addressStore(MODELS_TABLE);
  let summary = "";
  const shell = pageShell({main, idle: () => summary, onKept: (kept) => offline.show(kept)});
  const {engine, capabilities, report, busy} = shell;
  const offline = offlinePanel(report);
  const left = new AbortController();
  const importing = new Set<AbortController>();
  /** Times that were measured, by model. */
  const times = new Map<string, string>();
  const builtViews = new Map(models.map((model) => [model.id, modelView(model, actionsOf(model, model.id))]));
  let keptViews = new Map<string, ModelView>();
  /** Models that found no room, or that may not be kept. */
  let visitors: readonly Visitor[] = [];

  const compare = preprocessingComparisons({
    shell,
    samples,
    backend: async () => backendFor(store.get().backend, await capabilities),
    onShown: (photo) => (summary = `Compared on ${photo}: take the one that finds what is there.`)
  });

  const picker = modelPicker({
    hint: READ,
    formats: MODEL_FORMATS,
    onFiles: (files) => void bring({files: chosenFiles(files)}),
    onAddress: (address) => void bring({address}),
    onCancel: () => importing.forEach((each) => each.abort(new DOMException("The import was cancelled.", "AbortError")))
  });
  acceptDrops((data) => {
    const address = droppedAddress(data);
    const files = droppedFiles(data);
    shell.attempt("import", async () => {
      const dropped = await files;
      if (dropped.length > 0) await bring({files: dropped});
      else if (address) await bring({address});
      else throw new Error("What was dropped holds no files.");
    });
  }, left.signal);

  const backend = selectField({
    label: "Measure times on",
    choices: [{value: "auto", label: "Auto"}],
    value: "auto",
    onChange: (value) => store.set({backend: MODELS_TABLE.backend.parse(value)!})
  });
  const find = html`<input type="search" value=${store.get().find} oninput=${() => store.set({find: find.value})} />` as HTMLInputElement;
  const order = selectField({
    label: "List classes by",
    choices: [
      {value: "id", label: "number"},
      {value: "name", label: "name"}
    ],
    value: store.get().order,
    onChange: (value) => store.set({order: MODELS_TABLE.order.parse(value)!})
  });

  const note = html`<p class="quiet"></p>` as HTMLElement;
  const keptHeading = html`<h2 id="kept" tabindex="-1">Kept in this browser</h2>` as HTMLElement;
  const keptCards = html`<div class="model-cards"></div>` as HTMLElement;

  /** @returns never rejects */
  async function bring(brought: Brought): Promise<void> {
    const controller = new AbortController();
    importing.add(controller);
    picker.showImporting(true);
    busy.begin();
    try {
      const {kept, unkept, problems} = await engine.importModels(brought, controller.signal);
      report(problems.length > 0 ? problems.join(" ") : null, "import");
      const welcomed = unkept.map(({model, file}) => welcome(model, file));
      visitors = [...visitors, ...welcomed];
      const titles = (models: readonly {readonly title: string}[]) => models.map(({title}) => title).join(", ");
      summary = kept.length > 0 ? `Kept in this browser: ${titles(kept)}.` : "Nothing was added.";
      if (welcomed.length > 0) summary = `Not kept, but here as long as this page is open: ${titles(welcomed)}.`;
      await showKept(kept[0]);
      busy.finished();
    } catch (error) {
      summary = controller.signal.aborted ? "The import was cancelled; nothing was added." : "Nothing was added.";
      report(error, "import");
    } finally {
      importing.delete(controller);
      picker.showImporting(importing.size > 0);
      busy.end();
    }
  }

  /** Shows what is kept now. @param newest is brought into view; by default the reader's place stays */
  async function showKept(newest?: KeptModel): Promise<void> {
    const shelf = await openShelf();
    const kept = (await shelf?.list()) ?? [];
    keptViews = new Map([
      ...visitors.map((each) => [each.id, modelView(each, actionsOf(each, fileName(each.title)))] as const),
      ...kept.map((each) => [listedOf(each).id, keptView(shelf!, each)] as const)
    ]);
    for (const [id, view] of keptViews) {
      view.show(store.get());
      view.showTime(times.get(id) ?? "", false);
    }
    keptCards.replaceChildren(...[...keptViews.values()].map(({element}) => element));
    note.textContent = await shelfNote(shelf, kept);
    if (newest) focusOn(listedOf(newest).id);
  }

  function keptView(shelf: Shelf, kept: KeptModel): ModelView {
    const {id} = listedOf(kept);
    const change = (said: string, wanted: ChangedWords) =>
      changing(said, async () => {
        await shelf.change({...kept, ...wanted} as KeptModel);
        return id;
      });
    return modelView(listedOf(kept), actionsOf(listedOf(kept), fileName(kept.title)), {
      kept,
      actions: {
        onRename: (title) => change(`“${kept.title}” is now called “${title}”.`, {title, isRenamed: true}),
        onLabels: (labels) => change(`The classes of “${kept.title}” have other labels.`, {labels, names: undefined}),
        onNames: (names) => change(`The classes of “${kept.title}” have the names that you wrote.`, {names, labels: undefined}),
        onAnswer: (answers) => answer(kept, answers),
        onCompare: (answers, place) => compare(kept, place, (preprocessing) => answer(kept, {...answers, preprocessing})),
        onDownload: () => shell.attempt("download", () => download(shelf, kept)),
        onDelete: () =>
          changing(`“${kept.title}” was deleted.`, async () => {
            await shelf.remove(kept);
            return null;
          })
      }
    });
  }

  /** Writes answers into what is kept, which so becomes another file. */
  function answer(kept: KeptModel, answers: Answers): void {
    changing(
      `What the file of “${kept.title}” does not tell is answered: you are not asked again.`,
      async () => listedOf(await engine.answerModel(kept.sha256, answers)).id
    );
  }

  /** @param name of the model's files, without their ending */
  function actionsOf({id, title}: ListedModel, name: string): ModelActions {
    return {
      onMeasure: () => measure(id),
      onDownloadOnnx: () =>
        working("download", async () => {
          saveFile(await engine.exportOnnx(modelUrl(id)), `${name}.onnx`, BYTES);
          summary = `“${title}” was written as an ONNX graph.`;
        })
    };
  }

  /** Does what the page is busy with meanwhile. @param part what a report of its failure is about; it is taken back once this is done */
  function working(part: string, work: () => Promise<void>): void {
    busy.begin();
    shell.attempt(part, async () => {
      try {
        await work();
        report(null, part);
        busy.finished();
      } finally {
        busy.end();
      }
    });
  }

  /** Changes what is kept, then says so and goes on where the reader was: at a model, or at the heading. */
  function changing(said: string, work: () => Promise<string | null>): void {
    working("change", async () => {
      const id = await work();
      summary = said;
      await showKept();
      focusOn(id);
    });
  }

  function focusOn(id: string | null): void {
    const heading = id === null ? keptHeading : (keptViews.get(id)?.element.querySelector("h3") ?? keptHeading);
    heading.focus();
    heading.scrollIntoView({block: "nearest"});
  }

  function measure(id: string): void {
    const view = () => keptViews.get(id) ?? builtViews.get(id);
    view()?.showTime("measuring …", true);
    working("time", async () => {
      try {
        const found = await capabilities;
        times.set(id, await measuredTime(engine, id, backendFor(store.get().backend, found), found));
      } finally {
        view()?.showTime(times.get(id) ?? "", false);
      }
    });
  }

  follow(store, ["find", "order"], (state) => {
    for (const view of [...builtViews.values(), ...keptViews.values()]) view.show(state);
  });
  void shell.meetMachine("machine", (found) => backend.offer(backendChoices(found), store.get().backend));
  // So that an import works once the network is cut.
  void engine.importModels({files: []}, left.signal).catch(() => {});
  // What other pages say of models is true no longer where this one, which held them, was left.
  farewell(noted());
  addEventListener("pagehide", () => farewell(visitors), {signal: left.signal});
  busy.begin();
  shell.attempt("shelf", () => showKept().finally(() => busy.end()));

  return {
    bring: html`<div>${picker}${shell.error}${shell.status}</div>`,
    controls: html`<div class="model-controls">
      <label class="field"><span class="field-name">Find a class</span>${find}</label>${order}${backend}
    </div>`,
    kept: html`<section aria-labelledby="kept">${keptHeading}${note}${keptCards}</section>`,
    built: html`<div class="model-cards">${[...builtViews.values()].map(({element}) => element)}</div>`,
    offline: offline.element,
    dispose() {
      farewell(visitors);
      left.abort();
      shell.dispose();
    }
  };
}

/** The model's file, with the name and the labels that the reader gave it where those are others than the file's. */
async function download(shelf: Shelf, kept: KeptModel): Promise<void> {
  const found = await shelf.find(kept.sha256);
  if (!found) throw new Error(`“${kept.title}” is no longer kept in this browser.`);
  const {classes, palette} = labelsOf(kept);
  const bytes = new Uint8Array(await found.file.arrayBuffer());
  const written = withMetadata(bytes, {
    ...(kept.isRenamed && {name: kept.title}),
    ...((kept.labels ?? kept.names) && {classes: JSON.stringify(classes), palette: JSON.stringify(palette)})
  });
  saveFile(written, `${fileName(kept.title)}.safetensors`, BYTES);
}

/** What a kept model's files are called, without their ending. */
function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}._-]+/gu, "-");
}
