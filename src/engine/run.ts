import * as tf from "@tensorflow/tfjs-core";
import {execute, executeInTurns} from "./execute.js";
import type {ExecuteOptions, TurnsOptions} from "./execute.js";
import type {Plan} from "./plan.js";
import type {StepWeights} from "./weights.js";

interface Taps {
  /** End points whose activations are wanted besides the logits. */
  readonly taps?: readonly string[];
}

export type RunOptions = ExecuteOptions & Taps;

export interface RunResult {
  /** What the network gives, [N, height, width, classes], before softmax, at the resolution of its last layer. The caller disposes it. */
  readonly logits: tf.Tensor4D;
  /** The activations asked for, [N, height, width, channels], by end point. The caller disposes them. */
  readonly taps: Readonly<Record<string, tf.Tensor4D>>;
}

/**
 * Runs a planned network on the current backend, all at once.
 *
 * @param input [N, plan.inputHeight, plan.inputWidth, 3], values in [-1, 1]
 * @throws RangeError on an input or a replacement of another shape, or an end point that the network does not have
 */
export function run(plan: Plan, weights: StepWeights, input: tf.Tensor4D, {taps = [], ...options}: RunOptions = {}): RunResult {
  return resultOf(execute(plan.steps, weights, input, [plan.output, ...taps], options), plan, taps);
}

/**
 * The same with pauses between the steps, in which it can be stopped.
 *
 * @throws RangeError as `run`; DOMException "AbortError" once the signal says so
 */
export async function runInTurns(
  plan: Plan,
  weights: StepWeights,
  input: tf.Tensor4D,
  {taps = [], ...options}: TurnsOptions & Taps = {}
): Promise<RunResult> {
  return resultOf(await executeInTurns(plan.steps, weights, input, [plan.output, ...taps], options), plan, taps);
}

function resultOf(found: Record<string, tf.Tensor4D>, {output}: Plan, taps: readonly string[]): RunResult {
  const tapped = Object.fromEntries(taps.map((tap) => [tap, found[tap]!]));
  const logits = found[output]!;
  // A caller who taps the logits too disposes both.
  if (tapped[output]) tapped[output] = tf.clone(logits);
  return {logits, taps: tapped};
}
