import * as tf from "@tensorflow/tfjs-core";
import type {Activations} from "../../engine/activations.js";
import {executeInTurns} from "../../engine/execute.js";
import {INPUT} from "../../engine/plan.js";
import type {Plan} from "../../engine/plan.js";
import {readBack} from "../read-back.js";
import type {Prepared} from "./prepared.js";

/** A network on a photo as a diagram draws it. */
export interface Overview {
  /** As it ran on the photo, whose aspect its maps have. */
  readonly plan: Plan;
  /** By end point, small: how strongly each place is activated, one channel; of the input the photo's own three. */
  readonly maps: Readonly<Record<string, Activations>>;
}

/**
 * How strongly many end points are activated, all in one run, made small on the device: only what is drawn is read back.
 *
 * @param question.side cells along the longer side of what is drawn; a map that is as small already stays as it is
 * @throws RangeError where the network has no such end point
 */
export async function overview(
  {plan, weights, input, turns}: Prepared,
  {layers, side}: {readonly layers: readonly string[]; readonly side: number}
): Promise<Overview> {
  const found = await executeInTurns(plan.steps, weights, input, layers, turns);
  const small: Record<string, tf.Tensor4D> = {};
  try {
    if (weights.executor) {
      // Their values are at hand, and TensorFlow.js's operations need not be.
      const maps = (await allRead(found)).map(([name, map]) => [name, reducedHere(name === INPUT ? map : strengths(map), side)] as const);
      return {plan, maps: Object.fromEntries(maps)};
    }
    for (const [name, tensor] of Object.entries(found)) {
      small[name] = tf.tidy(() => reduced(name === INPUT ? tensor : tf.mean(tf.abs(tensor), 3, true), side));
      tensor.dispose();
    }
    return {plan, maps: Object.fromEntries(await allRead(small))};
  } finally {
    tf.dispose([found, small]);
  }
}

function allRead(tensors: Readonly<Record<string, tf.Tensor4D>>): Promise<(readonly [string, Activations])[]> {
  return Promise.all(Object.entries(tensors).map(async ([name, tensor]) => [name, await readBack(tensor)] as const));
}

/** The means of square parts, so large that what is left is about as large as it is drawn. */
function reduced(x: tf.Tensor4D, side: number): tf.Tensor4D {
  const by = Math.floor(Math.max(x.shape[1], x.shape[2]) / side);
  return by > 1 ? tf.avgPool(x, by, by, "same") : tf.clone(x);
}

/** The mean size of all channels at each place. */
function strengths({height, width, channels, values}: Activations): Activations {
  const means = new Float32Array(height * width);
  for (let cell = 0, at = 0; cell < means.length; cell++) {
    let sum = 0;
    for (const end = at + channels; at < end; at++) sum += Math.abs(values[at]!);
    means[cell] = sum / channels;
  }
  return {height, width, channels: 1, values: means};
}

/** What `reduced` gives, in plain loops. */
function reducedHere(map: Activations, side: number): Activations {
  const {height: rows, width: columns, channels, values} = map;
  const by = Math.floor(Math.max(rows, columns) / side);
  if (by <= 1) return map;
  const [height, width] = [Math.ceil(rows / by), Math.ceil(columns / by)];
  const [above, left] = [(height * by - rows) >> 1, (width * by - columns) >> 1];
  const small = new Float32Array(height * width * channels);
  for (let i = 0; i < small.length; i++) {
    const [channel, cell] = [i % channels, Math.floor(i / channels)];
    const [top, before] = [Math.floor(cell / width) * by - above, (cell % width) * by - left];
    let [sum, count] = [0, 0];
    for (let row = Math.max(0, top); row < Math.min(rows, top + by); row++) {
      for (let column = Math.max(0, before); column < Math.min(columns, before + by); column++, count++) {
        sum += values[(row * columns + column) * channels + channel]!;
      }
    }
    small[i] = sum / count;
  }
  return {height, width, channels, values: small};
}
