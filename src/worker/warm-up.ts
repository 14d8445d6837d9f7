import * as tf from "@tensorflow/tfjs-core";
import type {Plan} from "../engine/plan.js";
import {run} from "../engine/run.js";
import type {DeviceWeights} from "../engine/weights.js";
import type {Progress} from "./protocol.js";

/** What the GPU backends offer for compiling shaders side by side instead of one at each first use. */
interface ParallelCompiler {
  checkCompileCompletionAsync(): Promise<unknown>;
  getUniformLocations?(): void;
}

/** The flag that makes a backend compile programs without running them. */
const COMPILE_ONLY: Readonly<Record<string, string>> = {webgl: "ENGINE_COMPILE_ONLY", webgpu: "WEBGPU_ENGINE_COMPILE_ONLY"};

/**
 * Compiles the shaders of a run on a GPU backend, all together. Does nothing on the other backends, which compile nothing.
 *
 * @returns whether there was anything to compile
 */
export async function compileShaders(
  plan: Plan,
  weights: DeviceWeights,
  input: tf.Tensor4D,
  onProgress: (progress: Progress) => void
): Promise<boolean> {
  const compileOnly = COMPILE_ONLY[tf.getBackend()];
  if (!compileOnly) return false;
  onProgress({stage: "warm-up", fraction: null, message: "Compiling shaders"});
  tf.env().set(compileOnly, true);
  let outputs: tf.Tensor[];
  try {
    outputs = [run(plan, weights, input).logits];
  } finally {
    tf.env().set(compileOnly, false);
  }
  const backend = tf.backend() as unknown as ParallelCompiler;
  await backend.checkCompileCompletionAsync();
  backend.getUniformLocations?.();
  tf.dispose(outputs);
  return true;
}

/** The same, and a run, because some drivers finish compiling at the first use only. */
export async function warmUp(
  plan: Plan,
  weights: DeviceWeights,
  input: tf.Tensor4D,
  onProgress: (progress: Progress) => void
): Promise<void> {
  if (!(await compileShaders(plan, weights, input, onProgress))) return;
  const {logits} = run(plan, weights, input);
  await logits.data();
  logits.dispose();
}
