import type * as tf from "@tensorflow/tfjs-core";
import type {TensorOps} from "./tensor-ops.js";

/** What an activation does to a value, and back. */
interface ActivationKind {
  /** Whether the backends compute it inside a convolution. */
  readonly isFused: boolean;
  value(ops: TensorOps, x: tf.Tensor4D): tf.Tensor4D;
  /** The same of one number. */
  ofNumber(x: number): number;
  /** Its slope where it gave `after`, or, where that does not tell, where it read `before`. */
  derivative(ops: TensorOps, after: tf.Tensor4D, before?: tf.Tensor4D): tf.Tensor4D;
  /** Whether the slope needs the value before. */
  readonly needsBefore: boolean;
  /** Whether it is zero, the value itself or a constant: with that choice held, it is linear. */
  readonly isPiecewise: boolean;
}

/*
 * One where a value is larger than another, zero elsewhere. By `step`, because comparisons, and booleans made numbers, take ten times as
 * long on WASM.
 */
const above = (ops: TensorOps, x: tf.Tensor4D, low: number): tf.Tensor4D => ops.step(low === 0 ? x : ops.sub(x, low));
const below = (ops: TensorOps, x: tf.Tensor4D, high: number): tf.Tensor4D => ops.step(ops.sub(high, x));
/** One where a value lies between two others, neither included, zero elsewhere. */
const between = (ops: TensorOps, x: tf.Tensor4D, low: number, high: number) =>
  ops.mul(above(ops, x, low), below(ops, x, high)) as tf.Tensor4D;

/** Where ReLU6 clips. */
const CLIP = 6;
/** The hard sigmoid is ReLU6(x + 3) / 6 (MobileNetV3: Howard et al. 2019, section 5.2). */
const SHIFT = 3;

const clipped = (x: number) => Math.min(Math.max(x, 0), CLIP);
const hardSigmoidOf = (x: number) => clipped(x + SHIFT) / CLIP;
const hardSigmoid = (ops: TensorOps, x: tf.Tensor4D) => ops.div(ops.relu6(ops.add(x, SHIFT)), CLIP) as tf.Tensor4D;

export const ACTIVATIONS = {
  linear: {
    isFused: true,
    value: (_ops, x) => x,
    ofNumber: (x) => x,
    derivative: (ops, after) => ops.onesLike(after),
    needsBefore: false,
    isPiecewise: true
  },
  relu: {
    isFused: true,
    value: (ops, x) => ops.relu(x),
    ofNumber: (x) => Math.max(x, 0),
    derivative: (ops, after) => above(ops, after, 0),
    needsBefore: false,
    isPiecewise: true
  },
  relu6: {
    isFused: true,
    value: (ops, x) => ops.relu6(x),
    ofNumber: clipped,
    derivative: (ops, after) => between(ops, after, 0, CLIP),
    needsBefore: false,
    isPiecewise: true
  },
  sigmoid: {
    isFused: false,
    value: (ops, x) => ops.sigmoid(x),
    ofNumber: (x) => 1 / (1 + Math.exp(-x)),
    derivative: (ops, after) => ops.mul(after, ops.sub(1, after)),
    needsBefore: false,
    isPiecewise: false
  },
  hard_sigmoid: {
    isFused: false,
    value: hardSigmoid,
    ofNumber: hardSigmoidOf,
    derivative: (ops, after) => ops.div(between(ops, after, 0, 1), CLIP),
    needsBefore: false,
    isPiecewise: false
  },
  hard_swish: {
    isFused: false,
    value: (ops, x) => ops.mul(x, hardSigmoid(ops, x)),
    ofNumber: (x) => x * hardSigmoidOf(x),
    derivative(ops, _after, before) {
      const inside = ops.mul(between(ops, before!, -SHIFT, SHIFT), ops.div(ops.add(ops.mul(before!, 2), SHIFT), CLIP));
      return ops.add(inside, ops.sub(1, below(ops, before!, SHIFT)));
    },
    needsBefore: true,
    isPiecewise: false
  }
} as const satisfies Readonly<Record<string, ActivationKind>>;

export type Activation = keyof typeof ACTIVATIONS;

/** The kind of activation of this name. */
export function activationKind(activation: Activation): ActivationKind {
  return ACTIVATIONS[activation];
}

/** The value of an activation. */
export function activate(ops: TensorOps, x: tf.Tensor4D, activation: Activation): tf.Tensor4D {
  return activationKind(activation).value(ops, x);
}
