import type {Model} from "../engine/model.js";
import {networkWeights} from "../engine/plan.js";
import {atPrecision} from "../engine/precision.js";
import {loadWeights} from "../engine/weights.js";
import type {DeviceWeights} from "../engine/weights.js";
import {keptLast} from "./kept.js";
import type {RunChoice} from "./protocol.js";

/** Weights on the device of a backend, kept so that another run with them uploads nothing. */
export interface KeptWeights {
  /** A model's, rounded as the choice says; on the current backend, which is the choice's. They stay the keeper's. */
  of(model: Model, choice: Pick<RunChoice, "modelUrl" | "backend" | "precision" | "rounded">): DeviceWeights;
  /** Disposes them all. */
  clear(): void;
}

/** @param most how many are kept */
export function keptWeights(most: number): KeptWeights {
  const loaded = keptLast<string, DeviceWeights>(most, (weights) => weights.dispose());
  return {
    of({network, weights}, {modelUrl, backend, precision = "float32", rounded}) {
      const key = [backend, precision, rounded?.join() ?? "all", modelUrl].join(" ");
      return (
        loaded.find(key) ??
        loaded.keep(key, loadWeights({network, weights: atPrecision(weights, precision, networkWeights(network), rounded)}))
      );
    },
    clear: loaded.clear
  };
}
