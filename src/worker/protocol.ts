/** What the page and the worker that owns the GPU say to each other. Plain data only. */
import type {Activations} from "../engine/activations.js";
import type {Marginals} from "../engine/crf/marginals.js";
import type {CrfOptions} from "../engine/crf/options.js";
import type {Averaging} from "../engine/averaging.js";
import type {ModelCard} from "../engine/model.js";
import type {Network} from "../engine/network.js";
import type {LogitsArray} from "../engine/labels/pixel.js";
import type {Photo} from "../engine/photo.js";
import type {Plan} from "../engine/plan.js";
import type {WeightFormat} from "../engine/precision.js";
import type {KeptModel} from "../shelf/shelf.js";
import type {GivenFile} from "./given-files.js";

export const BACKENDS = ["webgpu", "webgl", "kernels", "wasm", "cpu"] as const;
/** All are TensorFlow.js's but "kernels", which are ours (`src/engine/wasm`). */
export type BackendId = (typeof BACKENDS)[number];

/** Where single layers, gradients and trainings are computed: our kernels run whole networks alone, and leave the rest to TensorFlow.js. */
export function tensorsOn(backend: BackendId): BackendId {
  return backend === "kernels" ? "wasm" : backend;
}

/** What one backend is on this machine. */
export interface BackendInfo {
  readonly id: BackendId;
  readonly available: boolean;
  /** What runs it, e.g. "NVIDIA ...", "software (SwiftShader)", "SIMD, 2 threads"; or why it is not available. */
  readonly detail: string;
  /** True where a GPU interface is emulated on the CPU. */
  readonly software: boolean;
}

/** Which network is run on a photo, and how. */
export interface RunChoice {
  /** Address of the model's safetensors file. */
  readonly modelUrl: string;
  readonly backend: BackendId;
  readonly outputStride: number;
  /** Long side of the network's input in pixels; null keeps the photo's own. */
  readonly inputSize: number | null;
  /** ASPP rates, stated at output stride 16; the network's own by default. */
  readonly rates?: readonly number[];
  /** What the weights are rounded to; as they are by default. */
  readonly precision?: WeightFormat;
  /** End points whose weights are; all by default. */
  readonly rounded?: readonly string[];
}

/** A run, and how its mask is made of it. */
export interface MaskChoice extends RunChoice {
  /** Other passes that the mask is averaged with; a single pass by default. */
  readonly averaging?: Averaging;
}

/** All that is told of the run is of the single pass; what was averaged is told beside it. */
export interface SegmentOptions extends MaskChoice {
  /** End points that are zeroed, or taken from another photo, which is stretched to the same input size. */
  readonly replaced?: Readonly<Record<string, "zero" | Photo>>;
  /** End points whose activations are wanted. */
  readonly taps?: readonly string[];
  /** Runs to time after the first; their median is the network's time. Only as many as fit in a second. */
  readonly repeats?: number;
}

/** A network's scores refined by a fully connected CRF. */
export interface Refinement extends Marginals {
  readonly options: CrfOptions;
  /** One class id a pixel of the photo. */
  readonly labels: Uint8Array;
  /** Label maps after 0, 1, ... iterations, where they were asked for. */
  readonly steps: readonly Uint8Array[];
  readonly milliseconds: number;
}

/** What a run would take, its passes together. */
export interface Forecast {
  readonly multiplyAdds: number;
  /** Of weights and activations in memory, at the worst moment. */
  readonly bytes: number;
  /** As fast as this machine has been seen to multiply. */
  readonly milliseconds: number;
}

/** How far a long piece of work has come. */
export interface Progress {
  /** A notice is a whole sentence: something that the reader should know from there on. */
  readonly stage: "download" | "import" | "data" | "backend" | "warm-up" | "run" | "notice";
  /** Between 0 and 1; null where it cannot be known. */
  readonly fraction: number | null;
  readonly message: string;
  /** How far, in words for the eye: "57 of 233 steps". */
  readonly detail?: string;
}

/** Milliseconds of each stage of a run. */
export interface Timings {
  readonly upload: number;
  readonly network: number;
  readonly upsampling: number;
}

/** What several passes say of a photo together. */
export interface Averaged {
  readonly averaging: Averaging;
  /** The class with the largest mean probability, one id a pixel of the photo. */
  readonly labels: Uint8Array;
  /** Logits of each pass, the right way round where the photo was mirrored, and what the photo covers of them. */
  readonly passes: readonly Pick<Segmentation, "logits" | "covered">[];
  /** Milliseconds of the passes after the first, and of averaging them. */
  readonly time: number;
}

export interface Segmentation {
  readonly width: number;
  readonly height: number;
  /** One class id a pixel of the photo. */
  readonly labels: Uint8Array;
  /** Logits at the network's resolution. */
  readonly logits: LogitsArray;
  /** Share of the logits' extent (0-1] that the photo covers; the rest is padding. */
  readonly covered: {readonly height: number; readonly width: number};
  readonly classes: readonly string[];
  readonly palette: readonly (readonly [number, number, number])[];
  /** What was run, step by step. */
  readonly plan: Plan;
  readonly backend: BackendId;
  readonly timings: Timings;
  /** How many runs the network's time is the median of. */
  readonly timedRuns: number;
  /** `tf.memory()` after the run. */
  readonly memory: Memory;
  /** Bytes of all activations together, where our kernels lay them out in one memory. */
  readonly arena?: number;
  /** The activations asked for, by end point. */
  readonly taps: Readonly<Record<string, Activations>>;
  /** Where several passes were asked for. */
  readonly averaged?: Averaged;
}

export interface Memory {
  readonly numTensors: number;
  readonly numBytes: number;
  readonly numBytesInGPU: number | null;
}

/** What a reader brings to be imported: files with the folders that they came in, or the address of one. */
export type Brought = {readonly files: readonly GivenFile[]} | {readonly address: string};

export interface Imported {
  readonly kept: readonly KeptModel[];
  /** Those that were read and cannot be kept, with their files. */
  readonly unkept: readonly {readonly model: KeptModel; readonly file: Blob}[];
  /** Why the others were not, a sentence each. */
  readonly problems: readonly string[];
}

/** The run that pages export models for. */
export const EXPORTED = {height: 513, width: 513, outputStride: 16} as const;

/** A model's description and card, without its weights. */
export interface ModelDescription {
  readonly network: Network;
  readonly card: ModelCard;
}

export interface Capabilities {
  readonly backends: BackendInfo[];
  readonly best: BackendId;
}

export interface WhereItRuns {
  readonly worker: boolean;
  /** Why not in a worker, where it does not. */
  readonly reason: string | null;
}
