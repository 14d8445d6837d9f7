import {LOGITS, stepNamed} from "../../engine/plan.js";
import {executeInTurns} from "../../engine/execute.js";
import type {Activations} from "../../engine/activations.js";
import {readBack} from "../read-back.js";
import type {Prepared} from "./prepared.js";

/** The last layer, a 1x1 convolution: what it reads and its weights, from which every logit can be added up. */
export interface LastLayer {
  /** End point that it reads. */
  readonly endPoint: string;
  readonly activations: Activations;
  /** Weights, channels x classes, row by row. */
  readonly kernel: Float32Array;
  /** One a class. */
  readonly bias: Float32Array;
}

/** What the logits are made of, channel by channel. */
export async function lastLayer({plan, weights, input, turns}: Prepared, _question: Record<never, never>): Promise<LastLayer> {
  const step = stepNamed(plan, LOGITS);
  const endPoint = step.inputs[0]!;
  const tensor = (await executeInTurns(plan.steps, weights, input, [endPoint], turns))[endPoint]!;
  try {
    const [kernel, bias] = await Promise.all([weights.tensors[`${LOGITS}/kernel`]!.data(), weights.tensors[`${LOGITS}/bias`]!.data()]);
    // Copies: some backends hand out the array that they keep.
    return {endPoint, activations: await readBack(tensor), kernel: Float32Array.from(kernel), bias: Float32Array.from(bias)};
  } finally {
    tensor.dispose();
  }
}
