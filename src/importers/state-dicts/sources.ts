import type {Head, Network} from "../../engine/network.js";
import type {Normalisation} from "../../engine/backbones/normalise.js";
import type {ChannelOrder} from "../channel-order.js";
import {renaming} from "../renaming.js";

/** How the makers of networks name what our steps take their weights from. */

/** The modules that a convolution of ours comes from. */
export interface Source {
  /** The module with its kernel, and perhaps a bias. */
  readonly conv: string;
  /** The batch norm that follows it. */
  readonly norm?: string;
  /** What is added to that norm's variances; PyTorch's own by default. */
  readonly epsilon?: number;
  /** The file's input channels in our order, where theirs is another. */
  readonly order?: ChannelOrder;
}

/** Where a step's weights come from, by its name; undefined where these modules are not those. */
export type Sources = (step: string) => Source | undefined;

/** What PyTorch adds to the variances of a batch norm. */
export const EPSILON = 1e-5;

/** A rule: a step's name, and what stands in the file for it; both sides are patterns of `renaming`. */
export type SourceRule = readonly [step: string, source: Source];

/** The source that the first rule which fits gives. */
export function byRules(rules: readonly SourceRule[]): Sources {
  const patterns = rules.map(([step, source]) => {
    const named = (module: string) => renaming([[step, module]]).theirs;
    return {source, conv: named(source.conv), norm: source.norm === undefined ? undefined : named(source.norm)};
  });
  return (step) => {
    for (const {source, conv, norm} of patterns) {
      const found = conv(step);
      if (found !== undefined) return {...source, conv: found, ...(norm && {norm: norm(step)!})};
    }
    return undefined;
  };
}

/** A backbone that was found in a state dict. */
export interface DictBackbone extends Pick<Network, "backbone" | "padding"> {
  /** As a sentence names it. */
  readonly title: string;
  readonly sources: Sources;
  /** Rates of ASPP, stated at output stride 16; no file holds them. */
  readonly rates: readonly number[];
  readonly normalisation: Normalisation;
}

/** A head that was found in a state dict. */
export interface DictHead extends Pick<Network, "classes" | "sampling"> {
  readonly title: string;
  readonly head: Head;
  readonly sources: Sources;
}
