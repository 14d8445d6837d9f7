import * as tf from "@tensorflow/tfjs-core";
import {ONE_PASS} from "../engine/averaging.js";
import {cost} from "../engine/cost.js";
import {execute} from "../engine/execute.js";
import type {Network} from "../engine/network.js";
import {plannedPasses} from "../engine/passes.js";
import {INPUT, StepList} from "../engine/step-list.js";
import {arenaOf} from "../engine/wasm/schedule.js";
import {executorHere} from "../engine/weights.js";
import type {BackendId, Forecast, MaskChoice} from "./protocol.js";
import {timesOf} from "./times-of.js";

/** Of a layer as large networks have most of: as many cells and channels as the middle of Xception has at 513 pixels. */
const LAYER = {size: 33, channels: 728} as const;

/** Runs with fewer say more of what a step costs besides its multiply-adds. */
const TELLING = 1e9;

/** How fast this machine multiplies on its backends: as its last run of some size did, or a layer that is timed for it. */
export interface Rates {
  /** Takes note of a run. */
  note(backend: BackendId, multiplyAdds: number, milliseconds: number): void;
  /** Multiply-adds in a millisecond on the current backend. */
  now(): Promise<number>;
}

export function newRates(): Rates {
  const known = new Map<string, number>();
  return {
    note(backend, multiplyAdds, milliseconds) {
      if (multiplyAdds >= TELLING) known.set(backend, multiplyAdds / milliseconds);
    },
    async now() {
      const backend = tf.getBackend();
      const rate = known.get(backend) ?? (await timedRate());
      known.set(backend, rate);
      return rate;
    }
  };
}

async function timedRate(): Promise<number> {
  const {size, channels} = LAYER;
  const list = new StepList({height: size, width: size, channels});
  const name = list.conv("layer", INPUT, {kernel: 1, channels, bias: false, activation: "linear"});
  const values = new Float32Array(channels * channels).fill(1);
  const shape = [1, 1, channels, channels];
  const kernel = `${name}/kernel`;
  const executor = executorHere({[kernel]: {shape, values}});
  const tensors = {[kernel]: tf.tensor(values, shape)};
  const x = tf.ones<tf.Rank.R4>([1, size, size, channels]);
  try {
    const {layer} = await timesOf({layer: () => execute(list.list, {tensors, ...(executor && {executor})}, x, [name])[name]!});
    return (size * size * channels * channels) / layer.milliseconds;
  } finally {
    tf.dispose([x, tensors]);
  }
}

const BYTES_PER_VALUE = 4;

/**
 * How often weights are in memory while they are brought to a device: read from their file, on their way, there, and on WASM once more in
 * the order that its kernels want.
 */
const COPIES: Readonly<Record<BackendId, number>> = {webgpu: 3, webgl: 3, kernels: 3, wasm: 4, cpu: 2};

/**
 * What a run on a photo of this size would take.
 *
 * @param rate multiply-adds in a millisecond
 */
export function forecast(
  network: Network,
  photo: {readonly height: number; readonly width: number},
  {backend, averaging = ONE_PASS, ...setting}: MaskChoice,
  rate: number
): Forecast {
  let multiplyAdds = 0;
  let bytes = 0;
  for (const {plan} of plannedPasses(network, photo, setting, averaging)) {
    const one = cost(plan);
    multiplyAdds += one.multiplyAdds * (averaging.flip ? 2 : 1);
    const activations = backend === "kernels" ? arenaOf(plan) : one.peakActivationBytes;
    bytes = Math.max(bytes, activations + COPIES[backend] * BYTES_PER_VALUE * one.parameters);
  }
  return {multiplyAdds, bytes, milliseconds: multiplyAdds / rate};
}
