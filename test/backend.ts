import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {useWasmInNode} from "../scripts/evaluate/backend.js";

/** Makes one of the backends that Node has the current one. */
export async function useBackend(name: "wasm" | "cpu"): Promise<void> {
  if (name === "wasm") return useWasmInNode();
  await tf.setBackend(name);
  await tf.ready();
}
