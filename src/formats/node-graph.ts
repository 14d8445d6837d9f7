import {byName} from "./by-name.js";
import {FormatError} from "./format-error.js";

/** A constant of a graph: its values as float32 (integers too, which are sizes and rates here). */
export interface GraphConstant {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * A constant whose values are made from the file each time they are asked for: most of a file are kernels, which are asked for once, and a
 * graph may name one constant many times.
 */
export function readWhenAsked(shape: readonly number[], read: () => Float32Array): GraphConstant {
  return {
    shape,
    get values() {
      return read();
    }
  };
}

export type Attribute = string | number | boolean | readonly number[] | readonly string[];

/** A node of a TensorFlow graph, as both GraphDef and the TensorFlow.js graph model describe it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Names of the nodes read, without output numbers; control inputs are left out. */
  readonly inputs: readonly string[];
  /** Numbers, texts, switches and lists of them; types, shapes and tensors are left out. */
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface NodeGraph {
  readonly nodes: readonly GraphNode[];
  /** Values of the "Const" nodes, by name. */
  readonly constants: ReadonlyMap<string, GraphConstant>;
}

/** More values than any network of this kind has: a corrupt shape must not exhaust the memory. */
const MAXIMUM_ELEMENTS = 2 ** 28;

/**
 * Number of values of a shape.
 *
 * @throws FormatError where a side is not a whole number or the product is absurd
 */
export function elementCount(name: string, shape: readonly number[]): number {
  let count = 1;
  for (const side of shape) {
    count *= side;
    if (!Number.isInteger(side) || side < 0 || count > MAXIMUM_ELEMENTS) {
      throw new FormatError(`The file is damaged: "${name}" has the shape [${shape.join(", ")}].`);
    }
  }
  return count;
}

/**
 * The attributes of a node by their names, those left out that are not read.
 *
 * @param read gives undefined for what is not read
 */
export function attributesOf<T>(
  entries: Iterable<readonly [string, T]>,
  read: (value: T) => Attribute | undefined
): GraphNode["attributes"] {
  const attributes = byName<Attribute>();
  for (const [name, value] of entries) {
    const attribute = read(value);
    if (attribute !== undefined) attributes[name] = attribute;
  }
  return attributes;
}

/** Names of the nodes that are read: "^name" orders nodes without data, "name:1" is another output of the same node. */
export function dataInputs(inputs: readonly string[]): string[] {
  return inputs.filter((input) => !input.startsWith("^")).map((input) => input.replace(/:\d+$/, ""));
}
