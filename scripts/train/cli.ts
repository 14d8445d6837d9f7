import {mkdir, writeFile} from "node:fs/promises";
import path from "node:path";
import {setImmediate} from "node:timers/promises";
import type {Dataset, Split} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import type {Model} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import {evaluate} from "../../src/evaluate/evaluate.js";
import {reportOf} from "../../src/evaluate/report.js";
import {writeModel} from "../../src/importers/model-file.js";
import {trainedCard} from "../../src/train/card.js";
import {frozenEndPoints} from "../../src/train/classes.js";
import {learnFrom} from "../../src/train/learn-from.js";
import {stepCost} from "../../src/train/memory.js";
import {settingsInWords} from "../../src/train/settings-in-words.js";
import {labelsOf, startingModel} from "../../src/train/start.js";
import {startTraining} from "../../src/train/training.js";
import type {Training} from "../../src/train/training.js";
import {WRITE_ANEW, namedSplit, sound} from "../dataset/look.js";
import {useWasmInNode} from "../evaluate/backend.js";
import {filesAt} from "../evaluate/disk.js";
import {modelNamed} from "../evaluate/model.js";
import {decodePixels} from "../evaluate/photo.js";
import {progressBar} from "../evaluate/progress.js";
import {table} from "../evaluate/tables.js";
import {keptBeside} from "./kept.js";
import type {Kept} from "./kept.js";
import {USAGE, trainOptions} from "./options.js";
import type {TrainOptions} from "./options.js";
import {photosOf} from "./photos.js";

/** As shells have it for a process that was interrupted. */
const INTERRUPTED = 130;
const TO_LEARN_FROM = ["train", "trainval", "training"];
const TO_MEASURE_ON = "val";
const NONE = "none";

/**
 * Runs the command line: trains a model, writes it with a log, and tells what came of it to `log`.
 *
 * @param signal stops it after a step, whose checkpoint is then kept
 * @returns the exit code: 0, or 130 where it was stopped
 * @throws Error with a sentence for the reader
 */
export async function runTrainCommand(args: readonly string[], log: (text: string) => void, signal: AbortSignal): Promise<number> {
  const options = trainOptions(args);
  if (options === null) {
    log(USAGE);
    return 0;
  }
  const dataset = await openDataset(await filesAt(options.dataset));
  const start = await modelNamed(options.model);
  const {model, fresh, carried, added, decoder} = startingModel(start, labelsOf(options.classes, dataset, start), options);
  const name = options.split ?? TO_LEARN_FROM.find((usual) => dataset.splits.includes(usual));
  measuredOn(dataset, name ?? "", options);
  const split = await sound(dataset, await namedSplit(dataset, name), model.card, WRITE_ANEW);
  await mkdir(path.dirname(path.resolve(options.out)), {recursive: true});
  // Unsaid where the decoder is as the model has it: so a checkpoint from before there was a choice goes on.
  const chosen = options.decoder === "own" ? undefined : options.decoder;
  const kept = await keptBeside(options.out, JSON.stringify({...options, decoder: chosen, classes: model.card.classes}));

  await useWasmInNode();
  if (fresh.length > 0) {
    const kept = carried.length > 0 ? `; ${carried.join(", ")} as in the model` : "";
    log(`New, because the classes are others: ${fresh.join(", ")}, for ${added.join(", ")}${kept}.`);
  }
  if (decoder) log(`New, because a decoder is added: ${decoder.join(", ")}.`);
  const told = trainingOptions(options, model);
  const {bytes, values} = stepCost(plan(model.network, told.plan), told);
  log(`${values} values learn; a step takes about ${Math.ceil(bytes / 1e6)} MB.`);
  if (kept.from) log(`Goes on after step ${kept.from.step}.`);
  await kept.log({
    ...options,
    split: split.name,
    photos: split.items.length,
    fresh: [...fresh, ...(decoder ?? [])],
    from: kept.from?.step ?? 0
  });
  const training = startTraining(model, told, kept.from);
  try {
    const isWhole = await learn({training, split, classes: model.network.classes, kept, signal}, options);
    const state = await training.state();
    if (!isWhole) {
      log(`Stopped after step ${state.step} of ${options.steps}; the same command goes on from there.`);
      return INTERRUPTED;
    }
    const trained = {...model, weights: {...model.weights, ...state.weights}};
    log(await finished({trained, hasNewDecoder: decoder !== undefined, start, dataset, learnt: split}, options));
    await kept.done();
    return 0;
  } finally {
    training.dispose();
  }
}

