import type * as tf from "@tensorflow/tfjs-core";

/** TensorFlow.js's operations, handed in to what computes with them. */
export type TensorOps = typeof tf;
