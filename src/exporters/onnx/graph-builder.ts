import {TO_FLOAT32, floatTensor, int, wholeTensor} from "../../formats/onnx-write.js";
import type {WrittenAttribute, WrittenNode, WrittenTensor} from "../../formats/onnx-write.js";
import type {WrittenType} from "../../formats/element-types.js";
import type {Weight} from "../../engine/model.js";

/** An ONNX graph under construction: nodes, and the constants that they read. Maps are NCHW there. */
export class GraphBuilder {
  readonly nodes: WrittenNode[] = [];
  private readonly constants = new Map<string, WrittenTensor>();

  /** @param type that weights are stored as */
  constructor(private readonly type: WrittenType) {}

  get tensors(): WrittenTensor[] {
    return [...this.constants.values()];
  }

  /** Appends a node. @returns the name of its output, which is the node's own, too */
  node(op: string, output: string, inputs: readonly string[], attributes: readonly WrittenAttribute[] = []): string {
    this.nodes.push({op, name: output, inputs, output, attributes});
    return output;
  }

  /**
   * A weight as nodes read it, float32. Where it is stored as float16, the tensor of this name is that, and a cast stands between.
   *
   * @throws FormatError where it does not fit float16
   */
  weight(name: string, {shape, values}: Weight): string {
    this.constants.set(name, floatTensor(name, shape, values, this.type));
    return this.type === "F32" ? name : this.node("Cast", `${name} as float32`, [name], [TO_FLOAT32]);
  }

  /** A number that nodes read, whatever weights are stored as. */
  number(value: number): string {
    const name = String(value);
    this.constants.set(name, floatTensor(name, [], Float32Array.of(value), "F32"));
    return name;
  }

  /** Whole numbers that nodes read. */
  wholes(values: readonly number[]): string {
    const name = `[${values.join(", ")}]`;
    this.constants.set(name, wholeTensor(name, values));
    return name;
  }

  /** The shape of a tensor with other rows and columns: as many photos as come, and all channels. */
  resized(input: string, height: number, width: number, output: string): string {
    const kept = this.node("Shape", `${output} (photos and channels)`, [input], [int("start", 0), int("end", 2)]);
    return this.node("Concat", `${output} (shape)`, [kept, this.wholes([height, width])], [int("axis", 0)]);
  }
}
