import type {Score} from "./measure.js";

/** What was measured after so many steps, of photos that are learnt from and of others. */
export interface MeasuredLosses {
  readonly step: number;
  readonly train: Pick<Score, "loss">;
  readonly val: Pick<Score, "loss"> | null;
}

/** Measurings in a row that tell it from chance. */
const TELLING = 3;
/** Factor on the least loss from which it counts as risen, so that what wavers says nothing. */
const RISEN = 1.02;

/**
 * Since which step a training learns its photos by heart: after it the loss of photos that it does not learn from stayed above its least,
 * and that of those it learns from fell below what it was there. Null where it does not, or that cannot be told yet.
 *
 * @param measured in the order of steps
 */
export function overfittingSince(measured: readonly MeasuredLosses[]): number | null {
  const known = measured.flatMap(({step, train, val}) => (val ? [{step, train: train.loss, val: val.loss}] : []));
  if (known.length === 0) return null;
  const best = known.reduce((least, each) => (each.val < least.val ? each : least));
  const last = known.slice(-TELLING);
  const isSo =
    last.length === TELLING && last.every(({step, train, val}) => step > best.step && val > RISEN * best.val && train < best.train);
  return isSo ? best.step : null;
}
