/**
 * What the page and the worker say to each other of training. Plain data only.
 *
 * A page opens a training (`begin`, or `goOn` with one that is kept in the browser), then asks for it piece by piece (`advance`): each
 * piece is one step, or one photo that is measured, and tells what came of it. Between two pieces every other call is answered; a page
 * pauses by asking for no more. `src/lab/training-run.ts` is that loop; the engine's client puts the questions, as in
 * `engine.train("begin", choice)`.
 */
import type {Labels} from "../data/labels/index.js";
import type {Photo} from "../engine/photo.js";
import type {KeptModel} from "../shelf/shelf.js";
import type {AugmentationRanges} from "../train/augment.js";
import type {Frozen} from "../train/classes.js";
import type {HardExamples} from "../train/cross-entropy.js";
import type {LearningRate} from "../train/learning-rate.js";
import type {Score} from "../train/measure.js";
import type {Optimiser} from "../train/optimiser.js";
import type {DecoderChoice} from "../train/start.js";
import type {SplitChoice} from "./dataset-messages.js";
import type {BackendId} from "./protocol.js";
import type {TrainingCrops} from "./training-crops.js";

/** What is measured on: another list of the data set; a share of the photos (0-1), drawn by the seed and not learnt from; or nothing. */
export type ValChoice = {readonly list: string} | {readonly share: number} | null;

/** All that a training is told, but for where its photos are. */
export interface TrainingSettings {
  /** Of the model that it starts from; a kept one's, too. */
  readonly modelUrl: string;
  readonly backend: BackendId;
  readonly val: ValChoice;
  readonly frozen: Frozen;
  /** Whether it has a decoder: as the model has it, or one is added, or taken away. */
  readonly decoder: DecoderChoice;
  readonly outputStride: number;
  /** ASPP rates at output stride 16; the network's own by default. */
  readonly rates?: readonly number[];
  /** Side of a crop in pixels, from 33 up. */
  readonly crop: number;
  /** Photos with a longer side are made smaller first; measured photos fill a square of this side. 513 is usual. */
  readonly photoSide: number;
  /** Crops a step. */
  readonly batch: number;
  /** In all. */
  readonly steps: number;
  readonly optimiser: Optimiser;
  /** Base, power of the 'poly' policy and warm-up; it falls over all steps. */
  readonly rate: Omit<LearningRate, "steps">;
  /** Largest length of the gradient of all weights together; any by default. */
  readonly clip?: number;
  /** What a pixel of each class counts; "balanced": each class as much as its share of the pixels is below the median's. 1 by default. */
  readonly classWeights?: readonly number[] | "balanced";
  readonly hardExamples?: HardExamples;
  readonly augmentation: AugmentationRanges;
  /** Of all that is drawn. */
  readonly seed: number;
  /** Steps between two measurings; it also measures before the first step and after the last. */
  readonly measureEvery: number;
}

/** A training that begins. */
export interface TrainingChoice {
  readonly settings: TrainingSettings;
  /** The list of photos to learn from. */
  readonly data: SplitChoice;
  /** Names and colours of the classes in the order of their ids; the data set's by default, else the model's. */
  readonly labels?: Labels;
  /** What the trained model will be called. */
  readonly title: string;
  /** What the photos are, in words for the model's card: "Chairs (12 labelled photos)". */
  readonly from: string;
  /**
   * Where the page finds the photos again after a reload, as it likes to write it (e.g. a labelling project's id); kept, and given back in
   * `KeptTraining`. Files that a reader dropped it has to ask for again.
   */
  readonly source: string;
}

/** What a training would take on this machine. */
export interface TrainingEstimate {
  /** In memory at the worst moment of a step, as the plan says: weights and what the optimiser remembers, activations, gradients. */
  readonly bytes: number;
  /** Of one step, forward and back. */
  readonly multiplyAdds: number;
  /** Of one step, as fast as this machine was seen to train on this backend, else to multiply. */
  readonly millisecondsOfStep: number;
  /** Of measuring all measured photos once. */
  readonly millisecondsOfMeasuring: number;
  readonly photos: {readonly train: number; readonly val: number};
  /** Weights that would learn: how many layers (end points) and values. */
  readonly learning: {readonly layers: number; readonly values: number};
  /** What would not be as in the model that it starts from. */
  readonly fresh: FreshWeights;
  /** Whether it is kept in the browser; otherwise it lasts as long as the page. */
  readonly isKept: boolean;
}

