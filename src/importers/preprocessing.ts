import {NORMALISE, PLUS_MINUS_ONE, PREPROCESSINGS, normalised, normalisingWeights, unprepared} from "../engine/backbones/normalise.js";
import type {Normalisation} from "../engine/backbones/normalise.js";
import type {Model, Weight} from "../engine/model.js";

/*
 * How photos are prepared is part of a network's description: a first unit makes of x / 127.5 - 1, which every network here is given, what
 * its maker prepares. So it follows a model wherever that runs.
 */

/** A network and its weights. */
type Weighted = Pick<Model, "network" | "weights">;

/** Less than a byte of a photo changes by: such a difference is rounding. */
const TOLERANCE = 1e-3;
const WEIGHTS = {scale: `backbone/${NORMALISE.name}/scale`, shift: `backbone/${NORMALISE.name}/shift`} as const;

/** The same network with photos prepared in this way, whatever was done before; no unit does it where that is x / 127.5 - 1. */
export function withNormalisation({network, weights}: Weighted, normalisation: Normalisation): Weighted {
  const {[WEIGHTS.scale]: _scale, [WEIGHTS.shift]: _shift, ...others} = weights;
  const bare = unprepared(network.backbone);
  const {scale, shift} = normalisingWeights(normalisation);
  const isNear = ({values}: Weight, wanted: number) => values.every((value) => Math.abs(value - wanted) < TOLERANCE);
  if (isNear(scale, 1) && isNear(shift, 0)) return {network: {...network, backbone: bare}, weights: others};
  return {
    network: {...network, backbone: normalised(bare)},
    weights: {...others, [WEIGHTS.scale]: scale, [WEIGHTS.shift]: shift}
  };
}

/** How a network's photos are prepared, in words, e.g. "ImageNet's mean and deviation". */
export function preprocessingInWords({weights}: Pick<Weighted, "weights">): string {
  const {mean, deviation} = normalisationOf(weights);
  const isNear = (a: readonly number[], b: readonly number[]) => a.every((value, channel) => Math.abs(value - b[channel]!) < 1e-2);
  const known = Object.values(PREPROCESSINGS).find(
    ({normalisation}) => isNear(normalisation.mean, mean) && isNear(normalisation.deviation, deviation)
  );
  const three = (values: readonly number[]) => values.map((value) => Number(value.toFixed(2))).join(", ");
  return known?.title ?? `less ${three(mean)}, by ${three(deviation)}`;
}

function normalisationOf(weights: Model["weights"]): {readonly mean: readonly number[]; readonly deviation: readonly number[]} {
  const [scale, shift] = [weights[WEIGHTS.scale], weights[WEIGHTS.shift]];
  if (!scale || !shift) return PLUS_MINUS_ONE;
  const deviation = Array.from(scale.values, (factor) => 127.5 / factor);
  return {mean: deviation.map((each, channel) => 127.5 - shift.values[channel]! * each), deviation};
}
