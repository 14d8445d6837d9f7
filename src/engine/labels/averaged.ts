import * as tf from "@tensorflow/tfjs-core";
import type {PassLogits} from "../passes.js";
import {bandsOf, labelMap, largestInBands, upsampleBand} from "./postprocess.js";
import type {Band} from "./postprocess.js";

/** What passes over one photo say together: the mean of their class probabilities, at the photo's size. */
type Passes = readonly Pick<PassLogits, "logits" | "extent">[];

/**
 * The class with the largest mean probability at each pixel. Of a single pass it is the label map of its logits, to the bit.
 *
 * @returns [height, width], int32 class ids; the caller disposes it
 */
export function averagedLabelMap(passes: Passes, height: number, width: number): tf.Tensor2D {
  const [{logits, extent}] = passes as [Passes[number]];
  if (passes.length === 1) return labelMap(logits, extent, height, width);
  return largestInBands((band) => meanProbabilities(passes, band), bandsOf(height, width, logits.shape[3]));
}

/**
 * Mean class probabilities at the photo's size, read back.
 *
 * @returns height x width x classes, row by row; those of a pixel add up to 1
 */
export async function averagedProbabilities(passes: Passes, height: number, width: number): Promise<Float32Array> {
  const classes = passes[0]!.logits.shape[3];
  const found = new Float32Array(height * width * classes);
  for (const band of bandsOf(height, width, classes)) {
    const rows = meanProbabilities(passes, band);
    found.set(await rows.data(), band.from * width * classes);
    rows.dispose();
  }
  return found;
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
