import type {Network} from "../engine/network.js";

/** What a graph seems to have after its backbone: to be matched with it afterwards, step by step. */
export type FittedHead = Pick<Network, "head" | "classes">;

/** Where the backbone of a graph stands. */
export interface FoundBackbone {
  /** As a sentence names its family. */
  readonly family: string;
  /** The part that ASPP reads. */
  readonly features: string;
  /** Output stride with which the file was exported. */
  readonly outputStride: number;
  /** The end point of the backbone, relative to `backbone/`, whose value a part holds; undefined where it is none. */
  endPointAt(part: string): string | undefined;
}