function trainingOptions({crop, outputStride, rates, frozen, ...options}: TrainOptions, {network}: Model) {
  return {
    ...options,
    plan: {height: crop, width: crop, outputStride, ...(rates && {rates})},
    frozen: frozenEndPoints(network, frozen)
  };
}

/**
 * The list that the trained model is measured on; null where there is none, or none is wanted.
 *
 * @throws Error with a sentence for the reader where the one asked for is not there
 */
function measuredOn({splits}: Dataset, learnt: string, {val}: TrainOptions): string | null {
  if (val === NONE) return null;
  if (val === undefined) return splits.includes(TO_MEASURE_ON) && learnt !== TO_MEASURE_ON ? TO_MEASURE_ON : null;
  if (!splits.includes(val)) throw new Error(`The data set has no list of photos called "${val}"; it has ${splits.join(", ")}.`);
  return val;
}

interface Learning {
  readonly training: Training;
  readonly split: Split;
  readonly classes: number;
  readonly kept: Kept;
  readonly signal: AbortSignal;
}

/** @returns whether all steps were made */
async function learn({training, split, classes, kept, signal}: Learning, options: TrainOptions): Promise<boolean> {
  const {crop, photoSide, steps, checkpointEvery} = options;
  const bar = progressBar(steps, "steps");
  bar.advance(training.step());
  let began = performance.now();
  try {
    for await (const report of learnFrom(training, photosOf(split, photoSide, classes), {...options, size: {height: crop, width: crop}})) {
      const {step, loss, rate, norm} = report;
      await kept.log({step, loss, rate, norm, ms: Math.round(performance.now() - began)});
      bar.advance();
      // What interrupts comes through here.
      await setImmediate();
      const isStopped = signal.aborted && step < steps;
      if (isStopped || step === steps || step % checkpointEvery === 0) await kept.keep(await training.state());
      if (isStopped) return false;
      began = performance.now();
    }
    return true;
  } finally {
    bar.stop();
  }
}

interface Finished {
  readonly trained: Model;
  readonly hasNewDecoder: boolean;
  readonly start: Model;
  readonly dataset: Dataset;
  /** The list that it learnt from. */
  readonly learnt: Split;
}

/** Measures and writes the trained model. @returns what is said of it */
async function finished({trained: model, hasNewDecoder, start, dataset, learnt}: Finished, options: TrainOptions): Promise<string> {
  const {steps, outputStride, photoSide, out} = options;
  const name = measuredOn(dataset, learnt.name, options);
  const setting = {outputStride, inputSize: photoSide, padding: "square"} as const;
  const split = name === null ? null : await namedSplit(dataset, name);
  const evaluation = split && (await evaluate(model, split, setting, {decode: decodePixels}));
  const report = evaluation && reportOf(evaluation, {...setting, model, name: out, dataset: options.dataset, split: split.name});
  const card = trainedCard(
    {
      ...{name: path.basename(out, ".safetensors"), start: start.card, from: options.dataset, step: steps, steps},
      photos: {train: learnt.items.length, val: split?.items.length ?? 0},
      settings: settingsInWords({...options, hasNewDecoder}),
      score: evaluation && {
        meanIoU: evaluation.metrics.meanIoUOfLabelled,
        iou: evaluation.metrics.perClass.map(({iou}) => iou)
      },
      measuredHow: `brought to ${photoSide} pixels, output stride ${outputStride}, square padding`,
      lossInTheEnd: null
    },
    model.card
  );
  await writeFile(out, writeModel({...model, card}));
  return [...(report ? [table(report), ""] : []), `Trained: ${out}.`].join("\n");
}
