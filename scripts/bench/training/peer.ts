import * as tf from "@tensorflow/tfjs-core";
// Registers the gradients.
import "@tensorflow/tfjs";
import type {Plan, Step} from "../../../src/engine/plan.js";
import {endPointOf} from "../../../src/engine/model.js";
import type {Model} from "../../../src/engine/model.js";
import type {Batch} from "../../../src/train/training.js";

/** A training step as TensorFlow.js offers it: its own operations, its gradients, its optimiser. */
export interface PeerTraining {
  /** @returns the loss */
  learn(batch: Batch): number;
  dispose(): void;
}

/**
 * A network under `tf.train` on the current backend. Its gradients take no dilation, so what has a rate is written as spaceToBatch, a
 * convolution and batchToSpace.
 *
 * @param frozen end points whose weights do not learn
 * @throws Error on a step that no network compared here has
 */
export function peerTraining(model: Model, plan: Plan, frozen: ReadonlySet<string>, rate: number, momentum: number): PeerTraining {
  const weights: Record<string, tf.Tensor> = {};
  const variables: tf.Variable[] = [];
  for (const [name, {shape, values}] of Object.entries(model.weights)) {
    const tensor = tf.tensor(values.slice(), [...shape]);
    if (frozen.has(endPointOf(name))) weights[name] = tensor;
    else variables.push((weights[name] = tf.variable(tensor)) as tf.Variable);
  }
  const optimiser = tf.train.momentum(rate, momentum);
  const lossOf = ({input, labels}: Batch) => {
    const ends = new Map<string, tf.Tensor4D>();
    for (const step of plan.steps) {
      const read = step.inputs.map((name) => ends.get(name)!);
      ends.set(step.name, step.op === "input" ? input : computed(step, read, weights));
    }
    const [, height, width] = labels.shape;
    const enlarged = tf.image.resizeBilinear(ends.get(plan.output)!, [height, width], true);
    return tf.losses.softmaxCrossEntropy(tf.oneHot(tf.cast(labels, "int32"), plan.network.classes), enlarged) as tf.Scalar;
  };
  return {
    learn: (batch) => tf.tidy(() => optimiser.minimize(() => lossOf(batch), true, variables)!.dataSync()[0]!),
    dispose: () => (tf.dispose(weights), optimiser.dispose())
  };
}

/** What a step gives, by operations that TensorFlow.js differentiates on the cpu backend. */
function computed(step: Step, [x, ...others]: readonly tf.Tensor4D[], weights: Readonly<Record<string, tf.Tensor>>): tf.Tensor4D {
  switch (step.op) {
    case "conv":
      return after(step, tf.conv2d(x!, weights[`${step.name}/kernel`] as tf.Tensor4D, step.stride, "same"), weights);
    case "depthwise": {
      const kernel = weights[`${step.name}/kernel`] as tf.Tensor4D;
      const convolved =
        step.rate === 1
          ? tf.depthwiseConv2d(x!, kernel, step.stride, "same")
          : spaced(x!, step.rate, (y) => tf.depthwiseConv2d(y, kernel, 1, "valid"));
      return after(step, convolved, weights);
    }
    case "add":
      return tf.add(x!, others[0]!);
    case "concat":
      return tf.concat([x!, ...others], 3);
    case "pool":
      return tf.mean(x!, [1, 2], true);
    case "upsample":
      return x!.shape[1] === 1
        ? tf.tile(x!, [1, step.height, step.width, 1])
        : tf.image.resizeBilinear(x!, [step.height, step.width], true);
    default:
      throw new Error(`The step ${step.name} (${step.op}) has no part in this comparison.`);
  }
}

function after({name, activation}: Step, convolved: tf.Tensor4D, weights: Readonly<Record<string, tf.Tensor>>): tf.Tensor4D {
  const moved = tf.add(convolved, weights[`${name}/bias`]!) as tf.Tensor4D;
  return activation === "relu" ? tf.relu(moved) : activation === "relu6" ? tf.relu6(moved) : moved;
}

/** A 3x3 convolution with a rate, padded "same", as one without over every rate-th cell. */
function spaced(x: tf.Tensor4D, rate: number, convolve: (x: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape;
  const spare = [height, width].map((side) => (rate - (side % rate)) % rate) as [number, number];
  const paddings = spare.map((cells) => [rate, rate + cells]);
  const crops = spare.map((cells) => [0, cells]);
  return tf.batchToSpaceND(convolve(tf.spaceToBatchND(x, [rate, rate], paddings)), [rate, rate], crops);
}
