import {fileURLToPath} from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import {setWasmPaths} from "@tensorflow/tfjs-backend-wasm";

/** Makes TensorFlow.js compute in WebAssembly (SIMD, one thread: it has no more in Node). @throws Error when it does not start */
export async function useWasmInNode(): Promise<void> {
  setWasmPaths(fileURLToPath(new URL("../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)));
  if (!(await tf.setBackend("wasm"))) throw new Error("The WASM backend of TensorFlow.js did not start.");
  await tf.ready();
}
