import * as tf from "@tensorflow/tfjs-core";
import {executeInTurns} from "../engine/execute.js";
import type {TurnsOptions} from "../engine/execute.js";
import {stepNamed} from "../engine/plan.js";
import type {Plan} from "../engine/plan.js";
import type {StepWeights} from "../engine/weights.js";

/** By end point; they stay the keeper's. */
export type OpenedTensors = Readonly<Record<string, tf.Tensor4D>>;

/** A run as it is prepared. */
interface Run {
  readonly plan: Plan;
  readonly weights: StepWeights;
  readonly input: tf.Tensor4D;
  readonly turns?: Pick<TurnsOptions, "signal" | "pause">;
}

/** The end point that is looked into, on the device with what it reads: to take another of its values apart runs nothing. */
export interface OpenedLayer {
  /**
   * The activations of an end point, and of those that it reads; kept until another run, or another end point, is asked for.
   *
   * @throws RangeError where the network has no such end point
   */
  of(run: Run, layer: string): Promise<OpenedTensors>;
  /** Disposes them. */
  clear(): void;
}

export function openedLayer(): OpenedLayer {
  let open: {readonly weights: object; readonly input: object; readonly key: string; readonly tensors: OpenedTensors} | null = null;
  function clear(): void {
    if (open) tf.dispose(open.tensors);
    open = null;
  }
  return {
    async of({plan, weights, input, turns}, layer) {
      // The rest of a run is told by its weights and its input, which are kept, too.
      const key = [layer, plan.outputStride, ...plan.branches.map(({rate}) => rate)].join(" ");
      if (open?.weights === weights && open.input === input && open.key === key) return open.tensors;
      clear();
      const wanted = [layer, ...stepNamed(plan, layer).inputs];
      const tensors = await executeInTurns(plan.steps, weights, input, [...new Set(wanted)], turns);
      open = {weights, input, key, tensors};
      return tensors;
    },
    clear
  };
}
