import type {Unit} from "../network.js";

/** What a decoder reads of a backbone at each stride. */
export type Skips = Readonly<Record<number, string>>;

/**
 * As the release's decoder reads MobileNets: the depthwise convolution of the last unit before the stride grows (`layer_4`, `layer_7` and
 * `layer_14` of MobileNetV2 there, which count from 1 and the stem in).
 *
 * @param units inverted units
 * @param stemStride stride taken before them, at which nothing is read
 */
export function depthwiseSkips(units: readonly Pick<Unit, "name" | "stride">[], stemStride: number): Skips {
  const skips: Record<number, string> = {};
  let stride = stemStride;
  for (const unit of units) {
    stride *= unit.stride;
    skips[stride] = `${unit.name}/depthwise`;
  }
  delete skips[stemStride];
  return skips;
}
