import * as tf from "@tensorflow/tfjs-core";

interface Common {
  /** Of kernels; nothing else decays. */
  readonly weightDecay: number;
}

/** Stochastic gradient descent: m = momentum m + g, w = w - rate m. The decay is part of g. */
export interface Sgd extends Common {
  readonly kind: "sgd";
  readonly momentum: number;
}

/** Kingma & Ba 2015, the decay part of the gradient; `adamw` (Loshchilov & Hutter 2019) takes it from the weights, by the rate. */
export interface Adam extends Common {
  readonly kind: "adam" | "adamw";
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export type Optimiser = Sgd | Adam;

/** What an optimiser remembers of a weight, by slot, each of the weight's shape. */
export type Slots = Readonly<Record<string, tf.Tensor>>;

/** Names of what an optimiser remembers of every weight. */
export function slotNames({kind}: Optimiser): readonly string[] {
  return kind === "sgd" ? ["momentum"] : ["mean", "square"];
}

export interface Update {
  readonly weight: tf.Tensor;
  readonly slots: Slots;
}

export interface UpdateOptions {
  readonly rate: number;
  /** Steps made before this one. */
  readonly step: number;
  /** Whether the weight is a kernel, which decays. */
  readonly isKernel: boolean;
}

/** A weight and what is remembered of it after a step. The caller disposes both; what is given stays the caller's. */
export function updated(optimiser: Optimiser, {weight, slots}: Update, gradient: tf.Tensor, options: UpdateOptions): Update {
  return tf.tidy(() => {
    const {rate, step, isKernel} = options;
    const decay = isKernel ? optimiser.weightDecay : 0;
    const isApart = optimiser.kind === "adamw";
    const slope = decay > 0 && !isApart ? tf.add(gradient, tf.mul(weight, decay)) : gradient;
    if (optimiser.kind === "sgd") {
      const momentum = tf.add(tf.mul(slots["momentum"]!, optimiser.momentum), slope);
      return {weight: tf.sub(weight, tf.mul(momentum, rate)), slots: {momentum}};
    }
    const {beta1, beta2, epsilon} = optimiser;
    const mean = tf.add(tf.mul(slots["mean"]!, beta1), tf.mul(slope, 1 - beta1));
    const square = tf.add(tf.mul(slots["square"]!, beta2), tf.mul(tf.square(slope), 1 - beta2));
    const [rise, riseOfSquare] = [1 - beta1 ** (step + 1), 1 - beta2 ** (step + 1)];
    const divisor = tf.add(tf.div(tf.sqrt(square), Math.sqrt(riseOfSquare)), epsilon);
    const kept = decay > 0 && isApart ? tf.mul(weight, 1 - rate * decay) : weight;
    return {weight: tf.sub(kept, tf.mul(tf.div(mean, divisor), rate / rise)), slots: {mean, square}};
  }) as unknown as Update;
}
