import type {AugmentationRanges} from "./augment.js";
import type {Frozen} from "./classes.js";
import type {LearningRate} from "./learning-rate.js";
import type {Optimiser} from "./optimiser.js";

/** What a training was told, as far as its model's card says it. */
export interface ToldSettings {
  readonly frozen: Frozen;
  /** Whether it was given a decoder. */
  readonly hasNewDecoder: boolean;
  readonly batch: number;
  readonly crop: number;
  readonly outputStride: number;
  readonly rates?: readonly number[] | undefined;
  readonly optimiser: Optimiser;
  readonly rate: Pick<LearningRate, "base" | "power" | "warmUp">;
  readonly augmentation: AugmentationRanges;
  readonly seed: number;
}

const LEARNT: Readonly<Record<Frozen, string>> = {
  backbone: "The head learnt",
  "all but the logits": "The last layer learnt",
  nothing: "All layers learnt, batch norms as folded"
};

/** The settings in a sentence without its full stop. */
export function settingsInWords({
  frozen,
  hasNewDecoder,
  batch,
  crop,
  outputStride,
  rates,
  optimiser,
  rate,
  augmentation,
  seed
}: ToldSettings): string {
  const {scale, flip, colour} = augmentation;
  const changed = [
    ...(scale[0] === 1 && scale[1] === 1 ? [] : [`scaled by ${scale[0]} to ${scale[1]}`]),
    ...(flip ? ["half of them mirrored"] : []),
    ...(colour > 0 ? [`colours changed by up to ${Math.round(100 * colour)} %`] : [])
  ];
  return [
    `${LEARNT[frozen]}${hasNewDecoder ? ", the decoder from nothing" : ""}: batches of ${batch} crops of ${crop} pixels${changed.length > 0 ? `, ${changed.join(", ")}` : ""}`,
    `output stride ${outputStride}${rates ? `, rates ${rates.join(", ")}` : ""}`,
    `${optimiser.kind}, learning rate ${rate.base} (power ${rate.power}, warm-up ${rate.warmUp}), weight decay ${optimiser.weightDecay}`,
    `seed ${seed}`
  ].join("; ");
}
