import type {OPS} from "../ops.js";

/** TensorFlow.js's operations that steps are made of: handed in, so that a page that only plans, counts and draws does not load them. */
export type TensorOps = typeof OPS;