/** What of the model a training starts from is not that of the model that it was told. */
export interface FreshWeights {
  /** Names of the weights with a value a class that begin anew: all of them, or the rows of classes that are new. */
  readonly weights: readonly string[];
  /** Names of the classes whose rows in these weights are the model's own, by name; empty where the shapes are others. */
  readonly carried: readonly string[];
  /** Names of the classes whose rows begin anew. */
  readonly added: readonly string[];
  /** Names of the weights of a decoder that the model did not have; absent where none is added. */
  readonly decoder?: readonly string[];
}

/** What was told of one step. */
export interface StepRecord {
  /** How many steps were done with it. */
  readonly step: number;
  readonly loss: number;
  readonly rate: number;
  /** Length of the gradient of all weights together, before clipping. */
  readonly norm: number;
  /** The same of each weight by its name; empty where it is no longer known (after a reload, but for steps that were measured at). */
  readonly norms: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/** What was measured after so many steps, without augmentation. */
export interface Measured {
  readonly step: number;
  /** Of the photos that are learnt from, as many as there are val photos, and 12 at most: always the same ones. */
  readonly train: Score;
  /** Null where nothing is kept apart. */
  readonly val: Score | null;
}

/** A photo that cost much when it was measured. */
export interface CostlyPhoto {
  readonly list: "train" | "val";
  /** Its place in that list, of `OpenTraining.photos`. */
  readonly place: number;
  readonly id: string;
  readonly loss: number;
  readonly meanIoU: number | null;
}

/** The course of a training so far. */
export interface TrainingCourse {
  readonly steps: readonly StepRecord[];
  readonly measured: readonly Measured[];
  /** Step at which the val photos (where there are none, the train photos) were labelled best; null before the first was measured. */
  readonly best: number | null;
  /** Steps at which it went on after an interruption. */
  readonly resumed: readonly number[];
  /** Since which step it learns its photos by heart: their loss falls on while that of the val photos rises. Null where it does not. */
  readonly overfittingSince: number | null;
}

/** A photo whose mask is shown as it improves, no longer than `photoSide`. */
export interface WatchedPhoto {
  readonly id: string;
  readonly photo: Photo;
  /** One id a pixel, rows from the top; 255 does not count. */
  readonly truth: Uint8Array;
}

/** A training that is open in the worker; one at a time is. */
export interface OpenTraining {
  readonly id: string;
  readonly title: string;
  readonly settings: TrainingSettings;
  readonly classes: readonly string[];
  readonly palette: Labels["palette"];
  /** Ids of the photos, in the order of their places. */
  readonly photos: {readonly train: readonly string[]; readonly val: readonly string[]};
  /** Names of the weights that learn. */
  readonly learning: readonly string[];
  readonly fresh: FreshWeights;
  /** What a pixel of each class counts, where that is not 1. */
  readonly classWeights: readonly number[] | null;
  /** Where it stands: so many steps are done. */
  readonly step: number;
  readonly course: TrainingCourse;
  /** The first three val photos; train photos where there are none. */
  readonly watched: readonly WatchedPhoto[];
}

/** Why a training stopped by itself. */
export type StopReason = "not a number" | "out of memory" | "device lost" | "photo" | "no room" | "other";

export interface Stopped {
  readonly kind: "stopped";
  readonly reason: StopReason;
  /** A sentence for the reader that names what follows here, and what to do. */
  readonly message: string;
  /** The step that could not be made, from 1; where it stopped while it measured or kept, the last that was made. */
  readonly step: number;
  /** Ids of its photos; one where that one is at fault. */
  readonly photos: readonly string[];
  /** The end point at fault, where one is known. */
  readonly layer: string | null;
  /** Step of the last checkpoint, which is whole: `goOn` takes it up. */
  readonly keptAt: number;
}

/** What came of one piece of a training. */
export type TrainingNews =
  | {readonly kind: "step"; readonly record: StepRecord}
  /** Measuring is under way. */
  | {readonly kind: "measuring"; readonly done: number; readonly of: number}
  | {
      readonly kind: "measured";
      readonly measured: Measured;
      /** What the network says of the watched photos, in their order, one id a pixel. */
      readonly masks: readonly Uint8Array[];
      /** The six dearest of the measured photos, the dearest first. */
      readonly costly: readonly CostlyPhoto[];
      readonly best: number;
      readonly overfittingSince: number | null;
    }
  /** A checkpoint was written: nothing before this step can be lost. */
  | {readonly kind: "kept"; readonly step: number}
  /** All steps are made, measured and kept. */
  | {readonly kind: "finished"; readonly step: number}
  | Stopped;

/** A training that is kept in this browser, whether or not it is open. */
export interface KeptTraining {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly begun: number;
  readonly changed: number;
  readonly settings: TrainingSettings;
  readonly from: string;
  /** As the page gave it. */
  readonly source: string;
  /** Name of the list that it learns from. */
  readonly list: string;
  readonly classes: readonly string[];
  readonly photos: {readonly train: number; readonly val: number};
  /** How many steps are kept; `settings.steps` where it is finished. */
  readonly step: number;
  /** The best so far; null before the first was measured. */
  readonly best: {readonly step: number; readonly meanIoU: number | null} | null;
  /** That it takes in the browser. */
  readonly bytes: number;
}

/** What became of a training. */
export interface TrainedModel {
  readonly kept: KeptModel;
  /** Safetensors with the card. */
  readonly file: Blob;
  /** Why it is not on the shelf, in a sentence for the reader: then this file is all there is of it. Null where it is there. */
  readonly problem: string | null;
}

/** What is asked about trainings, and answered. A question may be rejected with an Error whose message is a sentence for the reader. */
export interface TrainingCalls {
  /** What it would take; nothing is begun. */
  readonly estimate: {readonly question: TrainingChoice; readonly answer: TrainingEstimate};
  /** The crops that a step would learn from, from 0 up; nothing is begun. */
  readonly crops: {readonly question: {readonly choice: TrainingChoice; readonly step: number}; readonly answer: TrainingCrops};
  /** Opens a new training: loads model and photos, and writes its first checkpoint. What is open is closed. */
  readonly begin: {readonly question: TrainingChoice; readonly answer: OpenTraining};
  /**
   * Opens a kept training where its last checkpoint stands. It is rejected where the photos are not those of before, or another tab has it
   * open.
   *
   * @param data its photos, brought again; null: those of before, where this worker had it open
   * @param backend another than before, e.g. after a lost device; by default the same, which alone goes on to the bit
   */
  readonly goOn: {
    readonly question: {readonly id: string; readonly data: SplitChoice | null; readonly backend?: BackendId};
    readonly answer: OpenTraining;
  };
  /** Makes the next piece of an open training; nothing once it has finished. One that stopped by itself is not open any more. */
  readonly advance: {readonly question: {readonly id: string}; readonly answer: readonly TrainingNews[]};
  /** Writes a checkpoint now, as on pause. @returns its step */
  readonly keep: {readonly question: {readonly id: string}; readonly answer: number};
  /** Frees what an open training has in memory, after a checkpoint; one that is not open is closed already. */
  readonly close: {readonly question: {readonly id: string}; readonly answer: null};
  /**
   * Puts the model of a training, open or not, on the shelf of kept models, with a card that is made from the run: there workbench, webcam
   * and lessons find it. The training stays. @param which the weights that labelled best, or those of the last checkpoint
   */
  readonly keepModel: {readonly question: {readonly id: string; readonly which: "best" | "last"}; readonly answer: TrainedModel};
  /** The trainings of this browser, the last changed first; what is damaged is left out. */
  readonly list: {readonly question: null; readonly answer: readonly KeptTraining[]};
  /** Removes a kept training, and closes it where it is open; models on the shelf stay. */
  readonly remove: {readonly question: {readonly id: string}; readonly answer: null};
}

export type TrainingCallName = keyof TrainingCalls;
export type TrainingQuestion<Name extends TrainingCallName> = TrainingCalls[Name]["question"];
export type TrainingAnswer<Name extends TrainingCallName> = TrainingCalls[Name]["answer"];

/** Puts one of the questions. @param signal the call rejects with its reason once that says so; what was made stands */
export type AskTraining = <Name extends TrainingCallName>(
  name: Name,
  question: TrainingQuestion<Name>,
  signal?: AbortSignal
) => Promise<TrainingAnswer<Name>>;
