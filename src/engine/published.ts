import type {Network} from "./network.js";
import type {Step} from "./plan.js";
import {convolutionOf} from "./steps/convolution.js";

/** What makers of networks say that these cost, and how they count. */

export interface Published {
  /** Batch norm included. */
  readonly parameters?: number;
  /** Channels of batch norm, and how many parameters each is counted with: folded into its convolution it has one. */
  readonly norms?: {readonly channels: number; readonly parameters: 2 | 4};
  readonly multiplyAdds?: number;
  /** What is published for other output strides, or for several sizes of the photo together. */
  readonly further?: readonly FurtherCount[];
  /** What is counted in both that is no step of the network here. */
  readonly besides?: {readonly what: string; readonly parameters: number; readonly multiplyAdds: number};
  /** Where that is stated. */
  readonly source: string;
}

export interface FurtherCount {
  readonly outputStride: number;
  /** Factors on the photo's size; its own size alone by default. */
  readonly scales?: readonly number[];
  readonly multiplyAdds: number;
  /** Why what is counted here is another number all the same. */
  readonly gap?: string;
}

export interface KnownNetwork {
  /** As its maker names it. */
  readonly name: string;
  readonly maker: "paper" | "release" | "torchvision";
  /** Its description. */
  build(): Network;
  /** Output stride that it was made for, and at which its cost is stated. */
  readonly outputStride: number;
  /** Height and width of the photo at which its cost is stated. */
  readonly size: readonly [height: number, width: number];
  readonly published?: Published;
}

/**
 * Multiply-adds of steps as the maker of their network counts them: torchvision one by one, the papers and the release with TensorFlow's
 * profiler, which counts what TensorFlow 1 runs. That deals a map out to r x r small ones for a convolution of rate r, and fills its sides
 * up to multiples of r before.
 */
export function multiplyAddsBy(maker: KnownNetwork["maker"], steps: readonly Step[]): number {
  const counted = (step: Step) => {
    const {rate = 1} = (maker === "torchvision" ? undefined : convolutionOf(step)) ?? {};
    const filled = (side: number) => (Math.ceil(side / rate) * rate) / side;
    return step.multiplyAdds * filled(step.height) * filled(step.width);
  };
  return steps.reduce((sum, step) => sum + counted(step), 0);
}
