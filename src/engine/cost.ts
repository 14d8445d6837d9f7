import type {Plan, Step} from "./plan.js";

/** Bytes of one float32 activation. */
const BYTES_PER_VALUE = 4;

export interface Cost {
  /** Multiply-adds of all convolutions. */
  readonly multiplyAdds: number;
  /** Weights and biases, batch norm folded. */
  readonly parameters: number;
  /** Bytes of all activations together, as float32, if none were freed. */
  readonly activationBytes: number;
  /** Bytes of the activations that are alive at the same time at the worst moment of a run without taps. */
  readonly peakActivationBytes: number;
}

/** Bytes of a step's output as float32. */
export function activationBytes({height, width, channels}: Step): number {
  return height * width * channels * BYTES_PER_VALUE;
}

/**
 * Adds up what a plan costs. Multiply-adds are those of the convolutions, zero padding included, which is
 * how the papers count.
 */
export function cost({steps}: Pick<Plan, "steps">): Cost {
  const lastUse = new Map<string, number>();
  steps.forEach((step, index) => step.inputs.forEach((input) => lastUse.set(input, index)));
  const total = {multiplyAdds: 0, parameters: 0, activationBytes: 0, peakActivationBytes: 0};
  const alive = new Map<string, number>();
  steps.forEach((step, index) => {
    const bytes = activationBytes(step);
    total.multiplyAdds += step.multiplyAdds;
    total.parameters += step.parameters;
    total.activationBytes += bytes;
    alive.set(step.name, bytes);
    total.peakActivationBytes = Math.max(total.peakActivationBytes, sum(alive.values()));
    for (const input of step.inputs) if (lastUse.get(input) === index) alive.delete(input);
  });
  return total;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
