/** Strides of the output that the papers use and that a run accepts. */
export const OUTPUT_STRIDES = [8, 16, 32] as const;
export type OutputStride = (typeof OUTPUT_STRIDES)[number];

/** How a layer runs at some output stride. */
export interface StrideAndRate {
  readonly stride: number;
  readonly rate: number;
}

/** @throws RangeError on an output stride other than 8, 16 or 32 */
export function checkOutputStride(outputStride: number): void {
  if (!(OUTPUT_STRIDES as readonly number[]).includes(outputStride)) {
    throw new RangeError(`The output stride must be 8, 16 or 32; this one is ${outputStride}.`);
  }
}

/**
 * The one rule by which an output stride is reached (DeepLab v3, section 3.2): strides are kept until the wanted one is reached; a layer
 * that would stride past it runs at stride 1 with the rate so far and multiplies the rate of the layers after it.
 *
 * @param outputStride input size / feature size
 * @param options.reached strides taken before the first layer
 * @param options.from whether the layer that lost its stride takes the new rate, too: the rule says no
 * @returns to be called for each layer in order with its stride in training, and the factor on its own rate (multi-grid)
 */
export function dilation(
  outputStride: number,
  {reached = 1, from = "next"}: {readonly reached?: number; readonly from?: "next" | "itself"} = {}
): (trainedStride: number, rateFactor?: number) => StrideAndRate {
  let rate = 1;
  return (trainedStride, rateFactor = 1) => {
    if (trainedStride === 1 || reached < outputStride) {
      reached *= trainedStride;
      return {stride: trainedStride, rate: rate * rateFactor};
    }
    const before = rate;
    rate *= trainedStride;
    return {stride: 1, rate: (from === "itself" ? rate : before) * rateFactor};
  };
}
