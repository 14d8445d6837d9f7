import * as tf from "@tensorflow/tfjs-core";
import {OPS} from "./ops.js";
import {lower} from "./lower.js";
import {neededSteps} from "./step-ahead.js";
import type {Replacement, StepAhead} from "./step-ahead.js";
import {findStep} from "./step-list.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";
import {executingOn} from "./wasm/executing.js";
import {tensorsOf} from "./weights.js";
import type {StepWeights} from "./weights.js";

export type {Replacement, StepAhead};

export interface ExecuteOptions {
  /** End points that take something else's place: a muted branch, another photo's skip. What only they need is not computed. */
  readonly replaced?: Readonly<Record<string, Replacement>>;
  /** Called before each step: for progress. */
  readonly onStep?: (ahead: StepAhead) => void;
}

export interface TurnsOptions extends ExecuteOptions {
  /** Ends the execution before its next step. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each step; what it returns is waited for, so that messages (an abort among them) come through. */
  readonly pause?: (ahead: StepAhead) => Promise<void> | void;
}

/**
 * Computes the wanted end points of a list of steps, all at once; nothing else is computed.
 *
 * Every activation that is neither wanted nor needed any more is freed as the run goes; the input stays the
 * caller's. Convolution, bias and activation are one kernel each, atrous rates are native dilations. Weights that bring an executor with
 * them have it compute, one photo at a time.
 *
 * @param steps in an order in which each reads only what stands before it; the first is the input
 * @param input [N, height, width, channels] as the first step says
 * @returns the wanted activations by end point; the caller disposes them
 * @throws RangeError as `run`
 */
export function execute(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  wanted: readonly string[],
  {replaced = {}, onStep}: ExecuteOptions = {}
): Record<string, tf.Tensor4D> {
  const running = executing(steps, weights, input, wanted, replaced);
  try {
    for (let turn = running.next(); ; turn = running.next()) {
      if (turn.done) return turn.value;
      onStep?.(turn.value);
    }
  } finally {
    running.return({});
  }
}

/**
 * The same with pauses between the steps, in which it can be stopped.
 *
 * @throws DOMException "AbortError", or the signal's own reason, once the signal says so; nothing is left behind
 */
export async function executeInTurns(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  wanted: readonly string[],
  {replaced = {}, onStep, signal, pause}: TurnsOptions = {}
): Promise<Record<string, tf.Tensor4D>> {
  const running = executing(steps, weights, input, wanted, replaced);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const turn = running.next();
      if (turn.done) return turn.value;
      onStep?.(turn.value);
      const paused = pause?.(turn.value);
      if (paused) await paused;
    }
  } finally {
    running.return({});
  }
}

/**
 * One execution, step by step: hands out control before each step, and frees what it holds when it is ended early (`return`).
 * Parameters and result as those of `execute`.
 */
export function* executing(
  steps: readonly Step[],
  weights: StepWeights,
  input: tf.Tensor4D,
  wanted: readonly string[],
  replaced: Readonly<Record<string, Replacement>> = {}
): Generator<StepAhead, Record<string, tf.Tensor4D>, void> {
  const batch = input.shape[0];
  checkShape(`an input`, steps[0]!, input, batch);
  for (const name of wanted) findStep(steps, name);
  for (const [name, value] of Object.entries(replaced)) {
    const step = findStep(steps, name);
    if (value !== "zero") checkShape(`in place of "${name}" an activation`, step, value, batch);
  }
  if (weights.executor && batch === 1) return yield* executingOn(weights.executor, steps, input, wanted, replaced);
  const keep = new Set(wanted);
  const shorter = weights.rows ? lower(steps, new Set(Object.keys(replaced))) : steps;
  const needed = neededSteps(shorter, keep, replaced);

  const uses = new Map<string, number>();
  for (const {reads} of needed) for (const name of reads) uses.set(name, (uses.get(name) ?? 0) + 1);

  const alive = new Map<string, tf.Tensor4D>();
  const release = (name: string) => {
    const left = uses.get(name)! - 1;
    uses.set(name, left);
    if (left === 0 && !keep.has(name)) {
      alive.get(name)!.dispose();
      alive.delete(name);
    }
  };
  let isDone = false;
  let before: tf.Tensor4D | null = null;
  try {
    for (const [index, {step, reads}] of needed.entries()) {
      yield {index, of: needed.length, step, before};
      const read = step.op === "input" ? [input] : reads.map((name) => alive.get(name)!);
      before = tf.tidy(() => outputOf(step, read, weights, replaced[step.name], batch));
      alive.set(step.name, before);
      reads.forEach(release);
    }
    isDone = true;
    return Object.fromEntries(alive);
  } finally {
    if (!isDone) for (const tensor of alive.values()) tensor.dispose();
  }
}

function outputOf(
  step: Step,
  read: readonly tf.Tensor4D[],
  weights: StepWeights,
  replacement: Replacement | undefined,
  batch: number
): tf.Tensor4D {
  if (replacement === "zero") return tf.zeros([batch, step.height, step.width, step.channels]);
  if (replacement) return tf.clone(replacement);
  return kindOf(step).forward(OPS, step, read, tensorsOf(step, weights));
}

function checkShape(what: string, {height, width, channels}: Step, {shape}: tf.Tensor, batch: number): void {
  const expected = [batch, height, width, channels];
  if (shape.join() !== expected.join()) {
    throw new RangeError(`This plan takes ${what} of shape [${expected.join(", ")}]; it was given [${shape.join(", ")}].`);
  }
}
