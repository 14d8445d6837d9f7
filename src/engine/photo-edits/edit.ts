/** Changes to a photo as data: a part of it and what is done there. Places are in per mille of the photo's width and height. */

/** A square around a point; it is loose while it still follows the pointer. */
export interface Square {
  readonly kind: "square";
  readonly x: number;
  readonly y: number;
  /** Per mille of the photo's long side. */
  readonly side: number;
  readonly loose: boolean;
}

export interface Rectangle {
  readonly kind: "rectangle";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether all but the rectangle is meant. */
  readonly outside: boolean;
}

/** A line of a round brush. */
export interface BrushLine {
  readonly kind: "line";
  /** Per mille of the photo's long side. */
  readonly radius: number;
  /** At least one point, each x and y. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export type Shape = Square | Rectangle | BrushLine;

/** What is done to a part. Every effect is deterministic: the same edit gives the same pixels on every machine. */
export type Effect =
  /** Painted over; `colour` as `#rrggbb`. */
  | {readonly kind: "cover"; readonly colour: string}
  /** Standard deviation in per mille of the photo's long side. */
  | {readonly kind: "blur"; readonly amount: number}
  /** Largest change of a channel, per cent of its range. */
  | {readonly kind: "noise"; readonly amount: number}
  /** Turned clockwise around the middle of the part, in degrees. */
  | {readonly kind: "turn"; readonly amount: number}
  /** Hue turned, in degrees. */
  | {readonly kind: "hue"; readonly amount: number}
  | {readonly kind: "grey"};

export interface Edit {
  readonly shape: Shape;
  readonly effect: Effect;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
