import type {WeightMap} from "../../engine/model.js";
import {frozenEndPoints} from "../../train/classes.js";
import {learnFrom} from "../../train/learn-from.js";
import {batchAt} from "../../train/order.js";
import {overfittingSince} from "../../train/overfitting.js";
import {readWeights} from "../../train/read-weights.js";
import {startTraining} from "../../train/training.js";
import type {TrainingState} from "../../train/training.js";
import type {Measured, OpenTraining, TrainingCourse, TrainingNews, TrainingSettings} from "../training-messages.js";
import {newMeasuring} from "./measuring.js";
import {UnreadablePhoto} from "./photos.js";
import type {NamedPhotos} from "./photos.js";
import {stoppedBy} from "./stopped.js";
import type {UnderWay} from "./stopped.js";
import type {StoredTraining, TrainingStore} from "./store.js";

/** Milliseconds after which nothing may be lost any more. */
const KEEP_WITHIN = 30_000;

/** An open training. */
export interface Session {
  readonly id: string;
  readonly settings: TrainingSettings;
  /** What a page is told of it. */
  opened(): Promise<OpenTraining>;
  /** Makes the next piece on the current backend: a step, or one photo that is measured. Never throws: what stops it is news, too. */
  advance(): Promise<readonly TrainingNews[]>;
  /** Writes a checkpoint, unless that of this step is written. @returns the step @throws NotKept */
  keep(): Promise<number>;
  dispose(): void;
}

export interface SessionOptions {
  readonly photos: {readonly train: NamedPhotos; readonly val: NamedPhotos};
  readonly store: TrainingStore;
  /** Waits for work on the current backend, but not for ever. */
  readonly lasting?: <T>(work: Promise<T>) => Promise<T>;
  /** Milliseconds since some time. */
  readonly now?: () => number;
}

/** A training as it is kept, or one that has not begun. */
export type StartingTraining = Omit<StoredTraining, "state"> & {readonly state: TrainingState | null};

/** The options of a training, as `startTraining` takes them. */
export function trainingOptions(
  {settings, classWeights}: Pick<OpenTraining, "settings" | "classWeights">,
  {network}: StoredTraining["model"]
) {
  const {crop, outputStride, rates, optimiser, rate, clip, hardExamples, frozen, steps} = settings;
  return {
    plan: {height: crop, width: crop, outputStride, ...(rates && {rates})},
    frozen: frozenEndPoints(network, frozen),
    optimiser,
    rate: {...rate, steps},
    clip,
    classWeights: classWeights ?? undefined,
    hardExamples
  };
}

/**
 * Opens a training where it stands, on the current backend.
 *
 * @throws Error with a sentence for the reader where its settings do not fit
 */
