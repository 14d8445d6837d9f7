import {activationBytes, peakActivationBytes} from "../engine/cost.js";
import {endPointOf} from "../engine/model.js";
import {weightSpecs} from "../engine/plan.js";
import type {Plan} from "../engine/plan.js";
import type {Step} from "../engine/steps/kinds.js";
import {usesOf, wayBack} from "../engine/way-back.js";
import {slotNames} from "./optimiser.js";
import type {Optimiser} from "./optimiser.js";

export interface StepCost {
  /** In memory at the worst moment of a step: weights, what the optimiser remembers, activations, gradients. */
  readonly bytes: number;
  /** Of one step, forward and back. */
  readonly multiplyAdds: number;
  /** Values of the weights that learn. */
  readonly values: number;
  /** End points that have such. */
  readonly layers: number;
}

export interface StepCostOptions {
  /** Crops. */
  readonly batch: number;
  /** End points whose weights are held. */
  readonly frozen: readonly string[];
  readonly optimiser: Pick<Optimiser, "kind">;
}

const BYTES = 4;

/**
 * Maps that the loss holds at its worst, as large as the crop: with a channel a class (exponentials, the truth, shares and what is made of
 * them), and with one.
 */
const MAPS_OF_LOSS = {classes: 5, single: 8};

/** Bytes that the way back through a step takes at its worst, besides what is kept and waits, as counted in runs. */
function bytesBack(step: Step): number {
  const own = activationBytes(step);
  const read = step.from.reduce((sum, {height, width, channels}) => sum + height * width * channels * BYTES, 0);
  if (step.parameters === 0) return own + 2 * read;
  const through = step.activation === "linear" ? own : 2 * own;
  const derivative = step.activation === "linear" ? 0 : 5 * own;
  const [padded, maps] = step.op === "depthwise" ? [2.5 * paddedBytes(step), 3.5] : [0, 3];
  return Math.max(derivative, through + padded + maps * read);
}

/** Of what a depthwise convolution reads, with the zeros around it. */
function paddedBytes(step: Extract<Step, {readonly op: "depthwise"}>): number {
  const [{height, width, channels}] = step.from as [Step["from"][number]];
  const [rows, columns] = step.kernel.map((taps) => (taps - 1) * step.rate) as [number, number];
  return (height + rows) * (width + columns) * channels * BYTES;
}

/** What a step of a training takes, as the plan of a crop says: no tensor is made. */
export function stepCost(plan: Plan, {batch, frozen, optimiser}: StepCostOptions): StepCost {
  const {steps, output} = plan;
  const held = new Set(frozen);
  const way = wayBack(steps, output, {without: [], ofInput: false, isTrained: ({name}) => !held.has(name)});
  const uses = usesOf(way);
  const weights = Object.entries(weightSpecs(steps)).map(([name, {shape}]) => ({name, values: shape.reduce((a, b) => a * b, 1)}));
  const total = weights.reduce((sum, {values}) => sum + values, 0);
  const values = weights.reduce((sum, each) => (way.trained.has(endPointOf(each.name)) ? sum + each.values : sum), 0);
  const maps = Math.max(peakActivationBytes(steps, new Set([...uses.keys(), output])), lossAndBack(plan, way, uses));
  const multiplyAdds = steps.reduce((sum, step) => {
    const back = way.reached.has(step.name)
      ? Number(way.trained.has(step.name)) + Number(step.inputs.some((name) => way.reached.has(name)))
      : 0;
    return sum + step.multiplyAdds * (1 + back);
  }, 0);
  // Gradients, and what the optimiser remembers. The update, when the maps are gone, makes as much anew before any takes its place.
  const learnt = BYTES * values * (1 + slotNames(optimiser as Optimiser).length);
  return {
    bytes: BYTES * total + learnt + Math.max(batch * maps, learnt),
    multiplyAdds: batch * multiplyAdds,
    values,
    layers: way.trained.size
  };
}

/** Bytes of the activations of a photo at the worst moment of loss and way back. */
function lossAndBack(
  {steps, output, inputHeight, inputWidth}: Plan,
  {visited, reached, needs}: ReturnType<typeof wayBack>,
  uses: Map<string, number>
): number {
  const bytes = new Map(steps.map((step) => [step.name, activationBytes(step)]));
  const left = new Map(uses);
  let kept = [...left.keys()].reduce((sum, name) => sum + bytes.get(name)!, 0);
  const {channels} = steps.find(({name}) => name === output)!;
  let most = kept + bytes.get(output)! + (MAPS_OF_LOSS.classes * channels + MAPS_OF_LOSS.single) * inputHeight * inputWidth * BYTES;
  const sums = new Map([[output, bytes.get(output)!]]);
  for (const step of visited.toReversed()) {
    const inputs = step.inputs.filter((name) => reached.has(name));
    const waiting = [...sums.values()].reduce((a, b) => a + b, 0);
    most = Math.max(most, kept + waiting + bytesBack(step));
    sums.delete(step.name);
    for (const name of inputs) sums.set(name, bytes.get(name)!);
    for (const name of needs.get(step.name)!) {
      left.set(name, left.get(name)! - 1);
      if (left.get(name) === 0) kept -= bytes.get(name)!;
    }
  }
  return most;
}
