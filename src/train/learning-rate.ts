export interface LearningRate {
  /** At its highest, after the warm-up. */
  readonly base: number;
  /** Of (1 - step / steps): the 'poly' policy (DeepLab v2, section 4.1.1); 0.9 there, 0 keeps the rate. */
  readonly power: number;
  /** Steps over which the rate falls. */
  readonly steps: number;
  /** Steps over which it rises from nothing at the start; 0: none. */
  readonly warmUp: number;
}

/** The learning rate of a step, from 0. */
export function learningRate({base, power, steps, warmUp}: LearningRate, step: number): number {
  const risen = Math.min(1, (step + 1) / Math.max(1, warmUp));
  return base * risen * Math.max(0, 1 - step / steps) ** power;
}
