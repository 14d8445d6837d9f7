import type {DiagramItem} from "./diagram-graph.js";

export interface Box {
  /** The item's id, or the group's where the group is closed. */
  readonly id: string;
  /** Items in it; several only in a closed group. */
  readonly members: readonly DiagramItem[];
  readonly label: readonly string[];
  readonly name: string;
  /** Place in the order of the flow: larger than that of everything it reads. */
  readonly column: number;
  /** Centre, in the diagram's units. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Size of the picture of its map, at its left. */
  readonly face: {readonly width: number; readonly height: number};
  /** Whether it is a closed group with a skip around its inside. */
  readonly skips: boolean;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Whether it leaps over other boxes. */
  readonly skip: boolean;
  /** SVG path. */
  readonly path: string;
}

/** The outline of an open group. */
export interface Frame {
  readonly group: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  readonly frames: readonly Frame[];
  /** Bounds of everything. */
  readonly bounds: {readonly x: number; readonly y: number; readonly width: number; readonly height: number};
}

/** Size of a letter of a label, from which columns get their width. */
export const LETTER = 6.8;
export const LABEL_LINE = 13;
export const GAP = 20;
/** More room where branches part or meet. */
export const FAN = 24;
export const TITLE = 18;

/** The picture of a map: its longer side grows with the square root of the map's, and is in sight even where that has one cell. */
export function faceOf(side: number, aspect: number): Box["face"] {
  const longer = 24 + 2.8 * Math.sqrt(side);
  return {width: longer * Math.min(1, aspect), height: longer / Math.max(1, aspect)};
}

/** Width of what stands for the channels, beside the picture: it grows with the square root of their number. */
export const channelsWidth = (channels: number) => Math.max(3, 0.9 * Math.sqrt(channels));

/** Height of a box without a picture: it grows with the square root of the map's side. */
export const boxHeight = (side: number) => Math.max(5, 5 * Math.sqrt(side));
/** Width of a box without a picture: it grows with the square root of the number of channels. */
export const boxWidth = (channels: number) => Math.max(5, 2.2 * Math.sqrt(channels));

/** What a box and its label take, without the label's height. */
export function extentOf({x, y, width, height, label}: Box): {left: number; right: number; top: number; bottom: number} {
  const half = Math.max(width, ...label.map((line) => line.length * LETTER)) / 2;
  return {left: x - half, right: x + half, top: y - height / 2, bottom: y + height / 2};
}

/** What boxes and their labels end at. */
export function bottomOf(boxes: readonly Pick<Box, "y" | "height" | "label">[]): number {
  return Math.max(...boxes.map(({y, height, label}) => y + height / 2 + label.length * LABEL_LINE));
}
