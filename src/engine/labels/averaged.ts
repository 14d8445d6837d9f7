import * as tf from "@tensorflow/tfjs-core";
import type {PassLogits} from "../passes.js";
import {bandsOf, largestInBands, upsampleBand} from "./postprocess.js";
import type {Band} from "./postprocess.js";

/** What passes over one photo say together: the mean of their class probabilities, at the photo's size. */
type Passes = readonly Pick<PassLogits, "logits" | "extent">[];

/** What happens between two bands of rows: an end of the work, or room for what may end it. */
export interface Rests {
  /** Ends the work before its next band. */
  readonly signal?: AbortSignal | undefined;
  rest?(): Promise<void>;
}

/**
 * The class with the largest mean probability at each pixel, read back band by band. Of a single pass it is the label map of its logits,
 * to the bit.
 *
 * @returns one class id a pixel, rows from the top
 * @throws DOMException "AbortError" once the signal says so
 */
export function averagedLabels(passes: Passes, height: number, width: number, rests: Rests = {}): Promise<Uint8Array> {
  const bands = bandsOf(height, width, classesOf(passes));
  const labelsOf = (band: Band) => largestInBands((rows) => scoresOf(passes, rows), [band]);
  return inBands(new Uint8Array(height * width), bands, labelsOf, rests);
}

/**
 * Mean class probabilities at the photo's size, read back band by band.
 *
 * @returns height x width x classes, row by row; those of a pixel add up to 1
 * @throws DOMException "AbortError" once the signal says so
 */
export function averagedProbabilities(passes: Passes, height: number, width: number, rests: Rests = {}): Promise<Float32Array> {
  const classes = classesOf(passes);
  const bands = bandsOf(height, width, classes);
  return inBands(new Float32Array(height * width * classes), bands, (band) => meanProbabilities(passes, band), rests);
}

async function inBands<Values extends Uint8Array | Float32Array>(
  found: Values,
  bands: readonly Band[],
  make: (band: Band) => tf.Tensor,
  {signal, rest}: Rests
): Promise<Values> {
  let filled = 0;
  for (const band of bands) {
    signal?.throwIfAborted();
    const rows = make(band);
    found.set(await rows.data(), filled);
    filled += rows.size;
    rows.dispose();
    await rest?.();
  }
  return found;
}

const classesOf = (passes: Passes) => passes[0]!.logits.shape[3];

/** What is largest where the mean probability is: of a single pass its logits. [1, rows, width, classes]. */
function scoresOf(passes: Passes, band: Band): tf.Tensor4D {
  const [{logits, extent}] = passes as [Passes[number]];
  return passes.length === 1 ? upsampleBand(logits, extent, band) : meanProbabilities(passes, band);
}

/** Of some rows: [1, rows, width, classes]. As the release does, each pass is upsampled first, then softmax is taken. */
function meanProbabilities(passes: Passes, band: Band): tf.Tensor4D {
  const probabilities = ({logits, extent}: Passes[number]) => tf.softmax(upsampleBand(logits, extent, band));
  return tf.tidy(() => {
    let sum = probabilities(passes[0]!);
    for (const pass of passes.slice(1)) {
      const before = sum;
      sum = tf.tidy(() => tf.add(before, probabilities(pass)));
      before.dispose();
    }
    return tf.div(sum, passes.length);
  });
}
