import {html} from "htl";
import type {ChosenSplit} from "../../lab/datasets/dataset-panel.js";
import type {PageShell} from "../../lab/page-shell.js";
import {seconds, whole} from "../../lab/quantities.js";
import {runTraining} from "../../lab/training-run.js";
import type {TrainingEnd} from "../../lab/training-run.js";
import type {BackendId} from "../../worker/protocol.js";
import type {OpenTraining, TrainedModel, TrainingEstimate, TrainingNews} from "../../worker/training-messages.js";
import {courseOf, withNews} from "./course.js";
import type {Followed, TrainingFigures} from "./figures.js";
import type {TrainedView} from "./trained.js";
import {verdictOf} from "./verdict.js";
import {timeOf} from "./words.js";

const PART = "training";
/** Milliseconds between two drawings of a training that goes on. */
const REDRAW = 400;
/** Steps whose mean tells what the next ones take. */
const LATEST = 20;
/** Where a training goes on when the graphics device is lost. */
const WITHOUT_DEVICE: BackendId = "wasm";

export interface UnderWay {
  readonly buttons: readonly HTMLElement[];
  /** What the curves say. */
  readonly verdict: HTMLElement;
  /** Opens a training and lets it run. @returns never rejects; settles when it has ended, or is paused */
  start(open: () => Promise<OpenTraining>, chosen: ChosenSplit): Promise<void>;
  /** Makes a model of the best of a training, whether or not it is open. @returns never rejects */
  useBest(id: string): Promise<void>;
  isBusy(): boolean;
  /** Whether one is open that is not finished. */
  isOpen(): boolean;
  openId(): string | null;
  /** What measuring takes, and whether it is kept, as the estimate has it. */
  expect(estimate: TrainingEstimate): void;
  /** Gives a training up that is deleted. */
  forget(id: string): Promise<void>;
  said(): string;
  leave(): void;
}

/**
 * The training that is open, if one is: it runs, pauses, goes on, and ends in a model.
 *
 * @param options.onChange called when it begins, and when it ends or is paused
 */
