import * as tf from "@tensorflow/tfjs-core";
import type {StepAhead, TurnsOptions} from "../engine/execute.js";
import type {BackendId} from "./protocol.js";
import {settle} from "./settle.js";

/** Milliseconds of work after which a run on the CPU lets messages in. */
const CPU_STRETCH = 8;

/**
 * Milliseconds of work after which a run on a GPU waits for the device, which else would be given all steps at once and could take none
 * back.
 */
const GPU_STRETCH = 100;

/** Multiply-adds in a millisecond that a GPU is believed to do before any were timed: those of the slowest, software on a CPU. */
const FIRST_SPEED = 5e5;

/** Pauses of runs, in which a message can come that ends them. */
export interface Pauses {
  /** For one execution on a backend, the current one, that a signal may end. */
  of(signal: AbortSignal, backend?: BackendId): Pick<TurnsOptions, "signal" | "pause">;
}

/**
 * Makes the pauses of runs on every backend. On a GPU, where waiting for the device costs a light run more than it is
 * worth, a run waits only after as much work as takes the device a while; how fast that is shows in those waits.
 *
 * @param options.now milliseconds since some time
 * @param options.settled waits until the device has computed a tensor
 */
export function newPauses({
  now = () => performance.now(),
  settled = settle
}: {now?(): number; settled?(tensor: tf.Tensor): Promise<void>} = {}): Pauses {
  /** Multiply-adds in a millisecond, by GPU backend. */
  const speeds = new Map<string, number>();

  function ofGpu(backend: BackendId): (ahead: StepAhead) => Promise<void> | void {
    let since = now();
    let given = 0;
    const wait = async (before: tf.Tensor4D) => {
      const work = given;
      given = 0;
      await settled(before);
      const time = now();
      speeds.set(backend, work / Math.max(time - since, 1));
      since = time;
    };
    return ({step, before}) => {
      // Given to the device were the steps before this one.
      const due = before && given >= GPU_STRETCH * (speeds.get(backend) ?? FIRST_SPEED);
      const paused = due ? wait(before) : undefined;
      given += step.multiplyAdds;
      return paused;
    };
  }

  function ofCpu(): (ahead: StepAhead) => Promise<void> | void {
    let since = now();
    const wait = async () => {
      await messagesIn();
      since = now();
    };
    return () => (now() - since < CPU_STRETCH ? undefined : wait());
  }

  return {
    of(signal, backend = tf.getBackend() as BackendId) {
      return {signal, pause: backend === "webgl" || backend === "webgpu" ? ofGpu(backend) : ofCpu()};
    }
  };
}

/**
 * Lets everything that waits for this thread have its turn, such as a message that cancels its work. Not a timer, which browsers slow down
 * when it is set again and again.
 */
export function messagesIn(): Promise<void> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
