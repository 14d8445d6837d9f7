import type {Weight} from "../model.js";
import type {AffineUnit, Backbone} from "../network.js";

/** How a network's maker prepares a photo of bytes: each channel less a mean, by a deviation, both in 0-255. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** The same mean and deviation for every channel. */
export function evenly(mean: number, deviation: number): Normalisation {
  return {mean: [mean, mean, mean], deviation: [deviation, deviation, deviation]};
}

/** x / 127.5 - 1, which every network here is given. */
export const PLUS_MINUS_ONE = evenly(127.5, 127.5);

/** Of ImageNet, as torchvision states it (there for values in 0-1). */
export const TORCHVISION: Normalisation = {
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255]
};

/** Of the release's ResNet-v1 with the plain root, which divides by nothing; all its others are given x / 127.5 - 1. */
export const RELEASED_RESNET: Normalisation = {mean: [123.15, 115.9, 103.06], deviation: [1, 1, 1]};

/** The usual ways to prepare a photo of bytes. */
export const PREPROCESSINGS = {
  "plus-minus-one": {title: "x / 127.5 − 1", normalisation: PLUS_MINUS_ONE},
  imagenet: {title: "ImageNet's mean and deviation", normalisation: TORCHVISION},
  "zero-to-one": {title: "x / 255", normalisation: evenly(0, 255)}
} as const satisfies Readonly<Record<string, {readonly title: string; readonly normalisation: Normalisation}>>;

export type PreprocessingId = keyof typeof PREPROCESSINGS;

export const PREPROCESSING_IDS = Object.keys(PREPROCESSINGS) as PreprocessingId[];

/** The unit that prepares a photo. */
export const NORMALISE: AffineUnit = {kind: "affine", name: "normalise", channels: 3, stride: 1, activation: "linear"};

/** A backbone whose first unit makes of x / 127.5 - 1, which every network here is given, what its maker prepares. */
export function normalised(backbone: Backbone): Backbone {
  return {...backbone, units: [NORMALISE, ...backbone.units]};
}

/** A backbone without that unit, where it has one. */
export function unprepared(backbone: Backbone): Backbone {
  return {...backbone, units: backbone.units.filter(({name}) => name !== NORMALISE.name)};
}

/** The weights of that unit by role: (127.5 (x + 1) - mean) / deviation, as a factor and a summand a channel. */
export function normalisingWeights({mean, deviation}: Normalisation): {readonly scale: Weight; readonly shift: Weight} {
  const perChannel = (value: (channel: number) => number): Weight => ({
    shape: [3],
    values: Float32Array.of(value(0), value(1), value(2))
  });
  return {
    scale: perChannel((channel) => 127.5 / deviation[channel]!),
    shift: perChannel((channel) => (127.5 - mean[channel]!) / deviation[channel]!)
  };
}
