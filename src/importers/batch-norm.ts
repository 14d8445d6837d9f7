/** What a batch normalisation has learnt and measured, a value a channel. */
export interface BatchNorm {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta, as a factor and a summand a channel. */
export function affineOf({gamma, beta, mean, variance}: BatchNorm, epsilon: number): {scale: Float32Array; shift: Float32Array} {
  return {
    scale: gamma.map((factor, channel) => factor / Math.sqrt(variance[channel]! + epsilon)),
    shift: beta.map((summand, channel) => summand - (mean[channel]! * gamma[channel]!) / Math.sqrt(variance[channel]! + epsilon))
  };
}
