import {checkOutputStride, dilation} from "../dilation.js";
import {receptiveField} from "../receptive-field.js";
import {INPUT, StepList} from "../step-list.js";
import type {Step} from "../steps/kinds.js";

/** Units of the four blocks of ResNet-50, which DeepLab v3 starts from. */
const UNITS = [3, 4, 6, 3] as const;
/** Stride of the 7x7 convolution and the max pooling before block 1. */
const STEM_STRIDE = 4;
const MULTI_GRID_BLOCK = UNITS.length;

/** One block of ResNet-50 as it runs at some output stride. */
export interface ResNetBlock {
  /** 1 to 4. */
  readonly block: number;
  /** Stride of its last unit in training at output stride 32; its other units have stride 1. */
  readonly trainedStride: number;
  /** Stride of its last unit in this run. */
  readonly stride: number;
  /** Atrous rate of the 3x3 convolution of each of its units. */
  readonly rates: readonly number[];
  /** Input size / size of its output. */
  readonly outputStride: number;
}

/**
 * Strides and rates of the blocks of ResNet-50 in DeepLab v3. As in the paper (section 3.2) the last unit of blocks 1 to
 * 3 strides by 2. Strides are kept until the output stride is reached; each later one becomes 1 and multiplies the rates
 * of what follows. The three units of block 4 multiply the rate that they get, the base rate, by the multi-grid
 * (section 3.2.1, "Multi-grid Method"): (1, 2, 4) at output stride 16, base rate 2, gives 2, 4, 8.
 *
 * @param multiGrid one factor for each of the three units of block 4
 * @throws RangeError on an output stride other than 8, 16 or 32, or a multi-grid that is not three whole numbers from 1 up
 */
export function resNetBlocks(outputStride: number, multiGrid: readonly number[]): ResNetBlock[] {
  checkOutputStride(outputStride);
  if (multiGrid.length !== UNITS[MULTI_GRID_BLOCK - 1] || !multiGrid.every((factor) => Number.isInteger(factor) && factor >= 1)) {
    throw new RangeError(`A multi-grid is three whole numbers from 1 up; this one is [${multiGrid.join(", ")}].`);
  }
  const dilate = dilation(outputStride, {reached: STEM_STRIDE});
  let reached = STEM_STRIDE;
  return UNITS.map((units, index) => {
    const block = index + 1;
    const trainedStride = block < MULTI_GRID_BLOCK ? 2 : 1;
    const {stride, rate} = dilate(trainedStride);
    const rates = block === MULTI_GRID_BLOCK ? multiGrid.map((factor) => rate * factor) : new Array<number>(units).fill(rate);
    reached *= stride;
    return {block, trainedStride, stride, rates, outputStride: reached};
  });
}

/** What block 4 sees. */
export interface BlockField {
  /** Side in cells of its own input that one output cell sees through its three 3x3 convolutions. */
  readonly cells: number;
  /** The same in pixels of the network's input, from the middle of the first of those cells to the middle of the last. */
  readonly pixels: number;
  /** Side in pixels of the receptive field of the whole network up to its end. */
  readonly network: number;
}

/** Folds the receptive field of ResNet-50 up to the end of block 4 (Araujo et al. 2019). */
export function blockField(blocks: readonly ResNetBlock[]): BlockField {
  const steps = fieldSteps(blocks);
  const before = receptiveField(steps, unitName(MULTI_GRID_BLOCK - 1, UNITS[MULTI_GRID_BLOCK - 2]!));
  const network = receptiveField(steps, unitName(MULTI_GRID_BLOCK, UNITS[MULTI_GRID_BLOCK - 1]!)).extent;
  const widening = network - before.extent;
  return {cells: 1 + widening / before.jump, pixels: 1 + widening, network};
}

/** The layers of ResNet-50 that widen the receptive field: neither a 1x1 convolution nor a skip does. */
function fieldSteps(blocks: readonly ResNetBlock[]): readonly Step[] {
  const steps = new StepList({height: 1, width: 1, channels: 1});
  const stem = steps.conv("stem", INPUT, {kernel: 7, channels: 1, stride: 2, activation: "relu"});
  let last = steps.pool("pool", stem, {pool: "max", window: [3, 3], stride: 2, padding: "same"});
  for (const {block, stride, rates} of blocks) {
    rates.forEach((rate, index) => {
      const isLast = index === rates.length - 1;
      last = steps.conv(unitName(block, index + 1), last, {
        kernel: 3,
        channels: 1,
        stride: isLast ? stride : 1,
        rate,
        activation: "relu"
      });
    });
  }
  return steps.list;
}

function unitName(block: number, unit: number): string {
  return `block_${block}/unit_${unit}`;
}
