import type {Cost} from "../../../engine/cost.js";
import {milliseconds} from "../../../lab/quantities.js";
import {TOO_NOISY, areRising} from "../../../lab/measured-times.js";

/** What is known of a run's cost, and how long it took here. */
export interface MeasuredRun {
  readonly outputStride: number;
  readonly cost: Pick<Cost, "multiplyAdds" | "peakActivationBytes">;
  readonly time: {readonly milliseconds: number};
}

/** Whether the run that costs more always took longer: where not, the times say nothing of the strides. */
export function timesFollowCost(runs: readonly MeasuredRun[]): boolean {
  return areRising(runs.toSorted((a, b) => a.cost.multiplyAdds - b.cost.multiplyAdds).map(({time}) => time.milliseconds));
}

/** What the times tell, where they tell nothing; empty where they do. */
export function timesInWords(runs: readonly MeasuredRun[]): string {
  if (timesFollowCost(runs)) return "";
  const all = runs.map(({outputStride, time}) => `${milliseconds(time.milliseconds)} at ${outputStride}`).join(", ");
  return `The measured times (${all}) do not rise with the multiply-adds: ${TOO_NOISY} the output strides apart.`;
}

/** What the output stride does to the largest memory of activations, from runs at several. */
export function memoryInWords(runs: readonly MeasuredRun[]): string {
  const bytes = runs.map(({cost}) => cost.peakActivationBytes);
  const [least, most] = [Math.min(...bytes), Math.max(...bytes)];
  const what = "Activation memory, the most that is held at one moment,";
  if (least === most) return `${what} is the same at every output stride: that moment is in layers whose maps are equally large.`;
  const cheapest = runs.reduce((a, b) => (b.cost.multiplyAdds < a.cost.multiplyAdds ? b : a));
  const dearest = runs.reduce((a, b) => (b.cost.multiplyAdds > a.cost.multiplyAdds ? b : a));
  const times = (a: number, b: number) => (a / b).toFixed(2);
  return `${what} is ${times(dearest.cost.peakActivationBytes, cheapest.cost.peakActivationBytes)} times as large at output stride ${dearest.outputStride} as at ${cheapest.outputStride}, the multiply-adds ${times(dearest.cost.multiplyAdds, cheapest.cost.multiplyAdds)} times as many.`;
}
