import {html} from "htl";
import {runFacts} from "../../components/tables/run-facts.js";
import type {Sample} from "../../data/samples/samples.js";
import type {Edit} from "../../engine/photo-edits/edit.js";
import type {EngineClient} from "../../lab/engine-client.js";
import type {MaskChoice} from "../../worker/protocol.js";
import {averagingOf} from "../../lab/averaging.js";
import {capitals} from "../../lab/backend-choices.js";
import {isAborted} from "../../engine/aborted.js";
import {reportAddress} from "../../lab/address-report.js";
import type {ListedModel} from "../../lab/model-list.js";
import {nextTask} from "../../lab/next-task.js";
import {pagePhoto} from "../../lab/page-photo.js";
import {pageShell, sayWhere} from "../../lab/page-shell.js";
import type {Found, Work} from "../../lab/page-shell.js";
import {photoIn} from "../../lab/photo-choice.js";
import {isSamePhoto, rememberedPhoto} from "../../lab/photo-memory.js";
import type {RememberedPhoto} from "../../lab/photo-memory.js";
import {runChoice} from "../../lab/run-choice.js";
import {adoptStandIn} from "../../lab/stand-in.js";
import {addressStore, isChanged} from "../../lab/state.js";
import {newTurns} from "../../lab/turns.js";
import type {StateOf} from "../../lab/state.js";
import {isKeptId} from "../../shelf/kept-address.js";
import type {DecodedPhoto} from "../../media/decode.js";
import {photoEditor} from "../../media/edits.js";
import {keptMask} from "../../media/drawn-mask.js";
import {cursor as newCursor} from "../inspector/cursor.js";
import type {Standing} from "../inspector/inspection.js";
import {changesInWords} from "../inspector/perturb/edit-text.js";
import {aboutPhoto} from "./about-photo.js";
import {workbenchControls} from "./controls.js";
import {manyPhotos} from "./many-photos.js";
import {exportPanel} from "./exports.js";
import {inspectorPlace} from "./inspector-place.js";
import {later} from "./later.js";
import {largeRuns} from "./large-run.js";
import type {LargeRun} from "./large-run.js";
import {resultView} from "./result-view.js";
import {runRows, timeRows} from "./run-report.js";
import {passesOf} from "./passes-of.js";
import {crfOf, workbenchTable} from "./state.js";
import type {WorkbenchTable} from "./state.js";

const REPLACED = " The graphics device or the worker was lost on the way; it was started again and the work done anew.";

/** What a run is asked for. */
interface Asked {
  readonly original: DecodedPhoto;
  readonly state: StateOf<WorkbenchTable>;
  /** A run that stands, to go on from where that is what is asked for. */
  readonly before: Standing | null;
}

/**
 * The workbench: brings photos to the network and shows what comes back. A new photo stands dimmed until its mask comes, an old mask until
 * a new one does.
 *
 * @param options.main the element whose `aria-busy` tells whether a result is awaited
 */
