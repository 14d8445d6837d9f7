import * as tf from "@tensorflow/tfjs-core";
import {findStep} from "../step-list.js";
import type {Replacement, StepAhead} from "../step-ahead.js";
import type {Step} from "../steps/kinds.js";
import type {Executor} from "./executor.js";
import {ThreadLost} from "./thread-lost.js";

/**
 * One execution in our own module, operation by operation: hands out control before each. Parameters and result as those of
 * `../execute.ts`, of one photo; what was computed last is not shown. Where a thread is lost it begins again, with one.
 */
export function* executingOn(
  executor: Executor,
  steps: readonly Step[],
  input: tf.Tensor4D,
  wanted: readonly string[],
  replaced: Readonly<Record<string, Replacement>>
): Generator<StepAhead, Record<string, tf.Tensor4D>, void> {
  const given = {[steps[0]!.name]: input, ...replaced};
  for (;;) {
    try {
      return yield* executed(executor, steps, given, wanted);
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
    }
  }
}

function* executed(
  executor: Executor,
  steps: readonly Step[],
  given: Readonly<Record<string, Replacement>>,
  wanted: readonly string[]
): Generator<StepAhead, Record<string, tf.Tensor4D>, void> {
  const prepared = executor.prepare(steps, Object.keys(given), wanted);
  for (const [name, value] of Object.entries(given)) prepared.write(name, value === "zero" ? null : (value.dataSync() as Float32Array));
  const {operations} = prepared;
  for (const [index, {group}] of operations.entries()) {
    yield {index, of: operations.length, step: group.output, before: null};
    prepared.perform(index);
  }
  return Object.fromEntries(
    wanted.map((name) => {
      const {height, width, channels} = findStep(steps, name);
      return [name, tf.tensor4d(prepared.read(name), [1, height, width, channels])];
    })
  );
}
