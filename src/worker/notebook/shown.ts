/** What the page shows of a cell's values. Plain data only. */
import type {Palette} from "../../formats/label-colours.js";

/** height x width x channels, row by row. */
export interface ShownMaps {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/** A value as a tree that opens. */
export interface ShownTree {
  readonly text: string;
  /** What is in it, as far as it is told. */
  readonly entries?: readonly {readonly name: string; readonly value: ShownTree}[];
  /** How many more entries there are. */
  readonly more?: number;
}

export interface ShownTensor {
  readonly kind: "tensor";
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Null where there are no values, or none that are numbers. */
  readonly range: {readonly min: number; readonly mean: number; readonly max: number} | null;
  /** Channels of a map, of as many as there are. */
  readonly maps: ShownMaps | null;
  /** The first values of what is no map. */
  readonly values: Float32Array | null;
}

export interface ShownMap {
  readonly kind: "map";
  readonly label: string;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
  /** Of a scale with a sign or without. */
  readonly colours: "sequential" | "diverging";
  /** Whether the values stand in their cells. */
  readonly numbers: boolean;
}

export interface ShownChannels extends ShownMaps {
  readonly kind: "maps";
  readonly label: string;
  readonly from: number;
}

export interface ShownPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export interface ShownMask {
  readonly kind: "mask";
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
  readonly palette: Palette;
  /** What it lies over. */
  readonly photo: ShownPicture | null;
  /** 0-1. */
  readonly opacity: number;
}

export interface ShownBars {
  readonly kind: "bars";
  readonly label: string;
  readonly unit: string;
  readonly bars: readonly {readonly name: string; readonly value: number}[];
}

/** What the reader sets, by the names and options of Observable Inputs. */
export type ShownInput =
  | {
      readonly type: "range";
      readonly label: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly value: number;
    }
  | {readonly type: "select" | "radio"; readonly label: string; readonly options: readonly string[]; readonly value: number}
  | {readonly type: "toggle"; readonly label: string; readonly value: boolean}
  | {readonly type: "text"; readonly label: string; readonly value: string};

export type Shown = (
  | {readonly kind: "tree"; readonly tree: ShownTree}
  | {readonly kind: "markdown"; readonly text: string}
  | {readonly kind: "svg"; readonly text: string; readonly title: string}
  | {readonly kind: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly of: number}
  | {readonly kind: "input"; readonly place: number; readonly input: ShownInput}
  | ({readonly kind: "photo"} & ShownPicture)
  | ShownTensor
  | ShownMap
  | ShownChannels
  | ShownMask
  | ShownBars
) & {
  /** The name of the value, where it has one. */
  readonly name?: string;
};
