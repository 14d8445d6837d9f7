import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {setWasmPaths} from "@tensorflow/tfjs-backend-wasm";

/** Makes one of the backends that Node has the current one. */
export async function useBackend(name: "wasm" | "cpu"): Promise<void> {
  setWasmPaths(path.resolve(import.meta.dirname, "../node_modules/@tensorflow/tfjs-backend-wasm/dist") + "/");
  await tf.setBackend(name);
  await tf.ready();
}
