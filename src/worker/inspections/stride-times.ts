import {plan} from "../../engine/plan.js";
import type {OutputStride} from "../../engine/plan.js";
import {runInTurns} from "../../engine/run.js";
import {shortestInTurns} from "../shortest-in-turns.js";
import type {Shortest} from "../shortest-in-turns.js";
import type {Prepared} from "./prepared.js";

const MOST_ROUNDS = 5;
/** Milliseconds that all runs may take together. */
const BUDGET = 3000;

/**
 * How long the network takes at each of some output strides, the strides in turns. Each should have been run before: what compiles at the
 * first run is not left out.
 *
 * @throws DOMException "AbortError" once the signal says so
 */
export async function strideTimes(
  {model, weights, plan: {inputHeight: height, inputWidth: width}, input, turns}: Prepared,
  {outputStrides}: {readonly outputStrides: readonly OutputStride[]}
): Promise<Shortest> {
  const works = outputStrides.map((outputStride) => {
    const planned = plan(model.network, {height, width, outputStride});
    return async () => {
      const {logits} = await runInTurns(planned, weights, input, turns);
      try {
        await logits.data();
      } finally {
        logits.dispose();
      }
    };
  });
  return shortestInTurns(works, {most: MOST_ROUNDS, budget: BUDGET});
}
