import {readFileSync} from "node:fs";
import path from "node:path";
import {gunzipSync} from "node:zlib";
import {seededValues} from "../../src/engine/seeded.js";
import {MODEL_PROTO} from "../../src/formats/onnx-schema.js";

/** Graphs as exporters write them, whose weights are made up here. */

const FIXTURES = path.join(import.meta.dirname, "../fixtures/onnx");
/** What fixtures say their weights stand in. */
export const WEIGHTS = "weights.bin";

export interface OnnxFixture {
  readonly graph: Uint8Array;
  readonly weights: Uint8Array;
}

/** @param options.gain of the variance from layer to layer: in a deep network values grow with every sum */
export function onnxFixture(name: string, {folder = FIXTURES, gain = GAIN}: {folder?: string; gain?: number} = {}): OnnxFixture {
  const graph = new Uint8Array(gunzipSync(readFileSync(path.join(folder, `${name}.onnx.gz`))));
  return {graph, weights: madeUp(graph, gain)};
}

const GAIN = 2;

interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  readonly externalData?: readonly {readonly key: string; readonly value: string}[];
}

/** Floats for every tensor of a graph that stands in another file: such that activations neither die nor grow. */
function madeUp(graph: Uint8Array, gain: number): Uint8Array {
  const model = MODEL_PROTO.toObject(MODEL_PROTO.decode(graph), {longs: Number}) as {graph: {initializer: Initializer[]}};
  const parts = model.graph.initializer
    .filter(({externalData}) => externalData)
    .map(({name, dims}, seed) => {
      const count = dims.reduce((product, side) => product * side, 1);
      const [middle, reach] = rangeOf(name, dims, gain);
      return seededValues(seed, count).map((value) => middle + reach * value);
    });
  return new Uint8Array(Buffer.concat(parts.map(({buffer}) => new Uint8Array(buffer))));
}

function rangeOf(name: string, [, ...fanIn]: readonly number[], gain: number): readonly [middle: number, reach: number] {
  if (fanIn.length > 0) return [0, Math.sqrt((3 * gain) / fanIn.reduce((product, side) => product * side, 1))];
  if (name.endsWith("running_var")) return [1, 0.5];
  return name.endsWith("weight") ? [1, 0.3] : [0, 0.2];
}