export function underWay(options: {
  readonly shell: PageShell;
  readonly figures: TrainingFigures;
  readonly trained: TrainedView;
  onChange(): void;
}): UnderWay {
  const {shell, figures, trained, onChange} = options;
  const {engine, busy, status, report} = shell;
  let followed: Followed | null = null;
  let opening = false;
  /** Pauses what runs; null while nothing does. */
  let running: {readonly pause: AbortController; readonly ended: Promise<void>} | null = null;
  let end: TrainingEnd | null = null;
  let measuringTime = 0;
  let isKept = true;
  let words = "";
  /** Whether the reader is done with the one that is shown; it is kept, and can be opened again. */
  let isPutAway = false;
  let drawn = 0;

  const pause = html`<button type="button" onclick=${() => running?.pause.abort()}>Pause</button>` as HTMLButtonElement;
  const goOn = html`<button type="button" class="primary" onclick=${() => void again()}>Go on</button>` as HTMLButtonElement;
  const elsewhere =
    html`<button type="button" onclick=${() => void again(WITHOUT_DEVICE)}>Go on without the graphics device</button>` as HTMLButtonElement;
  const stop = html`<button type="button" onclick=${() => void stopHere()}>Stop, and keep the best</button>` as HTMLButtonElement;
  const verdict = html`<p class="train-verdict" role="status"></p>` as HTMLElement;

  const stepsOf = () => followed?.training.settings.steps ?? 0;
  const isOpen = () => followed !== null && !isPutAway && followed.known.step < stepsOf();

  /** Does what the page is busy with meanwhile; what goes wrong is told. */
  async function busily(work: () => Promise<void>): Promise<void> {
    busy.begin();
    try {
      await work();
      busy.finished();
    } catch (reason) {
      report(reason, PART);
    } finally {
      draw();
      busy.end();
    }
  }

  async function start(open: () => Promise<OpenTraining>, chosen: ChosenSplit): Promise<void> {
    opening = true;
    words = "";
    trained.show(null);
    report(null, PART);
    onChange();
    let isOpened = false;
    await busily(async () => {
      try {
        const training = await open();
        followed = {training, chosen, known: courseOf(training)};
        isPutAway = false;
        isOpened = true;
      } finally {
        opening = false;
      }
    });
    if (isOpened && !shell.isLeft()) await run();
    else onChange();
  }

  async function run(): Promise<void> {
    const {id} = followed!.training;
    const controller = new AbortController();
    const ended = busily(async () => {
      try {
        end = null;
        end = await runTraining(engine, id, {signal: controller.signal, onNews});
        await concluded(end);
      } finally {
        running = null;
      }
    });
    running = {pause: controller, ended};
    draw();
    onChange();
    await ended;
    onChange();
  }

  async function concluded(now: TrainingEnd): Promise<void> {
    const of = whole(stepsOf());
    switch (now.kind) {
      case "finished":
        words = `Finished after ${of} steps.`;
        await kept(followed!.training.id);
        // What it holds in memory is needed no more.
        await engine.train("close", {id: followed!.training.id});
        return;
      case "paused":
        words = `Paused after step ${whole(now.step)} of ${of}: ${isKept ? "all of it is kept in this browser, and goes on after a reload, too" : "it goes on as long as this page is open"}.`;
        return;
      case "stopped":
        words = `Stopped. What was learnt until step ${whole(now.keptAt)} is kept.`;
        return report(now.message, PART);
      case "worker lost":
        words = `Stopped. What was learnt until step ${whole(followed!.known.keptAt)} is kept.`;
        return report(`${now.message} It can go on from step ${whole(followed!.known.keptAt)}.`, PART);
    }
  }

  /** Goes on: where it stands in the worker, or from its last checkpoint. */
  async function again(backend?: BackendId): Promise<void> {
    if (!followed || running) return;
    const {training, chosen} = followed;
    if (end?.kind === "paused") return run();
    const {given, mends, split} = chosen;
    await start(() => engine.train("goOn", {id: training.id, data: {given, mends, split}, ...(backend && {backend})}), chosen);
  }

  async function stopHere(): Promise<void> {
    if (!followed) return;
    const {id} = followed.training;
    running?.pause.abort();
    await running?.ended;
    // It was at its last step: it has finished, and the best is kept.
    if (!isOpen()) return;
    await busily(async () => {
      const {problem} = await kept(id);
      isPutAway = true;
      words = `Stopped after step ${whole(followed!.known.keptAt)}: the best is ${problem === null ? "kept as a model" : "a model, which waits to be downloaded"}. The training is ${isKept ? "kept, too" : "here as long as this page is open"}, and can be opened below to go on.`;
    });
    onChange();
  }

  async function kept(id: string): Promise<TrainedModel> {
    const model = await engine.train("keepModel", {id, which: "best"});
    trained.show(model);
    return model;
  }

  function onNews(news: TrainingNews): void {
    if (!followed) return;
    followed = {...followed, known: withNews(followed.known, news)};
    const {step} = followed.known;
    const detail = news.kind === "measuring" ? `measuring photo ${news.done} of ${news.of}` : timeLeft(followed);
    status.update("Training …", step / stepsOf(), `step ${whole(step)} of ${whole(stepsOf())}, ${detail}`);
    if (performance.now() - drawn > REDRAW) draw();
  }

  function timeLeft({known: {course, step}, training: {settings}}: Followed): string {
    const latest = course.steps.slice(-LATEST);
    if (latest.length === 0) return "the first step takes longer";
    const millisecondsOfStep = latest.reduce((sum, {milliseconds}) => sum + milliseconds, 0) / latest.length;
    return `${seconds(timeOf({millisecondsOfStep, millisecondsOfMeasuring: measuringTime}, settings, step))} left`;
  }

  function draw(): void {
    drawn = performance.now();
    const focused = [pause, goOn, elsewhere, stop].find((button) => button === document.activeElement);
    pause.hidden = running === null;
    pause.disabled = running?.pause.signal.aborted ?? false;
    goOn.hidden = running !== null || opening || !isOpen();
    elsewhere.hidden = goOn.hidden || end?.kind !== "stopped" || end.reason !== "device lost";
    stop.hidden = !isOpen() || opening || followed!.known.course.best === null;
    if (focused?.hidden) (goOn.hidden ? pause : goOn).focus();
    figures.show(followed);
    verdict.textContent = followed ? verdictOf(followed.known.course) : "";
  }
  draw();

  return {
    buttons: [pause, goOn, elsewhere, stop],
    verdict,
    start,
    useBest: (id) => busily(async () => void (await kept(id))),
    isBusy: () => opening || running !== null,
    isOpen,
    openId: () => followed?.training.id ?? null,
    expect(estimate) {
      measuringTime = estimate.millisecondsOfMeasuring;
      ({isKept} = estimate);
    },
    async forget(id) {
      if (followed?.training.id !== id) return;
      running?.pause.abort();
      await running?.ended;
      followed = null;
      words = "";
      draw();
      onChange();
    },
    said: () => words,
    leave: () => running?.pause.abort()
  };
}
