/** A step of a training that could not be made. Its message says step and layer, for the reader. */
export class FailedStep extends Error {
  /** From 1. */
  readonly step: number;
  /** The end point at fault, or that was being computed; null where none is known. */
  readonly layer: string | null;
  /** The place in the batch of the photo at fault, from 0; null where it is not one alone. */
  readonly place: number | null;
  /** Whether loss or gradient is no number; else it could not be computed at all, as `cause` says. */
  readonly isNotANumber: boolean;

  constructor(
    message: string,
    facts: Pick<FailedStep, "step" | "layer" | "isNotANumber"> & {readonly place?: number | null; readonly cause?: unknown}
  ) {
    super(message, {cause: facts.cause});
    this.name = "FailedStep";
    this.step = facts.step;
    this.layer = facts.layer;
    this.place = facts.place ?? null;
    this.isNotANumber = facts.isNotANumber;
  }
}
