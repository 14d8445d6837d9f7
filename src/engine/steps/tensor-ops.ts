import type * as tf from "@tensorflow/tfjs-core";

/** TensorFlow.js's operations: handed in, so that a page that only plans, counts and draws does not load them. */
export type TensorOps = typeof tf;
