import {html} from "htl";
import {resultList} from "../../components/results/result-list.js";
import {countInWords} from "../../datasets/count-in-words.js";
import {datasetPanel} from "../../lab/datasets/dataset-panel.js";
import type {ChosenSplit} from "../../lab/datasets/dataset-panel.js";
import {nameOf} from "../../lab/datasets/name-of.js";
import {loadFormulaStyle} from "../../lab/formula-style.js";
import {reportAddress} from "../../lab/address-report.js";
import type {ListedModel} from "../../lab/model-list.js";
import {modelUrl} from "../../lab/model-list.js";
import {pageShell, sayWhere} from "../../lab/page-shell.js";
import {seconds} from "../../lab/quantities.js";
import {addressStore, isChanged} from "../../lab/state.js";
import {newTurns} from "../../lab/turns.js";
import type {MeasureChoice} from "../../worker/measure-messages.js";
import {comparisonView} from "./compare.js";
import {evaluateControls} from "./controls.js";
import {downloadButtons} from "./downloads.js";
import {figuresOf, runInWords} from "./figures.js";
import {runKeeper} from "./keeper.js";
import {measuredCount, newRun} from "./kept-runs.js";
import type {KeptRun} from "./kept-runs.js";
import {measureList} from "./measuring.js";
import {photoRanking} from "./ranking.js";
import {resultsView} from "./results.js";
import {metricsToy} from "./toy.js";
import {SETTING, choiceOf, evaluateTable, stateOf} from "./state.js";

/** What the controls ask for, of a data set that is there. */
interface Wanted {
  readonly chosen: ChosenSplit;
  readonly choice: MeasureChoice;
  readonly run: KeptRun;
}

const NO_ROOM = "This browser has no more room for results: delete some that are kept. What is shown is not lost while this page is open.";

function isFull(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === "QuotaExceededError";
}

/** Milliseconds between two drawings of a run that goes on. */
const REDRAW = 500;

