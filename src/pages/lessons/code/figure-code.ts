/** What a figure does, in code: the engine's own calls as the notebook has them in scope, and what they are called elsewhere. */
export interface FigureCode {
  /** Cells of a notebook, in JavaScript. */
  readonly cells: readonly string[];
  readonly pytorch?: string;
  readonly tensorflow?: string;
}

/** The reader's photo, as a lesson's state says which. */
export interface PhotoState {
  readonly sample: string;
  readonly address: string;
}

/** A point in per mille of the photo. */
export interface PointState {
  readonly x: number;
  readonly y: number;
}

/** The cells that fetch photo and model: `picture` and `net`. */
export function photoAndModel(state: PhotoState, model = "nano"): string {
  return `${pictureLine(state)}\nconst net = await model(${JSON.stringify(model)});`;
}

/** The line that fetches the photo: `picture`. What was chosen by its address is the notebook's own choice too. */
export function pictureLine({sample, address}: PhotoState): string {
  return `const picture = await photo(${address ? "" : JSON.stringify(sample)});`;
}

/** The lines that say where the point lies, in pixels: `x` and `y`. */
export function pointLines({x, y}: PointState): string {
  const line = (name: string, at: number, side: string) => `const ${name} = Math.round(${at / 1000} * (picture.${side} - 1));`;
  return `${line("x", x, "width")}\n${line("y", y, "height")}`;
}

/** The line that makes the photo grey, so many cells on a side: `grey`. */
export function greyLine(side: number): string {
  return `const grey = tf.image.resizeBilinear(tf.mean(input(picture), 3, true), [${side}, ${side}], true);`;
}

/** A list as JavaScript and Python both have it. */
export function list(values: readonly (number | string)[]): string {
  return `[${values.map((value) => (typeof value === "string" ? JSON.stringify(value) : value)).join(", ")}]`;
}

/** Lines of Python with the imports that they need. */
export function torch(...lines: readonly string[]): string {
  return ["import torch", "import torch.nn.functional as F", "", ...lines].join("\n");
}

export function tensorflow(...lines: readonly string[]): string {
  return ["import tensorflow as tf", "", ...lines].join("\n");
}
