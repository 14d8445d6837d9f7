import * as ort from "onnxruntime-web";

// Node has no more than one.
ort.env.wasm.numThreads = 1;

/** What goes in or comes out, [N, channels, height, width]. */
export interface OnnxRun {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Runs an ONNX graph of ours by onnxruntime, in WebAssembly. */
export async function runOnnx(bytes: Uint8Array, {shape, values}: OnnxRun): Promise<OnnxRun> {
  const session = await ort.InferenceSession.create(bytes);
  try {
    const {logits} = await session.run({image: new ort.Tensor("float32", values, shape)});
    return {shape: logits!.dims, values: (await logits!.getData()) as Float32Array};
  } finally {
    await session.release();
  }
}
