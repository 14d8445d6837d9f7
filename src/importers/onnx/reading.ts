import type {OnnxNode} from "../../formats/onnx.js";
import type {OnnxTensor} from "../../formats/onnx-tensor.js";
import type {Margins, Operation} from "../operations.js";
import type {OnnxMap} from "./maps.js";

/** What is known of a graph before a node. */
export interface Reading {
  readonly opset: number;
  /** Whether it was written by torch.onnx, which states margins as the module has them, whatever the size. */
  readonly isFromTorch: boolean;
  /** A constant, or what is computed of constants. */
  constant(name: string | undefined): OnnxTensor | undefined;
  map(name: string | undefined): OnnxMap | undefined;
  /** The operation that gives a value. */
  operation(name: string): Operation | undefined;
  /** The zeros that a value has around it, and the value without them. */
  padded(name: string): Padded | undefined;
}

export interface Padded {
  readonly input: string;
  readonly margins: Margins;
}

/** What a node is to us. */
export interface Read {
  /** Each but the first reads the one before. */
  readonly steps: readonly Operation[];
  /** What the last gives. */
  readonly map?: OnnxMap | undefined;
}

/** Reads a node. @returns a text that says what of it is not read, or null where nothing more is to be said than its operator */
export type NodeReader = (node: OnnxNode, reading: Reading) => Read | string | null;

/** The steps of a node that leaves the size and channels of a map as they are. */
export function kept(reading: Reading, ...steps: readonly [Operation & {readonly input: string}, ...Operation[]]): Read {
  return {steps, map: reading.map(steps[0].input)};
}

/** An attribute that is a number. */
export function numberOf({attributes}: OnnxNode, key: string, absent: number): number {
  const value = attributes[key];
  return typeof value === "number" ? value : absent;
}

/** An attribute that is a text. */
export function textOf({attributes}: OnnxNode, key: string, absent: string): string {
  const value = attributes[key];
  return typeof value === "string" ? value : absent;
}

/** An attribute that is a list of numbers. */
export function numbersOf({attributes}: OnnxNode, key: string): readonly number[] | undefined {
  const value = attributes[key];
  return Array.isArray(value) ? (value as readonly number[]) : undefined;
}
