import type {Network} from "../engine/network.js";
import type {FoldedGraph} from "./folded-graph.js";

/** What a graph seems to have after its backbone: to be matched with it afterwards, step by step. */
export type FittedHead = Pick<Network, "head" | "classes" | "sampling">;

/** Where the backbone of a graph stands. */
export interface FoundBackbone {
  /** As a sentence names its family. */
  readonly family: string;
  /** The part that ASPP reads. */
  readonly features: string;
  /** Output stride with which the file was exported. */
  readonly outputStride: number;
  /** Whether it is one of PyTorch's makers'. */
  readonly isTorch: boolean;
  /** The end point of the backbone, relative to `backbone/`, whose value a part holds; undefined where it is none. */
  endPointAt(part: string): string | undefined;
}

/**
 * How a network enlarges maps: as its logits are, or in a file that ends in them what its decoder reads; where nothing is enlarged, as its
 * maker does.
 *
 * @param joined parts that a decoder joins
 */
export function samplingOf(graph: FoldedGraph, logits: string, joined: readonly string[], isTorch: boolean): Pick<FittedHead, "sampling"> {
  for (const part of [...graph.after(logits), ...joined.map((name) => graph.get(name))]) {
    if (part?.op === "resize") return part.mode === "half_pixel" ? {sampling: "half_pixel"} : {};
  }
  return isTorch ? {sampling: "half_pixel"} : {};
}
