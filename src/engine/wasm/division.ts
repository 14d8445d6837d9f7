import {effectiveExtent} from "../padding.js";
import type {StepOfOp} from "../steps/kinds.js";
import type {Group} from "./fuse.js";
import {WORD} from "./packing.js";

/** How the threads that carry out a block divide it: into jobs of some rows of the result and some of the channels between. */
export interface Division {
  /** Into how many the channels are divided. The shares of the projection that come of each are added up afterwards. */
  readonly ways: number;
  /** Channels of each, the last aside. */
  readonly channels: number;
  /** Rows of a job. */
  readonly rows: number;
}

type Block = Extract<Group, {kind: "block"}>;

/** Channels come by tiles of eight; of fewer than so many a job is not worth while. */
const TILE = 8;
const FEWEST_CHANNELS = 48;
/** What it costs to add a value up, in multiply-adds. */
const ADDED = 6;

/**
 * The division that takes least. By rows alone each thread expands rows at its borders that its neighbour expands, too, all the more the
 * larger the rate; by channels alone none does, but there is more to add up.
 */
export function divisionOf(block: Block, threads: number): Division {
  const {expand, depthwise, output} = block;
  const all = {ways: 1, channels: depthwise.channels, rows: output.height};
  if (!expand || threads === 1) return all;
  const choices = Array.from({length: threads}, (_, index) => index + 1)
    .filter((ways) => threads % ways === 0 && (ways === 1 || depthwise.channels / ways >= FEWEST_CHANNELS))
    .map((ways) => ({
      ways,
      channels: ways === 1 ? depthwise.channels : Math.ceil(depthwise.channels / ways / TILE) * TILE,
      rows: Math.ceil((output.height * ways) / threads)
    }));
  return choices.reduce((best, choice) => (costOf(block, expand, choice, threads) < costOf(block, expand, best, threads) ? choice : best));
}

/** Multiply-adds of the largest job, and of what is added up by each thread. */
function costOf({depthwise, project, output}: Block, expand: StepOfOp<"conv">, {ways, channels, rows}: Division, threads: number): number {
  const {kernel, rate, stride} = depthwise;
  const expanded = Math.min(expand.height, (rows - 1) * stride + effectiveExtent(kernel[0], rate));
  const job = expanded * expand.width * expand.from[0]!.channels + rows * depthwise.width * (kernel[0] * kernel[1] + project.channels);
  const cells = output.height * output.width;
  return job * channels + ((ways - 1) * cells * output.channels * ADDED) / threads;
}

/** Bytes of the shares that are to be added up of a block. */
export function sharesBytes({height, width, channels}: {height: number; width: number; channels: number}, {ways}: Division): number {
  return (ways - 1) * height * width * channels * WORD;
}
