/** What batch norm knows of a layer before it: the moments of each channel, over so many crops apart. */
export interface CropMoments {
  readonly crops: number;
  readonly channels: number;
  /** Mean of the values, crop by crop, channel by channel. */
  readonly means: Float32Array;
  /** Mean of their squares. */
  readonly squares: Float32Array;
}

/** Mean and variance of each channel. */
export interface Statistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/**
 * The statistics of a batch: its crops, each of which has the same number of values.
 *
 * @param from the batch's first crop
 * @throws RangeError where there are not so many crops
 */
export function statisticsOf({crops, channels, means, squares}: CropMoments, from = 0, count = crops): Statistics {
  if (from < 0 || count < 1 || from + count > crops) throw new RangeError(`Of ${crops} crops there is no batch of ${count} from ${from}.`);
  const mean = new Float32Array(channels);
  const variance = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    let [sum, sumOfSquares] = [0, 0];
    for (let crop = from; crop < from + count; crop++) {
      sum += means[crop * channels + channel]!;
      sumOfSquares += squares[crop * channels + channel]!;
    }
    mean[channel] = sum / count;
    variance[channel] = Math.max(0, sumOfSquares / count - (sum / count) ** 2);
  }
  return {mean, variance};
}

/** How far the statistics of batches lie from the running ones, a value a batch and channel. */
export interface Deviations {
  /** Of the mean, in running standard deviations. */
  readonly means: Float32Array;
  /** Standard deviation over the running one. */
  readonly spreads: Float32Array;
}

/** Below this a channel hardly ever speaks, and is left out: batch norm's own epsilon in the release. */
export const EPSILON = 1e-3;

/** The crops dealt out to batches of a size, and how far the statistics of each batch lie from those of all. */
export function deviations(moments: CropMoments, size: number): Deviations {
  const running = statisticsOf(moments);
  const heard = Array.from(running.variance.keys()).filter((channel) => running.variance[channel]! > EPSILON);
  const means: number[] = [];
  const spreads: number[] = [];
  for (let from = 0; from + size <= moments.crops; from += size) {
    const {mean, variance} = statisticsOf(moments, from, size);
    for (const channel of heard) {
      const deviation = Math.sqrt(running.variance[channel]!);
      means.push((mean[channel]! - running.mean[channel]!) / deviation);
      spreads.push(Math.sqrt(variance[channel]!) / deviation);
    }
  }
  return {means: Float32Array.from(means), spreads: Float32Array.from(spreads)};
}
