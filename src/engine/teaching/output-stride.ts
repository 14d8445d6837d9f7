import {paddingOf} from "../padding.js";
import {plan} from "../plan.js";
import type {Plan} from "../plan.js";
import {findStep} from "../step-list.js";
import {convolutionOf} from "../steps/convolution.js";

/** What an output stride does to a network (DeepLab v3, section 3.2): to its blocks, to its cost, and to where its cells lie. */

/** Output stride of a backbone that keeps all its strides. */
const ALL_STRIDES = 32;

/** One block of a backbone as a run has it; its 3x3 convolution carries stride and rate. */
export interface BlockAtStride {
  /** Name without `backbone/`. */
  readonly name: string;
  /** Stride that the layer was trained with. */
  readonly trainingStride: number;
  readonly stride: number;
  readonly rate: number;
  /** Whether its stride was taken away and became the rate of the layers after it. */
  readonly strideChanged: boolean;
  /** Whether it runs at another rate than with all strides in place. */
  readonly rateChanged: boolean;
  /** Size of its output in cells. */
  readonly height: number;
  readonly width: number;
}

/** The units of a plan's backbone, each compared with the same network with all its strides in place. */
export function blocksAtStride({network, inputHeight, inputWidth, steps, units}: Plan): BlockAtStride[] {
  const undilated = plan(network, {height: inputHeight, width: inputWidth, outputStride: ALL_STRIDES}).units;
  return units.map(({name, carrier, trainedStride, stride, rate}, index) => {
    const before = undilated[index]!;
    const {height, width} = findStep(steps, carrier);
    return {
      name,
      trainingStride: trainedStride,
      stride,
      rate,
      strideChanged: stride !== before.stride,
      rateChanged: rate !== before.rate,
      height,
      width
    };
  });
}

export interface TouchedCost {
  /** Convolutions whose output has another size in the two plans, and all convolutions. */
  readonly layers: number;
  readonly of: number;
  /** Multiply-adds of those layers in each plan. */
  readonly multiplyAdds: readonly [fine: number, coarse: number];
}

/**
 * What the layers that feel an output stride cost at two of them: those whose maps change size.
 *
 * @throws RangeError where the plans are of different networks
 */
export function touchedCost(fine: Plan, coarse: Plan): TouchedCost {
  const pairs = fine.steps.filter(convolutionOf).map((step) => [step, findStep(coarse.steps, step.name)] as const);
  const touched = pairs.filter(([a, b]) => a.height !== b.height || a.width !== b.width);
  const sum = (which: 0 | 1) => touched.reduce((total, pair) => total + pair[which].multiplyAdds, 0);
  return {layers: touched.length, of: pairs.length, multiplyAdds: [sum(0), sum(1)]};
}

/** Where the cells of a backbone's output lie on its input, along one side. */
export interface CellCentres {
  /** Pixel on which the first cell is centred, counted from 0. */
  readonly first: number;
  /** Pixels from one cell to the next: the output stride. */
  readonly step: number;
  readonly cells: number;
}

/**
 * Centres of a plan's feature cells along its width. The centre tap of each unit's layer that strides is followed back through its padding
 * (TensorFlow's "same" puts the odd zero of an even side at its end).
 */
export function cellCentres({featureWidth, steps, units}: Plan): CellCentres {
  let first = 0;
  let step = 1;
  for (const {carrier} of units) {
    const layer = convolutionOf(findStep(steps, carrier));
    if (!layer) continue;
    const [, taps] = layer.kernel;
    const {before} = paddingOf(layer.from[0]!.width, taps, layer);
    first += step * (((taps - 1) / 2) * layer.rate - before);
    step *= layer.stride;
  }
  return {first, step, cells: featureWidth};
}

/** Activations read back: height x width x channels, row by row. */
interface FeatureMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/**
 * Compares the features of two output strides where both have a cell. Where corners are aligned the coarser map is every
 * n-th cell of the finer: a lost stride that comes back as a rate leaves each tap where it was.
 *
 * @returns largest absolute difference of a shared cell, and largest absolute value in the coarser map
 * @throws RangeError where the cells of the coarser map are not among those of the finer
 */
export function sharedCells(fine: FeatureMap, coarse: FeatureMap): {largestDifference: number; largestValue: number} {
  const step = (fine.height - 1) / (coarse.height - 1);
  if (!Number.isInteger(step) || (coarse.width - 1) * step !== fine.width - 1 || fine.channels !== coarse.channels) {
    throw new RangeError(`A map of ${coarse.width} × ${coarse.height} cells shares no grid with one of ${fine.width} × ${fine.height}.`);
  }
  let largestDifference = 0;
  let largestValue = 0;
  for (let i = 0; i < coarse.values.length; i++) {
    const cell = Math.floor(i / coarse.channels);
    const row = Math.floor(cell / coarse.width) * step;
    const column = (cell % coarse.width) * step;
    const value = coarse.values[i]!;
    largestValue = Math.max(largestValue, Math.abs(value));
    largestDifference = Math.max(
      largestDifference,
      Math.abs(value - fine.values[(row * fine.width + column) * fine.channels + (i % coarse.channels)]!)
    );
  }
  return {largestDifference, largestValue};
}
