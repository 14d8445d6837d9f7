import * as tf from "@tensorflow/tfjs-core";
import type {Plan} from "../engine/plan.js";
import type {TurnsOptions} from "../engine/execute.js";
import {run, runInTurns} from "../engine/run.js";
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
 * Compiles the shaders of a run on a GPU backend, all together, then runs it once, because some drivers finish
 * compiling at the first use only. Does nothing on the other backends, which compile nothing.
 *
 * @throws DOMException "AbortError" once the signal says so
 */
export async function warmUp(
  plan: Plan,
  weights: DeviceWeights,
  input: tf.Tensor4D,
  onProgress: (progress: Progress) => void,
  turns: Pick<TurnsOptions, "signal" | "pause"> = {}
): Promise<void> {
  const compileOnly = COMPILE_ONLY[tf.getBackend()];
  if (!compileOnly) return;
  const report = (fraction: number) => onProgress({stage: "warm-up", fraction, message: "Compiling shaders"});

  report(0);
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

  const {logits} = await runInTurns(plan, weights, input, {...turns, onStep: (index) => report((1 + index / plan.steps.length) / 2)});
  await logits.data();
  logits.dispose();
}