export function openSession(stored: StartingTraining, options: SessionOptions): Session {
  const {said, model} = stored;
  const {photos, store, lasting = (work) => work, now = () => performance.now()} = options;
  const {settings} = said;
  const {network} = model;
  const {batch, seed, augmentation, steps, crop, photoSide, outputStride, rates} = settings;
  const training = startTraining(model, trainingOptions(said, model), stored.state ?? undefined);
  const measuring = newMeasuring(photos, {side: photoSide, outputStride, ...(rates && {rates})});
  const learning = learnFrom(training, photos.train, {size: {height: crop, width: crop}, batch, steps, seed, augmentation});
  let course: TrainingCourse = stored.state ? {...stored.course, resumed: [...stored.course.resumed, stored.state.step]} : stored.course;
  let best: WeightMap | undefined = stored.best;
  let bestScore = said.best;
  let kept = {step: training.step(), at: now()};
  /** Whether something came since the last checkpoint. */
  let isChanged = true;
  let hasEnded = false;

  const isDue = () => {
    const step = training.step();
    return course.measured.at(-1)?.step !== step && (step % settings.measureEvery === 0 || step === steps);
  };

  async function keep(): Promise<number> {
    const step = training.step();
    const changed = Date.now();
    const state = await lasting(training.state());
    await store.keep({...said, step, changed, best: bestScore}, {state, best, course: withFewNorms(course)});
    kept = {step, at: now()};
    isChanged = false;
    return step;
  }

  async function learn(): Promise<TrainingNews[]> {
    const began = now();
    const next = await lasting(learning.next());
    if (next.done) return [];
    const record = {...next.value, milliseconds: now() - began};
    course = {...course, steps: [...course.steps, record]};
    return [{kind: "step", record}];
  }

  async function measure(): Promise<TrainingNews[]> {
    const done = await lasting(measuring.next(network, training.weights()));
    if (done < measuring.count) return [{kind: "measuring", done, of: measuring.count}];
    const {masks, costly, ...scores} = measuring.results(network.classes);
    measuring.restart();
    const step = training.step();
    const measured: Measured = {step, ...scores};
    const meanIoU = (measured.val ?? measured.train).meanIoU;
    if (!bestScore || (meanIoU ?? 0) > (bestScore.meanIoU ?? 0)) {
      bestScore = {step, meanIoU};
      const {tensors} = training.weights();
      best = await readWeights(Object.fromEntries(training.learning.map((name) => [name, tensors[name]!])));
    }
    const all = [...course.measured, measured];
    course = {...course, measured: all, best: bestScore.step, overfittingSince: overfittingSince(all)};
    const {overfittingSince: since} = course;
    return [{kind: "measured", measured, masks, costly, best: bestScore.step, overfittingSince: since}];
  }

  async function advance(): Promise<TrainingNews[]> {
    if (hasEnded) return [];
    const began = now();
    let news: TrainingNews[] = [];
    let kind: UnderWay["kind"] = isDue() ? "measuring" : "step";
    try {
      isChanged = true;
      if (kind === "measuring") news = await measure();
      else if (training.step() < steps) news = await learn();
      kind = "keeping";
      const isOver = training.step() === steps && !isDue();
      // Another piece as long as this one must not make it too late.
      const isLate = now() - kept.at + (now() - began) >= KEEP_WITHIN;
      if (isOver || isLate) news.push({kind: "kept", step: await keep()});
      if (isOver) news.push({kind: "finished", step: steps});
      hasEnded = isOver;
      return news;
    } catch (error) {
      hasEnded = true;
      const made = training.step();
      const isStep = kind === "step";
      const isComputed = isStep && !(error instanceof UnreadablePhoto);
      const underWay: UnderWay = {
        kind,
        step: isStep ? made + 1 : made,
        photos: isComputed ? batchAt(seed, made, batch, photos.train.count).map((index) => photos.train.ids[index]!) : [],
        layer: isComputed ? training.layer() : null,
        keptAt: kept.step
      };
      return [...news, stoppedBy(error, underWay)];
    }
  }

  async function opened(): Promise<OpenTraining> {
    const {id, title, classes, ids, fresh, classWeights} = said;
    const watched = measuring.watched.map(async ({list, place}) => {
      const {photo, mask} = await photos[list].read(place);
      const {width, height, values, channels} = photo;
      const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
      for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) rgba[4 * i + c] = values[channels * i + c]!;
      // What is told is handed over: copies.
      return {id: photos[list].ids[place]!, photo: {width, height, rgba}, truth: mask.ids.slice()};
    });
    return {
      ...{id, title, settings, classes, fresh, classWeights, course},
      palette: model.card.palette,
      photos: ids,
      learning: training.learning,
      step: training.step(),
      watched: await Promise.all(watched)
    };
  }

  return {
    id: said.id,
    settings,
    opened,
    advance,
    keep: async () => (isChanged ? keep() : kept.step),
    dispose: () => training.dispose()
  };
}

/** The course with lengths of gradients layer by layer only where it was measured: there are many. */
function withFewNorms(course: TrainingCourse): TrainingCourse {
  const measured = new Set(course.measured.map(({step}) => step));
  return {...course, steps: course.steps.map((record) => (measured.has(record.step) ? record : {...record, norms: {}}))};
}
