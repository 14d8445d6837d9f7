import * as tf from "@tensorflow/tfjs-core";
import type {Model} from "./model.js";
import {lower} from "./lower.js";
import {smallestPlan, weightShapes} from "./plan.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";
import type {StepTensors} from "./steps/kind.js";
import type {Executor} from "./wasm/executor.js";

/** Weights of steps on the current backend. */
export interface StepWeights {
  /** By canonical name, `<end point>/<role>`. */
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
  /**
   * Some of the input channels of a kernel, kept for the next run; they stay the weights'. Only weights that no one changes have it, and
   * only with it are runs made shorter (see `lower`).
   */
  rows?(kernel: string, start: number, count: number): tf.Tensor4D;
  /** Computes in TensorFlow.js's place, where there is one. */
  readonly executor?: Executor;
}

export interface DeviceWeights extends StepWeights {
  rows(kernel: string, start: number, count: number): tf.Tensor4D;
  dispose(): void;
}

/** What a backend has that computes networks by itself. */
interface ComputingBackend {
  executor?(weights: Model["weights"]): Executor;
}

/** The current backend's own executor of steps with these weights; undefined where TensorFlow.js computes. */
export function executorHere(weights: Model["weights"]): Executor | undefined {
  return (tf.backend() as ComputingBackend).executor?.(weights);
}

/**
 * Puts a model's weights on the current backend.
 *
 * @param executor computes in TensorFlow.js's place, with the same weights; by default the current backend's, where that has one. Tensors
 * are then made once someone asks for them
 * @throws Error naming the weight where one is missing or has another shape than the description says
 */
export function loadWeights({network, weights}: Pick<Model, "network" | "weights">, executor = executorHere(weights)): DeviceWeights {
  const shapes = weightShapes(network);
  for (const [name, shape] of Object.entries(shapes)) {
    const weight = weights[name];
    if (!weight) throw new Error(`The model has no weight "${name}".`);
    if (weight.shape.join() !== shape.join()) {
      throw new Error(`The weight "${name}" has shape [${weight.shape.join(", ")}]; the network needs [${shape.join(", ")}].`);
    }
  }
  let made: Readonly<Record<string, tf.Tensor>> | undefined;
  const tensors = () => (made ??= tensorsFrom(weights, shapes));
  const slices: Record<string, tf.Tensor4D> = {};
  const rows = (kernel: string, start: number, count: number) =>
    (slices[`${kernel} ${start} ${count}`] ??= tf.keep(rowsOf(tensors()[kernel] as tf.Tensor4D, start, count)));
  if (!executor) {
    tensors();
    // Those that runs will ask for, so that the first run takes no more than the others.
    for (const {borrowed} of lower(smallestPlan(network).steps)) if (borrowed?.rows) rows(`${borrowed.name}/kernel`, ...borrowed.rows);
  }
  return {
    get tensors() {
      return tensors();
    },
    rows,
    ...(executor && {executor}),
    dispose: () => tf.dispose([made ?? {}, slices])
  };
}

function tensorsFrom(weights: Model["weights"], shapes: Readonly<Record<string, readonly number[]>>): Record<string, tf.Tensor> {
  const tensors: Record<string, tf.Tensor> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    // tf.tensor keeps the array it is given on some backends: a copy protects the model against them. They outlive whoever asks first.
    tensors[name] = tf.keep(tf.tensor(weights[name]!.values.slice(), [...shape], "float32"));
  }
  return tensors;
}

function rowsOf(kernel: tf.Tensor4D, start: number, count: number): tf.Tensor4D {
  const [height, width, , outputs] = kernel.shape;
  return tf.slice(kernel, [0, 0, start, 0], [height, width, count, outputs]);
}

/** The tensors that a step multiplies and adds, by role. @throws Error naming the weight that is missing */
export function tensorsOf(step: Step, weights: StepWeights): StepTensors {
  const {name = step.name, rows} = step.borrowed ?? {};
  const roles = Object.keys(kindOf(step).weights(step, step.from));
  return Object.fromEntries(
    roles.map((role) => {
      const tensor = weights.tensors[`${name}/${role}`];
      if (!tensor) throw new Error(`There is no weight "${name}/${role}".`);
      return [role, rows && role === "kernel" ? weights.rows!(`${name}/${role}`, ...rows) : tensor];
    })
  );
}