/** The page that measures models on a reader's labelled photos. */
export function evaluatePage({main, models}: {readonly main: HTMLElement; readonly models: readonly ListedModel[]}): {
  readonly data: HTMLElement;
  readonly controls: HTMLElement;
  readonly results: HTMLElement;
  readonly toy: HTMLElement;
  dispose(): void;
} {
  loadFormulaStyle();
  const table = evaluateTable(models.map(({id}) => id));
  const store = addressStore(table);
  let summary = "";
  const shell = pageShell({main, idle: () => summary || panel.said()});
  const {capabilities, status} = shell;
  reportAddress(shell, table, store);
  const left = new AbortController();
  const keeper = runKeeper({onFault: (reason) => shell.report(isFull(reason) ? NO_ROOM : reason, "keeping")});
  const turns = newTurns();
  const modelOf = (id: string) => models.find((model) => model.id === id)!;

  let wanted: Wanted | null = null;
  let shown: KeptRun | null = null;
  /** A kept result that the reader asked to see, whatever the controls say. */
  let pinned: string | null = null;
  let isMeasuring = false;
  let drawn = 0;

  const controls = evaluateControls({models, table, store});
  const results = resultsView(store, table);
  const comparison = comparisonView(store);
  const photos = photoRanking(shell, store, table);
  const panel = datasetPanel({
    shell,
    signal: left.signal,
    names: store,
    expected() {
      const {classes, palette} = modelOf(store.get().model);
      return {classes, palette};
    },
    lists: () => [store.get().split],
    onChosen(chosen) {
      if (chosen) store.set({split: chosen.split === chosen.facts.splits[0] ? "" : chosen.split});
      pinned = null;
      if (isMeasuring) pause();
      summary = "";
      void refresh();
    }
  });

  const start = html`<button type="button" class="primary" onclick=${() => void measure()}>Measure</button>` as HTMLButtonElement;
  const stop = html`<button type="button" hidden onclick=${() => pause()}>Pause</button>` as HTMLButtonElement;
  const discard = html`<button type="button" hidden onclick=${() => void remove(wanted!.run.key)}></button>` as HTMLButtonElement;
  const why = html`<span class="hint"></span>` as HTMLElement;
  const list = resultList({onShow: pin, onDelete: (key) => void remove(key)});
  const title = html`<h2 tabindex="-1"></h2>` as HTMLElement;
  const about = html`<p class="quiet"></p>` as HTMLElement;
  const downloads = html`<div class="exports"></div>` as HTMLElement;
  const figures = html`<div class="evaluate-results" hidden>
    ${title}${about}${downloads}
    ${results.elements}
    ${photos.element}
    ${comparison.element}
  </div>` as HTMLElement;

  const measuring = shell.computation<Wanted, KeptRun>({
    part: "measuring",
    work: ({chosen, choice, run, engine, signal}) =>
      measureList(engine, chosen, choice, run, {
        signal,
        onPhoto({run, done, left}) {
          // What was dropped meanwhile is wanted no more.
          if (signal.aborted) return;
          shown = run;
          if (run !== keeper.find(run.key)) keeper.put(run);
          const ahead = left === null ? "" : `, ${seconds(left)} left`;
          status.update("Measuring photo after photo …", done / run.ids.length, `${done} of ${run.ids.length}${ahead}`);
          if (performance.now() - drawn > REDRAW) drawFigures();
        }
      }),
    show(run) {
      summary = `${countInWords(run.ids.length, "photo")} measured.`;
    }
  });

  /** @returns never rejects */
  async function measure(): Promise<void> {
    if (!wanted || isMeasuring) return;
    pinned = null;
    isMeasuring = true;
    const {run} = wanted;
    summary = "";
    draw();
    await measuring.start(wanted);
    isMeasuring = false;
    const now = keeper.find(run.key) ?? run;
    summary ||= `Stopped: ${measuredCount(now)} of ${now.ids.length} photos are measured; they are kept, and need not be measured again.`;
    const kept = keeper.settle();
    await refresh();
    if (summary) status.update(summary);
    await kept;
  }

  function pause(): void {
    measuring.drop();
  }

  async function remove(key: string): Promise<void> {
    const isUnderWay = isMeasuring && wanted?.run.key === key;
    if (isUnderWay) {
      summary = "Cancelled: nothing of it is kept.";
      pause();
    }
    if (pinned === key) pinned = null;
    shell.attempt("keeping", async () => {
      await keeper.remove(key);
      await refresh();
      if (!isUnderWay) list.querySelector<HTMLElement>("summary")?.focus();
    });
  }

  /** Shows a kept result, and sets the controls as they were. */
  function pin(key: string): void {
    const run = keeper.find(key);
    if (!run) return;
    store.set(stateOf(run, table));
    pinned = key;
    void refresh().then(() => title.focus());
  }

  /** Finds what the controls ask for, and what is known of it. @returns never rejects */
  async function refresh(): Promise<void> {
    const isLatest = turns.begin();
    const found = await capabilities.catch(() => null);
    await keeper.loaded;
    const chosen = panel.chosen();
    const state = store.get();
    const choice = found && choiceOf(state, found);
    const blank = chosen && choice ? await newRun(chosen, modelOf(state.model), choice) : null;
    if (!isLatest() || shell.isLeft()) return;
    wanted = chosen && choice && blank ? {chosen, choice, run: keeper.find(blank.key) ?? blank} : null;
    const asked = pinned === null ? undefined : keeper.find(pinned);
    shown = asked ?? (wanted ? wanted.run : (keeper.all().find((run) => isAsked(run)) ?? null));
    draw();
  }

  /** Whether the controls ask for a run like this, on whatever data. */
  function isAsked(run: KeptRun): boolean {
    const asked = stateOf(run, table);
    const state = store.get();
    return run.model.id === state.model && Object.entries(asked).every(([name, value]) => state[name as keyof typeof asked] === value);
  }

  function draw(): void {
    const of = wanted?.run.ids.length ?? 0;
    const done = wanted ? measuredCount(wanted.run) : 0;
    const isGrave = wanted?.chosen.checked.findings.some(({grave}) => grave) ?? false;
    // Who pressed a button that goes away goes on at what takes its place.
    const focused = [start, stop, discard].find((button) => button === document.activeElement);
    start.hidden = isMeasuring;
    start.disabled = !wanted || isGrave || of === 0 || done === of;
    start.textContent = done > 0 && done < of ? `Go on (${done} of ${of})` : "Measure";
    stop.hidden = !isMeasuring;
    discard.hidden = !isMeasuring && done === 0;
    discard.textContent = isMeasuring ? "Cancel" : "Discard this result";
    if (focused?.hidden) (isMeasuring ? stop : start.disabled ? title : start).focus();
    why.textContent = reason({isGrave, done, of});
    list.update(
      keeper.all().map((run) => ({
        key: run.key,
        title: runInWords(run),
        facts: `${run.dataset}, ${run.split}: ${measuredCount(run)} of ${countInWords(run.ids.length, "photo")}`,
        isShown: run.key === shown?.key
      }))
    );
    drawFigures();
  }

  function reason({isGrave, done, of}: {isGrave: boolean; done: number; of: number}): string {
    if (isMeasuring) return "";
    if (!wanted) return "Choose a data set first.";
    if (isGrave) return "Put right first what the check-up found: results would be wrong.";
    return done === of && of > 0 ? "Measured: other settings or another model give a result to compare." : "";
  }

  function drawFigures(): void {
    drawn = performance.now();
    const run = shown && measuredCount(shown) > 0 ? shown : null;
    figures.hidden = run === null;
    if (!run) return;
    const found = figuresOf(run);
    title.textContent = `${run.dataset}, ${run.split}: ${measuredCount(run)} of ${countInWords(run.ids.length, "photo")}`;
    about.textContent = `${runInWords(run)}.${measuredCount(run) < run.ids.length && !isMeasuring && !sourceOf(run) ? ` Open “${run.dataset}” again to go on.` : ""}`;
    results.show(run, found);
    downloads.replaceChildren(...downloadButtons(run, found));
    photos.pause(isMeasuring);
    if (isMeasuring) return;
    comparison.show(run, keeper.all());
    photos.show(run, sourceOf(run));
  }

  /** Where the photos of a run are: in the data set that is open, if it is that one. */
  function sourceOf(run: KeptRun): {data: ChosenSplit; choice: MeasureChoice} | null {
    if (!wanted) return null;
    const {chosen} = wanted;
    const isThere = nameOf(chosen) === run.dataset && chosen.split === run.split;
    if (!isThere || chosen.checked.ids.join("\n") !== run.ids.join("\n")) return null;
    return {data: chosen, choice: {...run.setting, backend: run.backend, modelUrl: modelUrl(run.model.id)}};
  }

  store.listen((state, before) => {
    if (isChanged([...SETTING], state, before)) {
      pinned = null;
      if (isMeasuring) pause();
      summary = "";
      if (modelOf(state.model).classes.join("\n") !== modelOf(before.model).classes.join("\n")) panel.recheck();
      void refresh();
    }
  });
  void shell.meetMachine("machine", (found) => {
    controls.offer(found);
    sayWhere(status, found);
  });
  void refresh();
  addEventListener("pagehide", () => void keeper.settle(), {signal: left.signal});

  return {
    data: html`<div>${panel.element}</div>` as HTMLElement,
    controls: html`<div>${controls.element}
      <div class="evaluate-actions">${start}${stop}${discard}${why}</div>
      ${shell.error}${shell.status}${list}</div>` as HTMLElement,
    results: figures,
    toy: metricsToy(store),
    dispose() {
      left.abort();
      void keeper.settle();
      shell.dispose();
    }
  };
}
