import type {Colour} from "./colours.js";

/** Classes in the order of their ids, and the colour of each in masks that hold colours. */
export interface LabelMap {
  readonly classes: readonly string[];
  readonly colours: readonly Colour[];
}

/**
 * Reads CVAT's `labelmap.txt`: a class a line, `name:r,g,b:parts:actions`; what stands behind # is a comment.
 *
 * @param name of the file, for messages
 * @throws Error with a sentence for the reader on a line that says something else, or a colour that two classes have
 */
export function readLabelMap(bytes: Uint8Array, name: string): LabelMap {
  const classes: string[] = [];
  const colours: [number, number, number][] = [];
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  lines.forEach((line, index) => {
    const text = line.replace(/#.*$/, "").trim();
    if (text === "") return;
    const [, label, r, g, b] = /^([^:]+):\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?::.*)?$/.exec(text) ?? [];
    const colour = [Number(r), Number(g), Number(b)] as [number, number, number];
    if (label === undefined || colour.some((value) => value > 255)) {
      throw new Error(`Line ${index + 1} of ${name} is "${text}"; a line is a class and its colour, e.g. person:192,128,128::.`);
    }
    const other = colours.findIndex((each) => each.join() === colour.join());
    if (other >= 0) throw new Error(`In ${name} the classes ${classes[other]!} and ${label} have the same colour, ${colour.join(",")}.`);
    classes.push(label);
    colours.push(colour);
  });
  return {classes, colours};
}
