import type * as tf from "@tensorflow/tfjs-core";

/**
 * TensorFlow.js's operations that steps are made of: handed in, so that a page that only plans, counts and draws does not load them, and
 * named one by one, so that the engine loads no others.
 */
export type TensorOps = Pick<
  typeof tf,
  | "add"
  | "avgPool"
  | "backend"
  | "cast"
  | "clone"
  | "concat"
  | "conv2d"
  | "depthwiseConv2d"
  | "div"
  | "equal"
  | "matMul"
  | "maxPool"
  | "maximum"
  | "mul"
  | "ones"
  | "onesLike"
  | "pad"
  | "relu"
  | "relu6"
  | "reshape"
  | "reverse"
  | "sigmoid"
  | "slice"
  | "stack"
  | "step"
  | "sub"
  | "sum"
  | "tensor2d"
  | "tensor4d"
  | "tidy"
  | "tile"
  | "transpose"
  | "zeros"
> & {
  readonly fused: Pick<typeof tf.fused, "conv2d" | "depthwiseConv2d">;
  readonly image: Pick<typeof tf.image, "resizeBilinear">;
};
