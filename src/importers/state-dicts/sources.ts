import type {Head, Network} from "../../engine/network.js";
import type {Normalisation} from "../../engine/backbones/normalise.js";
import type {ChannelOrder} from "../channel-order.js";

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

/** A rule: a step's name, and what stands in the file for it. */
export type Rule = readonly [step: RegExp, source: (...groups: readonly string[]) => Source | undefined];

/** The source that the first rule which fits gives. */
export function byRules(rules: readonly Rule[]): Sources {
  return (step) => {
    for (const [pattern, source] of rules) {
      const found = pattern.exec(step);
      if (found) return source(...found.slice(1));
    }
    return undefined;
  };
}

/** A backbone that was found in a state dict. */
export interface FoundBackbone extends Pick<Network, "backbone" | "padding"> {
  /** As a sentence names it. */
  readonly title: string;
  readonly sources: Sources;
  /** Rates of ASPP, stated at output stride 16; no file holds them. */
  readonly rates: readonly number[];
  readonly normalisation: Normalisation;
}

/** A head that was found in a state dict. */
export interface FoundHead extends Pick<Network, "classes" | "sampling"> {
  readonly title: string;
  readonly head: Head;
  readonly sources: Sources;
}
