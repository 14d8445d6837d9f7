import {isTooDeep} from "./depth.js";
import {FormatError} from "./format-error.js";
import {getFloat16} from "./float16.js";
import {joinedBytes} from "./joined-bytes.js";
import {isListOf, isObject, isText, isTexts} from "./json.js";
import {elementCount, readWhenAsked} from "./node-graph.js";
import type {GraphConstant} from "./node-graph.js";

/** The weights of a `model.json` of TensorFlow.js: shards, and in what order which weight stands in them. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightEntry[];
}
interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** value = stored * scale + min; a bare float16 has neither. */
  readonly quantization?: {readonly dtype: string; readonly scale?: number; readonly min?: number};
}

const READERS: ReadonlyMap<string, {bytes: number; read: (view: DataView, offset: number) => number}> = new Map(
  Object.entries({
    float32: {bytes: 4, read: (view, offset) => view.getFloat32(offset, true)},
    int32: {bytes: 4, read: (view, offset) => view.getInt32(offset, true)},
    float16: {bytes: 2, read: (view, offset) => getFloat16(view, offset, true)},
    uint16: {bytes: 2, read: (view, offset) => view.getUint16(offset, true)},
    uint8: {bytes: 1, read: (view, offset) => view.getUint8(offset)},
    bool: {bytes: 1, read: (view, offset) => view.getUint8(offset)}
  })
);

/** More than any model has: a shard has 4 MB by default. */
const MOST_SHARDS = 1000;

/**
 * The JSON of a `model.json`.
 *
 * @throws FormatError where it is none
 */
export function parseModelJson(modelJson: Uint8Array): unknown {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(modelJson));
  } catch (error) {
    throw new FormatError("The model.json is not JSON: it is cut off or damaged.", {cause: error});
  }
  if (isTooDeep(json)) throw new FormatError("The model.json is damaged: it is nested deeper than any model.");
  return json;
}

export function isWeightsManifest(value: unknown): value is readonly WeightGroup[] {
  return isListOf(value, ({paths, weights}) => isTexts(paths) && isListOf(weights, isWeightEntry));
}

/**
 * Names of the weight files of a `model.json`, relative to it, in the order in which its readers want them.
 *
 * @throws FormatError where it is cut off or lists none
 */
export function shardPaths(modelJson: Uint8Array): string[] {
  const json = parseModelJson(modelJson);
  const groups = isObject(json) ? json["weightsManifest"] : undefined;
  if (!isWeightsManifest(groups)) throw new FormatError("This JSON is not a model of TensorFlow.js: it has no weightsManifest.");
  const paths = groups.flatMap(({paths}) => paths);
  if (paths.length > MOST_SHARDS || new Set(paths).size < paths.length)
    throw new FormatError(`The model.json is damaged: it names ${paths.length} files of weights, some of them twice or far too many.`);
  return paths;
}

/**
 * Reads weights, dequantised.
 *
 * @param shards the files that the groups name, in their order
 * @throws FormatError where they are cut off or do not fit what is said of them
 */
export function readWeights(groups: readonly WeightGroup[], shards: readonly Uint8Array[]): Map<string, GraphConstant> {
  const found = new Map<string, GraphConstant>();
  let used = 0;
  for (const {paths, weights} of groups) {
    const data = joinedBytes(shards.slice(used, used + paths.length));
    used += paths.length;
    let offset = 0;
    for (const entry of weights) {
      if (found.has(entry.name)) throw new FormatError(`The model.json is damaged: it has two weights "${entry.name}".`);
      const {constant, bytes} = readWeight(entry, data, offset);
      found.set(entry.name, constant);
      offset += bytes;
    }
    if (offset !== data.length) {
      throw new FormatError(`The weights do not fit their model.json: ${data.length} bytes are there, ${offset} are described.`);
    }
  }
  return found;
}

function readWeight(
  {name, shape, dtype, quantization}: WeightEntry,
  data: Uint8Array,
  offset: number
): {constant: GraphConstant; bytes: number} {
  const stored = quantization?.dtype ?? dtype;
  const reader = READERS.get(stored);
  if (!reader) throw new FormatError(`The weight "${name}" is stored as ${stored}, which is not read here.`);
  const count = elementCount(name, shape);
  const bytes = count * reader.bytes;
  if (offset + bytes > data.length) {
    throw new FormatError(`The weights are cut off: "${name}" ends at byte ${offset + bytes}, ${data.length} are there.`);
  }
  const view = new DataView(data.buffer, data.byteOffset + offset, bytes);
  const {scale = 1, min = 0} = quantization ?? {};
  const read = () => Float32Array.from({length: count}, (_, i) => reader.read(view, i * reader.bytes) * scale + min);
  return {constant: readWhenAsked(shape, read), bytes};
}

function isWeightEntry({name, shape, dtype, quantization}: Record<string, unknown>): boolean {
  return (
    isText(name) &&
    isText(dtype) &&
    Array.isArray(shape) &&
    (quantization === undefined || (isObject(quantization) && isText(quantization["dtype"])))
  );
}
