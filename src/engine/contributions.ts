import * as tf from "@tensorflow/tfjs-core";
import {OPS} from "./ops.js";
import {CONSTANT} from "./aspp.js";
import {execute, executeInTurns} from "./execute.js";
import type {ExecuteOptions, TurnsOptions} from "./execute.js";
import {LOGITS} from "./logits.js";
import type {Plan} from "./plan.js";
import {activationKind} from "./steps/activation.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";
import {tensorsOf} from "./weights.js";
import type {StepWeights} from "./weights.js";

export interface Contributions {
  /** ASPP branches by end point, then the low-level skips where there is a decoder, then `CONSTANT`. */
  readonly sources: readonly string[];
  /** [sources, height, width, classes]; the sum over the sources is the logits. The caller disposes it. */
  readonly logits: tf.Tensor4D;
}

/**
 * Splits the logits into what each ASPP branch and the decoder's skips contribute.
 *
 * Between the branches and the logits only ReLUs are not linear. With each of them held as this input sets it (open,
 * closed or clipped), the rest is linear, so each branch is sent through it alone, and the parts add up to the logits
 * exactly. What the split does not say is how the ReLUs would move if a branch were not there: that takes a run without it.
 *
 * @param input [1, height, width, 3] as `run` takes it
 * @throws Error where something else than ReLUs is not linear there
 */
export function contributions(
  plan: Plan,
  weights: StepWeights,
  input: tf.Tensor4D,
  options: Pick<ExecuteOptions, "replaced"> = {}
): Contributions {
  const split = splitOf(plan);
  return parted(split, weights, execute(plan.steps, weights, input, split.wanted, options));
}

/**
 * The same with pauses between the steps, in which it can be stopped.
 *
 * @throws Error as `contributions`; DOMException "AbortError" once the signal says so
 */
export async function contributionsInTurns(
  plan: Plan,
  weights: StepWeights,
  input: tf.Tensor4D,
  options: Omit<TurnsOptions, "onStep">
): Promise<Contributions> {
  const split = splitOf(plan);
  return parted(split, weights, await executeInTurns(plan.steps, weights, input, split.wanted, options));
}

interface Split {
  readonly sources: readonly string[];
  /** The steps from the sources to the logits. */
  readonly head: readonly Step[];
  /** End points that the split is made of: the sources, and what holds the activations after them. */
  readonly wanted: readonly string[];
}

function splitOf({steps, branches, skips}: Plan): Split {
  const sources = [...branches.map(({joined}) => joined), ...skips.map(({endPoint}) => endPoint)];
  const head = stepsAfter(steps.slice(0, steps.findIndex(({name}) => name === LOGITS) + 1), sources);
  for (const step of head) checkSplits(step);
  return {sources, head, wanted: [...sources, ...head.filter(({activation}) => activation !== "linear").map(({name}) => name)]};
}

/** Sends each source alone to the logits. @param found the end points wanted, which are disposed */
function parted({sources, head}: Split, weights: StepWeights, found: Readonly<Record<string, tf.Tensor4D>>): Contributions {
  try {
    const logits = tf.tidy(() => {
      const parts = new Map<string, tf.Tensor4D>();
      sources.forEach((name, index) => parts.set(name, alone(found[name]!, index, sources.length + 1)));
      for (const step of head) {
        const read = step.inputs.map((name) => parts.get(name)!);
        parts.set(step.name, linear(step, read, weights, found[step.name]));
      }
      return parts.get(LOGITS)!;
    });
    return {sources: [...sources, CONSTANT], logits};
  } finally {
    tf.dispose(found);
  }
}

/** The steps that read the sources, or one another. */
function stepsAfter(steps: readonly Step[], sources: readonly string[]): Step[] {
  const reached = new Set(sources);
  const found: Step[] = [];
  for (const step of steps) {
    if (reached.has(step.name) || !step.inputs.some((name) => reached.has(name))) continue;
    reached.add(step.name);
    found.push(step);
  }
  return found;
}

function checkSplits(step: Step): void {
  if (!kindOf(step).isLinear(step) || !activationKind(step.activation).isPiecewise) {
    throw new Error(
      `These logits cannot be split into parts: "${step.name}" is a ${step.op} with ${step.activation} activation, which is not linear.`
    );
  }
}

/** A batch in which only the entry of this index holds the activation; the others are zero. */
function alone(x: tf.Tensor4D, index: number, size: number): tf.Tensor4D {
  return tf.pad(x, [
    [index, size - 1 - index],
    [0, 0],
    [0, 0],
    [0, 0]
  ]);
}

/** A step without its summands and with its activation held; both go to the last entry of the batch. */
function linear(step: Step, inputs: tf.Tensor4D[], weights: StepWeights, activated?: tf.Tensor4D): tf.Tensor4D {
  const kind = kindOf(step);
  const specs = kind.weights(step, step.from);
  const tensors = tensorsOf(step, weights);
  const roles = (part: "factor" | "summand") => Object.keys(specs).filter((role) => specs[role]!.part === part);
  const factors = Object.fromEntries(roles("factor").map((role) => [role, tensors[role]]));
  const last = inputs[0]!.shape[0] - 1;
  let sum = kind.forward(OPS, {...step, activation: "linear"}, inputs, factors);
  for (const role of roles("summand")) {
    sum = tf.add(sum, alone(tf.reshape(tensors[role]!, [1, 1, 1, step.channels]), last, last + 1));
  }
  return activated ? held(sum, activated, step) : sum;
}

/** An activation as its slope: open passes, closed is zero, clipped is a constant that belongs to the last entry. */
function held(x: tf.Tensor4D, activated: tf.Tensor4D, {activation}: Step): tf.Tensor4D {
  const slope = activationKind(activation).derivative(OPS, activated);
  const last = x.shape[0] - 1;
  const constant = tf.mul(activated, tf.sub(1, slope)) as tf.Tensor4D;
  return tf.add(tf.mul(x, slope), alone(constant, last, last + 1));
}
