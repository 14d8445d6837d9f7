import {INPUT, findStep} from "./step-list.js";
import type {Axis} from "./steps/kind.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";

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
 * @param axis along which it is measured; they differ where kernels are not square
 * @throws RangeError where there is no such end point
 */
export function receptiveField(steps: readonly Step[], endPoint: string, axis: Axis = "width"): ReceptiveField {
  findStep(steps, endPoint);
  const fields = new Map<string, ReceptiveField>();
  for (const step of steps) {
    fields.set(
      step.name,
      fieldOf(
        step,
        step.inputs.map((name) => fields.get(name)!),
        axis
      )
    );
    if (step.name === endPoint) break;
  }
  return fields.get(endPoint)!;
}

function fieldOf(step: Step, inputs: readonly ReceptiveField[], axis: Axis): ReceptiveField {
  if (step.name === INPUT) return {extent: 1, jump: 1};
  const extent = Math.max(...inputs.map((field) => field.extent));
  const jump = Math.max(...inputs.map((field) => field.jump));
  const own = kindOf(step).field(step, axis);
  // What sees everything sees no more, and a single cell has none beside it.
  const widening = jump === 0 ? 0 : (own.extent - 1) * jump;
  return {extent: extent + widening, jump: jump * own.jump};
}
