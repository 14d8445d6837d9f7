import type {Weight, WeightMap} from "../engine/model.js";
import {FormatError} from "../formats/format-error.js";
import {readSafetensors, safetensorsValues, writeSafetensors} from "../formats/safetensors.js";
import type {TrainingState} from "./training.js";

/*
 * A training as a file: safetensors with every weight that learns and what the optimiser remembers, to the bit. Random numbers have no
 * state of their own: they follow from the seed, which is among the settings, and the step.
 */

export interface Checkpoint {
  readonly state: TrainingState;
  /** What the training was told, as its caller writes it. */
  readonly settings: string;
  /** The weights that did best so far, where the caller keeps them. */
  readonly best?: WeightMap;
}

const WEIGHTS = "weights";
const BEST = "best";
const KIND = "training checkpoint";

export function writeCheckpoint({state, settings, best = {}}: Checkpoint): Uint8Array {
  const {step, weights, slots} = state;
  const tensors = Object.entries({[WEIGHTS]: weights, [BEST]: best, ...slots}).flatMap(([group, map]) =>
    Object.entries(map).map(([name, weight]) => [`${group}/${name}`, weight] as const)
  );
  return writeSafetensors({type: "F32", tensors: Object.fromEntries(tensors), metadata: {kind: KIND, step: String(step), settings}});
}

/** @throws FormatError with a sentence for the reader where it is no checkpoint, or a damaged one */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const {metadata, tensors} = readSafetensors(bytes);
  const {kind, step, settings} = metadata;
  if (kind !== KIND || settings === undefined || !/^\d+$/.test(step ?? "")) throw new FormatError("This is no checkpoint of a training.");
  const groups: Record<string, Record<string, Weight>> = {};
  for (const [path, entry] of Object.entries(tensors)) {
    const slash = path.indexOf("/");
    (groups[path.slice(0, slash)] ??= {})[path.slice(slash + 1)] = {shape: entry.shape, values: safetensorsValues(entry)};
  }
  const {[WEIGHTS]: weights, [BEST]: best, ...slots} = groups as Readonly<Record<string, WeightMap>>;
  if (!weights) throw new FormatError("The checkpoint of the training holds no weights.");
  return {state: {step: Number(step), weights, slots}, settings, ...(best && {best})};
}
