import type {Weight} from "../engine/model.js";
import {FormatError} from "../formats/format-error.js";
import {safetensorsValues} from "../formats/safetensors.js";
import type {SafetensorsEntry} from "../formats/safetensors.js";

/** What the name of an int8 tensor's scales ends with. */
const SCALE = "/scale";

/**
 * Weights as float32, of a model file that may hold some as int8: such a tensor `<name>` comes with `<name>/scale`, one number an output
 * channel (the fastest axis of a kernel), and stands for whole number times scale (Krishnamoorthi 2018, section 2.2).
 *
 * @throws FormatError where scales are missing, are too many or too few, or belong to nothing; where values are not finite
 */
export function storedWeights(tensors: Readonly<Record<string, SafetensorsEntry>>): Record<string, Weight> {
  const weights: Record<string, Weight> = {};
  for (const [name, entry] of Object.entries(tensors)) {
    const of = name.endsWith(SCALE) ? tensors[name.slice(0, -SCALE.length)] : undefined;
    if (of?.type === "I8") continue;
    const stored = safetensorsValues(entry);
    const values = entry.type === "I8" ? scaled(name, stored, entry.shape, tensors[name + SCALE]) : stored;
    if (!values.every(Number.isFinite)) throw new FormatError(`The model file is damaged: "${name}" holds values that are not numbers.`);
    weights[name] = {shape: entry.shape, values};
  }
  return weights;
}

function scaled(name: string, whole: Float32Array, shape: readonly number[], scale: SafetensorsEntry | undefined): Float32Array {
  if (!scale) throw new FormatError(`The model file is damaged: "${name}" holds whole numbers, and there is no "${name}${SCALE}".`);
  const scales = safetensorsValues(scale);
  const channels = scales.length;
  // A depthwise kernel is [h, w, channels, 1].
  if (channels !== shape.at(-1) && !(shape.at(-1) === 1 && channels === shape.at(-2)))
    throw new FormatError(`The model file is damaged: "${name}" has the shape [${shape.join(", ")}] and ${channels} scales.`);
  return whole.map((value, i) => value * scales[i % channels]!);
}
