import {INPUT, findStep} from "./steps.js";
import type {Step} from "./steps.js";

/** What one cell of an end point sees of the input. */
export interface ReceptiveField {
  /** Side in pixels of the square that the cell can see; Infinity behind a global pooling. */
  readonly extent: number;
  /** Pixels of the input from one cell to the next: the output stride up to here; 0 behind a global pooling, which has one cell. */
  readonly jump: number;
}

/**
 * The theoretical receptive field of an end point: each convolution with effective extent k + (k-1)(r-1) widens the
 * field by (that - 1) times the stride so far (Araujo et al. 2019, "Computing Receptive Fields of CNNs"); where branches
 * meet, the widest counts. Bilinear upsampling is taken as looking at the next cell of its input too.
 *
 * @throws RangeError where there is no such end point
 */
export function receptiveField(steps: readonly Step[], endPoint: string): ReceptiveField {
  findStep(steps, endPoint);
  const fields = new Map<string, ReceptiveField>();
  for (const step of steps) {
    fields.set(
      step.name,
      fieldOf(
        step,
        step.inputs.map((name) => fields.get(name)!),
        steps
      )
    );
    if (step.name === endPoint) break;
  }
  return fields.get(endPoint)!;
}

function fieldOf(step: Step, inputs: readonly ReceptiveField[], steps: readonly Step[]): ReceptiveField {
  if (step.name === INPUT) return {extent: 1, jump: 1};
  const extent = Math.max(...inputs.map((field) => field.extent));
  const jump = Math.max(...inputs.map((field) => field.jump));
  switch (step.op) {
    case "conv":
    case "depthwise":
      return {extent: extent + (step.kernelSize - 1) * step.rate * jump, jump: jump * step.stride};
    case "mean":
      return {extent: Infinity, jump: 0};
    case "upsample": {
      const from = findStep(steps, step.inputs[0]!);
      return {extent: extent + jump, jump: (jump * Math.max(from.width - 1, 1)) / Math.max(step.width - 1, 1)};
    }
    default:
      return {extent, jump};
  }
}
