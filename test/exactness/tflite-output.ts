import {ByteBuffer} from "flatbuffers";
import {readTflite} from "../../src/formats/tflite.js";

/** Position of the field "subgraphs" of a model, and of "outputs" of a subgraph, in the vtables of TensorFlow Lite's schema. */
const SUBGRAPHS = 8;
const OUTPUTS = 8;

/**
 * A copy of a TFLite file that gives the scores which its last operator takes the largest of, instead of the label:
 * LiteRT.js has no 64-bit integers, in which such a file gives labels. A file without an ARG_MAX at its end comes
 * back as it is.
 */
export function withoutArgMax(bytes: Uint8Array): Uint8Array {
  const last = readTflite(bytes).operators.at(-1)!;
  if (last.op !== "ARG_MAX") return bytes;
  const buffer = new ByteBuffer(bytes.slice());
  const model = buffer.readInt32(0);
  const graph = buffer.__indirect(buffer.__vector(model + buffer.__offset(model, SUBGRAPHS)));
  buffer.writeInt32(buffer.__vector(graph + buffer.__offset(graph, OUTPUTS)), last.inputs[0]!);
  return buffer.bytes();
}
