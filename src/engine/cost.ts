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
  const total = {multiplyAdds: 0, parameters: 0, activationBytes: 0, peakActivationBytes: peakActivationBytes(steps)};
  for (const step of steps) {
    total.multiplyAdds += step.multiplyAdds;
    total.parameters += step.parameters;
    total.activationBytes += activationBytes(step);
  }
  return total;
}

/** Bytes of the activations that are alive at the same time at the worst moment of a run. @param kept end points that stay to its end */
export function peakActivationBytes(steps: readonly Step[], kept: ReadonlySet<string> = new Set()): number {
  const lastUse = new Map<string, number>();
  steps.forEach((step, index) => step.inputs.forEach((input) => lastUse.set(input, index)));
  const bytes = new Map(steps.map((step) => [step.name, activationBytes(step)]));
  let [alive, most] = [0, 0];
  steps.forEach((step, index) => {
    alive += bytes.get(step.name)!;
    most = Math.max(most, alive);
    for (const input of new Set(step.inputs)) if (lastUse.get(input) === index && !kept.has(input)) alive -= bytes.get(input)!;
  });
  return most;
}
