import {LARGEST_SCALE, areScales} from "../../src/engine/averaging.js";
import type {Averaging} from "../../src/engine/averaging.js";
import {OUTPUT_STRIDES} from "../../src/engine/plan.js";
import {PHOTO_PADDINGS} from "../../src/engine/preprocess.js";
import type {PhotoPadding} from "../../src/engine/preprocess.js";

/** How the network is run on each photo: what `evaluate` and `segment` both take. */
export interface RunOptions {
  readonly outputStride: number;
  /** Long side in pixels; null keeps the photo's own size. */
  readonly inputSize: number | null;
  readonly padding: PhotoPadding;
  /** Undefined: one pass. */
  readonly averaging: Averaging | undefined;
}

/** For `parseArgs`. */
export function runOptionTable(padding: PhotoPadding) {
  return {
    "output-stride": {type: "string", default: "16"},
    "input-size": {type: "string", default: "513"},
    padding: {type: "string", default: padding},
    scales: {type: "string"},
    flip: {type: "boolean", default: false}
  } as const;
}

/** What the usage says of them, the padding apart. */
export const RUN_USAGE = `  --output-stride <stride>  ${OUTPUT_STRIDES.join(", ")}; 16 by default
  --input-size <pixels>     long side of the network's input, or "native" for the photo's own; 513 by default
  --scales <0.75,1,1.25>    average the probabilities of several passes: the input size times each of these
  --flip                    average in the mirrored photo, at each scale`;

interface Values {
  readonly "output-stride": string;
  readonly "input-size": string;
  readonly padding: string;
  readonly scales?: string | undefined;
  readonly flip: boolean;
}

/** @throws Error with a sentence for the reader when an option is out of range */
export function runOptions(values: Values): RunOptions {
  const outputStride = outputStrideOf(values["output-stride"]);
  const size = values["input-size"];
  const inputSize = size === "native" ? null : Number(size);
  if (inputSize !== null && !(Number.isInteger(inputSize) && inputSize >= 1)) {
    throw new Error(`--input-size is a whole number of pixels or "native", not "${size}".`);
  }
  const padding = PHOTO_PADDINGS.find((kind) => kind === values.padding);
  if (padding === undefined) throw new Error(`--padding is ${PHOTO_PADDINGS.join(" or ")}, not "${values.padding}".`);
  return {outputStride, inputSize, padding, averaging: averagingOf(values)};
}

/** @throws Error with a sentence for the reader where it is none */
export function outputStrideOf(text: string): number {
  const outputStride = OUTPUT_STRIDES.find((stride) => String(stride) === text);
  if (outputStride === undefined) throw new Error(`--output-stride is 8, 16 or 32, not "${text}".`);
  return outputStride;
}

function averagingOf({scales, flip}: Values): Averaging | undefined {
  const wanted = scales?.split(",").map((scale) => (scale.trim() === "" ? NaN : Number(scale))) ?? [1];
  if (!areScales(wanted)) {
    throw new Error(`--scales are different numbers above 0 and up to ${LARGEST_SCALE} with commas between, not "${scales}".`);
  }
  return flip || wanted.some((scale) => scale !== 1) ? {scales: wanted, flip} : undefined;
}
