import type * as tf from "@tensorflow/tfjs-core";
import type {TurnsOptions} from "../../engine/execute.js";
import type {Model} from "../../engine/model.js";
import type {Plan} from "../../engine/plan.js";
import type {Fit} from "../../engine/preprocess.js";
import type {DeviceWeights} from "../../engine/weights.js";
import type {OpenedTensors} from "../opened-layer.js";

/** A network planned for a photo, ready to run on the current backend. Everything in it stays the host's. */
export interface Prepared {
  readonly model: Model;
  readonly weights: DeviceWeights;
  readonly plan: Plan;
  readonly fit: Fit;
  /** [1, fit.height, fit.width, 3], values in [-1, 1]. */
  readonly input: tf.Tensor4D;
  /** How an execution makes room for what may end it; it does all at once where this is left out. */
  readonly turns?: Pick<TurnsOptions, "signal" | "pause">;
  /** The activations of an end point and of those that it reads, of a single run until others are asked for. */
  open(layer: string): Promise<OpenedTensors>;
}
