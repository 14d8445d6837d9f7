import {html} from "htl";
import {questionNote} from "../../components/page/question.js";
import {resultList} from "../../components/results/result-list.js";
import {loadFormulaStyle} from "../../lab/formula-style.js";
import {reportAddress} from "../../lab/address-report.js";
import {modelUrl} from "../../lab/model-list.js";
import type {ListedModel} from "../../lab/model-list.js";
import {pageShell, sayWhere} from "../../lab/page-shell.js";
import {addressStore} from "../../lab/state.js";
import type {KeptTraining, TrainingChoice, TrainingEstimate} from "../../worker/training-messages.js";
import type {Capabilities} from "../../worker/protocol.js";
import {trainControls} from "./controls.js";
import {cropsView} from "./crops.js";
import {trainingData} from "./data.js";
import {trainingFigures} from "./figures.js";
import {settingsOf} from "./settings.js";
import {trainTable} from "./state.js";
import {trainedView} from "./trained.js";
import {underWay} from "./under-way.js";
import {estimateInWords, freshInWords, keptInWords, warningOf} from "./words.js";

/** The page on which a network learns from a reader's labelled photos. */
export function trainPage({main, models}: {readonly main: HTMLElement; readonly models: readonly ListedModel[]}): {
  readonly data: HTMLElement;
  readonly controls: HTMLElement;
  readonly results: HTMLElement;
  dispose(): void;
} {
  loadFormulaStyle();
  const table = trainTable(models.map(({id}) => id));
  const store = addressStore(table);
  const shell = pageShell({main, idle: () => training.said() || data.said()});
  const {status, engine} = shell;
  reportAddress(shell, table, store);
  const left = new AbortController();
  let machine: Capabilities | null = null;
  /** A kept training that waits for its photos. */
  let awaiting: string | null = null;

  const controls = trainControls({models, table, store});
  const data = trainingData({
    shell,
    signal: left.signal,
    store,
    model: () => models.find(({id}) => id === store.get().model)!,
    onChange: () => shell.attempt("training", photosChanged)
  });
  const crops = cropsView(shell);
  const trained = trainedView();
  const figures = trainingFigures({shell, store, table});
  const training = underWay({shell, figures, trained, onChange: refresh});
  const keptTrainings = () => engine.train("list", null);

  const start =
    html`<button type="button" class="primary" onclick=${() => shell.attempt("training", begin)}>Train</button>` as HTMLButtonElement;
  const why = html`<span class="hint"></span>` as HTMLElement;
  const estimate = html`<p class="hint"></p>` as HTMLElement;
  const warning = html`<p class="train-warning"></p>` as HTMLElement;
  const offer = questionNote("A kept training");
  const list = resultList({
    words: {one: "training", several: "trainings", show: "Open"},
    onShow: (id) => shell.attempt("training", () => goOn(id)),
    onDelete: (id) => shell.attempt("keeping", () => remove(id))
  });

  const estimating = shell.computation<{readonly choice: TrainingChoice}, TrainingEstimate>({
    part: "estimate",
    report(reason, part) {
      // What was estimated is of other settings than those that were refused.
      if (reason !== null) estimate.textContent = warning.textContent = "";
      shell.report(reason, part);
    },
    work: ({choice, engine}) => engine.train("estimate", choice),
    show(found, {choice: {settings}}) {
      estimate.textContent = `${estimateInWords(found, settings)} ${freshInWords(found.fresh)}`.trim();
      warning.textContent = warningOf(found, settings);
      training.expect(found);
    }
  });

  function choiceNow(): TrainingChoice | null {
    const photos = data.photos();
    if (!photos || !machine) return null;
    const {chosen: _, val, ...told} = photos;
    return {...told, settings: settingsOf(store.get(), machine, val)};
  }

  function refresh(): void {
    const choice = training.isBusy() ? null : choiceNow();
    crops.offer(choice);
    if (choice) void estimating.start({choice});
    else estimating.drop();
    if (!choice && !training.isBusy()) estimate.textContent = warning.textContent = "";
    draw();
  }

  async function photosChanged(): Promise<void> {
    const photos = data.photos();
    if (photos && awaiting !== null && !training.isBusy()) {
      const id = awaiting;
      awaiting = null;
      await open(id);
    } else refresh();
  }

  async function begin(): Promise<void> {
    const choice = choiceNow();
    const photos = data.photos();
    if (!choice || !photos || training.isBusy()) return;
    awaiting = null;
    offer.ask(null);
    data.fold(true);
    await training.start(() => engine.train("begin", choice), photos.chosen);
    await showKept();
  }

  /** Takes up a kept training: its photos are brought first, where the page knows from where. */
  async function goOn(id: string): Promise<void> {
    if (training.isBusy()) return;
    awaiting = null;
    offer.ask(null);
    const kept = (await keptTrainings()).find((each) => each.id === id);
    if (!kept) return;
    if (kept.step === kept.settings.steps) return training.useBest(id);
    const photos = data.photos();
    if (photos?.data.split === kept.list && photos.source === kept.source) return open(id);
    awaiting = id;
    store.set({list: kept.list});
    if (kept.source !== "") return data.openLabelled(kept.source);
    shell.report(`Choose the photos of “${kept.title}” (${kept.from}) above once more: then it goes on by itself.`, "training");
  }

  async function open(id: string): Promise<void> {
    const photos = data.photos();
    if (!photos) return;
    data.fold(true);
    await training.start(() => engine.train("goOn", {id, data: photos.data}), photos.chosen);
    await showKept();
  }

  async function remove(id: string): Promise<void> {
    if (awaiting === id) awaiting = null;
    offer.ask(null);
    await training.forget(id);
    await engine.train("remove", {id});
    await showKept();
    list.querySelector<HTMLElement>("summary")?.focus();
  }

  /** Lists what is kept. */
  async function showKept(): Promise<readonly KeptTraining[]> {
    const kept = await keptTrainings();
    if (shell.isLeft()) return kept;
    const now = Date.now();
    list.update(
      kept.map((each) => ({key: each.id, title: each.title, facts: keptInWords(each, now), isShown: each.id === training.openId()}))
    );
    draw();
    return kept;
  }

  async function offerLast(): Promise<void> {
    const last = (await showKept()).find(({step, settings}) => step < settings.steps);
    if (!last || training.isBusy() || shell.isLeft()) return;
    offer.ask({
      words: `“${last.title}” is not finished: ${keptInWords(last, Date.now())}.`,
      answers: [
        {label: "Go on with it", onChoose: () => shell.attempt("training", () => goOn(last.id))},
        {label: "Not now", onChoose: () => offer.ask(null)}
      ]
    });
  }

  function draw(): void {
    const isBusy = training.isBusy();
    controls.lock(isBusy);
    const reason = isBusy ? "" : data.why();
    start.hidden = isBusy || training.isOpen();
    start.disabled = reason !== "" || !machine;
    why.textContent = reason;
  }

  store.listen((state, before) => {
    if (state.scale === before.scale) refresh();
    if (state.model !== before.model) explain();
  });
  const explain = () => {
    const {model} = store.get();
    shell.attempt("model", async () => {
      const {network} = await engine.describe(modelUrl(model));
      if (model === store.get().model) controls.explain(network);
    });
  };
  explain();
  void shell.meetMachine("machine", (found) => {
    machine = found;
    controls.offer(found);
    sayWhere(status, found);
    refresh();
  });
  if (store.get().project !== "") data.openLabelled(store.get().project);
  shell.attempt("keeping", offerLast);
  draw();

  return {
    data: data.element,
    controls: html`<div>${controls.element}${crops.element}${estimate}${warning}${offer}
      <div class="train-actions">${start}${training.buttons}${why}</div>
      ${shell.error}${status}${training.verdict}${list}</div>` as HTMLElement,
    results: html`<div>${trained.element}${figures.element}</div>` as HTMLElement,
    dispose() {
      left.abort();
      training.leave();
      shell.dispose();
    }
  };
}
