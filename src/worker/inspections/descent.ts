import * as tf from "@tensorflow/tfjs-core";
import type {Activations} from "../../engine/activations.js";
import {executeInTurns} from "../../engine/execute.js";
import {labelsFromLogits} from "../../engine/labels/labels.js";
import {covered} from "../../engine/labels/postprocess.js";
import {endPointOf} from "../../engine/model.js";
import type {Weight} from "../../engine/model.js";
import type {Mask} from "../../formats/mask-picture.js";
import {frozenEndPoints} from "../../train/classes.js";
import {crossEntropy} from "../../train/cross-entropy.js";
import {lossGradients} from "../../train/loss-gradients.js";
import {photoLabels} from "../../train/photo-labels.js";
import {readBack, readLogits} from "../read-back.js";
import type {Prepared} from "./prepared.js";

/** Which weights take the step. */

export type Moved = "all" | "head" | "layer";

export interface DescentQuestion {
  /** What the photo is said to show, at the size that it has in the network's input. */
  readonly labels: Mask;
  /** A layer with a kernel, whose gradients are wanted. */
  readonly endPoint: string;
  readonly moved: Moved;
  /** Learning rates that the step is tried with. */
  readonly rates: readonly number[];
}

/** What is asked of one layer. */
export interface LayerGradient {
  readonly endPoint: string;
  /** What it gives, and the loss's gradient with respect to that. */
  readonly map: Activations;
  readonly mapGradient: Activations;
  readonly kernel: Weight;
  readonly kernelGradient: Float32Array;
}

/** The photo after a step. */
export interface Stepped {
  readonly rate: number;
  /** No number where the step led out of all numbers. */
  readonly loss: number;
  /** One class id a pixel of the resized photo. */
  readonly labels: Uint8Array;
}

export interface Descent {
  readonly layer: LayerGradient;
  /** Length of the gradient of all weights that move. */
  readonly norm: number;
  /** How many weights move. */
  readonly count: number;
  readonly before: Stepped;
  /** In the order of the rates. */
  readonly after: readonly Stepped[];
}

/**
 * One step of plain gradient descent on one photo, tried with several learning rates: what the loss asks of a layer, and the mask after
 * each.
 *
 * @throws RangeError where the network has no such layer; DOMException "AbortError" once the signal says so
 */
export async function descent(
  {model, plan, weights: {tensors}, input, fit, turns}: Prepared,
  {labels: mask, endPoint, moved, rates}: DescentQuestion
): Promise<Descent> {
  const kernelName = `${endPoint}/kernel`;
  const kernel = model.weights[kernelName];
  if (!kernel) throw new RangeError(`The network has no layer "${endPoint}" with a kernel.`);
  const labels = photoLabels(mask, fit);
  const owned: tf.Tensor[] = [labels];
  try {
    let asked: tf.Tensor4D | undefined;
    const {loss, gradients} = lossGradients(
      plan,
      {tensors},
      {input, labels},
      {
        frozen: new Set(),
        onGradient: (name, gradient) => {
          if (name === endPoint) owned.push((asked = tf.clone(gradient)));
        }
      }
    );
    owned.push(loss, ...Object.values(gradients));
    const held = new Set(frozenEndPoints(model.network, "backbone"));
    const moves = {
      all: () => true,
      head: (name: string) => !held.has(endPointOf(name)),
      layer: (name: string) => endPointOf(name) === endPoint
    }[moved];
    const moving = Object.entries(gradients).filter(([name]) => moves(name));

    const stepped = async (rate: number, taps: readonly string[] = []): Promise<Stepped & {readonly maps: Record<string, Activations>}> => {
      const next = tf.tidy(() => Object.fromEntries(moving.map(([name, slope]) => [name, tf.sub(tensors[name]!, tf.mul(slope, rate))])));
      const found = await executeInTurns(plan.steps, {tensors: {...tensors, ...next}}, input, [plan.output, ...taps], turns).finally(() =>
        tf.dispose(next)
      );
      const {value, gradient} = crossEntropy(found[plan.output]!, labels);
      try {
        const [[after], logits] = await Promise.all([value.data(), readLogits(found[plan.output]!)]);
        const maps = Object.fromEntries(await Promise.all(taps.map(async (tap) => [tap, await readBack(found[tap]!)] as const)));
        return {rate, loss: after!, labels: labelsFromLogits(logits, covered(fit), fit.resizedHeight, fit.resizedWidth), maps};
      } finally {
        tf.dispose([value, gradient, {...found}]);
      }
    };

    const {maps, ...before} = await stepped(0, [endPoint]);
    const squares = tf.tidy(() => tf.sum(tf.stack(moving.map(([, slope]) => tf.sum(tf.square(slope))))));
    owned.push(squares);
    const layer: LayerGradient = {
      endPoint,
      map: maps[endPoint]!,
      mapGradient: await readBack(asked!),
      // The answer is handed over, and the model goes on with its own.
      kernel: {...kernel, values: kernel.values.slice()},
      kernelGradient: (await gradients[kernelName]!.data()).slice() as Float32Array
    };
    const after: Stepped[] = [];
    for (const rate of rates) {
      const {rate: tried, loss: then, labels: ids} = await stepped(rate);
      after.push({rate: tried, loss: then, labels: ids});
    }
    return {
      layer,
      norm: Math.sqrt((await squares.data())[0]!),
      count: moving.reduce((sum, [, slope]) => sum + slope.size, 0),
      before,
      after
    };
  } finally {
    tf.dispose(owned);
  }
}