export function workbench(options: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  readonly samples: readonly Sample[];
}): {element: HTMLElement; dispose(): void} {
  const {main, models, samples} = options;
  const table = workbenchTable(
    models.map(({id}) => id),
    samples
  );
  const store = addressStore(table, rememberedPhoto());
  const {get, set} = store;

  /** The photo that is wanted; dimmed until its result comes. */
  let photo: DecodedPhoto | null = null;
  /** The choice that came last, whether its photo is there or still loading. */
  let wanted: RememberedPhoto | null = null;
  /** The choice that the address made, until its photo came. */
  let named: RememberedPhoto | null = null;
  /** The run that is shown. The model chosen may be another, still running or failed. */
  let shown: Standing | null = null;
  /** Whether a run follows each change of the photo. */
  let isKeepingUp = false;
  /** What the status line says when nothing is under way. */
  let summary = "";
  /** Says of the engine that it was lost since the last run was asked for. */
  let replaced = "";

  const shell = pageShell({main, idle: () => summary + replaced, onReplaced: () => (replaced = REPLACED)});
  const {capabilities, status, busy} = shell;
  reportAddress(shell, table, store);
  const keepingUp = busy.task();
  const cursor = newCursor();
  // The picture on top and the inspector's show the same, as a rule.
  const maskOf = keptMask();
  const view = resultView({shell, store, cursor, maskOf, onChoose: (point) => inside.choose(point)});
  const standIn = adoptStandIn(view.figure);
  const controls = workbenchControls({models, table, store, onReset: reset});
  const about = aboutPhoto(samples);
  const many = manyPhotos({shell, later, choice: (engine) => maskChoice(get(), engine)});
  const exports = exportPanel({many, later, shell, store});
  const times = runFacts({title: "Time"});
  const facts = runFacts({title: "This run"});
  const inside = inspectorPlace({later, store, shell, models, cursor, maskOf, report});
  const choice = pagePhoto({
    shell,
    samples,
    report,
    onWanted: (chosen) => (wanted = chosen),
    onPhoto(decoded, chosen) {
      // Changes belong to the photo that they were made on: only the one that the address names comes with them.
      const isNamed = named !== null && isSamePhoto(named, chosen) && isSamePhoto(get(), chosen);
      named = null;
      // No run of the photo before, should its changes go now.
      photo = null;
      set({...chosen, edits: isNamed ? get().edits : []});
      photo = decoded;
      view.await(decoded);
      void segment();
    }
  });
  // The same changes to the same photo are the same photo, which the engine has.
  const edited = photoEditor();
  const large = largeRuns({onAgreed: () => void segment(), onSize: (inputSize) => set({inputSize})});
  const run = shell.computation({
    part: "run",
    report,
    async work({original, state, before, engine, checkWanted}: Asked & Work): Promise<{standing: Standing; found: Found} | LargeRun> {
      const found = await capabilities;
      const {averaging, ...run} = await maskChoice(state, engine);
      checkWanted();
      const {edits, model} = state;
      const photo = edited(original, edits);
      const isThere = before?.photo === photo && isSame([before.run, before.result.averaged?.averaging], [run, averaging]);
      const waits = isThere
        ? null
        : await large.foreseen(
            engine,
            models.find(({id}) => id === model)!,
            photo,
            {...run, averaging}
          );
      if (waits) return waits;
      const result = isThere ? before.result : await engine.segment(photo, {...run, ...(averaging && {averaging})});
      const crf = crfOf(state);
      const refinement = crf && (await engine.refine(photo, passesOf(result), crf, false));
      const {width, height} = result;
      const mask = {width, height, labels: (refinement ?? result.averaged ?? result).labels};
      return {standing: {photo, original, edits, model, run, result, refinement, mask}, found};
    },
    async show(outcome) {
      large.ask("forecast" in outcome ? outcome : null);
      if ("standing" in outcome) await show(outcome.standing, outcome.found);
      else summary = "Not begun yet.";
    }
  });
  const turns = newTurns();
  const stop = html`<button type="button" class="stop" hidden>Stop</button>` as HTMLButtonElement;
  stop.onclick = () => {
    view.goBack();
    summary = `Stopped. ${stillShown()}`;
    turns.drop();
    stop.hidden = true;
    run.drop();
  };

  store.listen((state, before) => {
    // The reader went back, or forth, to another photo.
    if (wanted && !isSamePhoto(state, before) && !isSamePhoto(state, wanted)) return openNamed();
    if (isChanged(["model", "backend", "outputStride", "inputSize", "rates", "precision", "scales", "flip"], state, before)) void segment();
    else if (state.edits !== before.edits) void keepUp();
    else if (isChanged(["crf", "crfIterations", "crfPosition", "crfColour"], state, before)) void segment(shown);
  });

  /** What the controls ask for. @throws Error with a sentence where the model cannot be had */
  async function maskChoice(state: StateOf<WorkbenchTable>, engine: EngineClient): Promise<MaskChoice> {
    const averaging = averagingOf(state);
    return {...(await runChoice(state, await capabilities, engine.describe)), ...(averaging && {averaging})};
  }

  /** @param before a run that need not be made anew. @returns never rejects */
  async function segment(before: Standing | null = null): Promise<void> {
    if (!photo) return;
    replaced = "";
    large.ask(null);
    const isLatest = turns.begin();
    stop.hidden = false;
    await run.start({original: photo, state: get(), before});
    if (isLatest()) stop.hidden = true;
  }

  function stillShown(): string {
    return shown ? `Still showing ${shown.photo.name}.` : "Nothing segmented yet.";
  }

  /**
   * Runs while the photo is being changed, one run after the other: each is shown, and the next has the newest changes.
   *
   * @returns never rejects
   */
  async function keepUp(): Promise<void> {
    if (isKeepingUp) return;
    isKeepingUp = true;
    keepingUp.begin();
    let ran: readonly Edit[];
    do {
      ran = get().edits;
      await segment();
    } while (get().edits !== ran);
    isKeepingUp = false;
    keepingUp.end();
  }

  /** Shows the mask first: what stands beside and below it takes a slow phone longer, and is left to a result that overtakes this one. */
  async function show(standing: Standing, found: Found): Promise<void> {
    const {photo, edits, model, result, refinement} = standing;
    shown = standing;
    const drawing = view.show(standing);
    standIn.remove();
    about.show(standing);
    times.update(timeRows(standing, drawing));
    await nextTask();
    if (shown !== standing) return;
    view.describe(standing);
    controls.explain(result.plan.network);
    facts.update([...runRows(standing, found), ...(edits.length > 0 ? [["Photo", changesInWords(edits)] as const] : [])]);
    exports.show(standing);
    summary = `${photo.name}${edits.length > 0 ? `, ${changesInWords(edits)},` : ""} segmented with ${models.find(({id}) => isKeptId(id) && id === model)?.title ?? model} on ${capitals(result.backend)}${refinement ? " and refined with a CRF" : ""}.`;
    await nextTask();
    if (shown !== standing) return;
    inside.show(standing);
  }

  function report(reason: unknown, part: unknown): void {
    if (reason !== null && !isAborted(reason)) {
      if (part === "run") view.goBack();
      summary = stillShown();
    }
    shell.report(reason, part);
  }

  /** Opens the photo that the state says. */
  function openNamed(): void {
    named = wanted = photoIn(get());
    choice.open(named);
  }

  function reset(): void {
    // The photo that the state says then is opened even where it is said already: another may still be loading.
    photo = wanted = null;
    store.reset();
    openNamed();
  }

  status.update("Looking for the fastest way to compute …", null);
  openNamed();
  void shell.meetMachine("run", (found) => {
    controls.offer(found);
    sayWhere(status, found);
  });

  return {
    element: html`<div class="workbench">
      ${choice.element}
      ${shell.error}
      <div class="stage">
        <div class="stage-picture">${view.figure}${large.element}<div class="under-way">${status}${stop}</div>${about.element}</div>
        <div class="stage-side">
          ${controls.element}
          ${view.legend}${view.probabilities}${times}${facts}
          ${exports.element}
        </div>
      </div>
      ${inside.element}
    </div>`,
    dispose() {
      choice.dispose();
      inside.dispose();
      shell.dispose();
    }
  };
}

/** Whether plain data is the same. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
