import {MODEL_PROTO} from "../../src/formats/onnx-schema.js";

/** ONNX files of a few nodes, each field as a test wants it. */

export interface TinyTensor {
  readonly name: string;
  readonly dims?: readonly number[];
  /** `TensorProto.DataType`; float32 by default. */
  readonly dataType?: number;
  readonly [field: string]: unknown;
}

export interface TinyNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | string | readonly number[] | TinyTensor>>;
  readonly domain?: string;
}

export interface TinyOnnx {
  readonly nodes: readonly TinyNode[];
  readonly tensors?: readonly TinyTensor[];
  /** Sides of the photo; 0 for any. */
  readonly input?: readonly number[];
  readonly outputs?: readonly string[];
  readonly opset?: number;
  readonly producer?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What is given is called "photo". */
export const PHOTO = "photo";

export function onnxFile({
  nodes,
  tensors = [],
  input = [1, 3, 65, 65],
  opset = 17,
  producer = "test",
  metadata = {},
  ...rest
}: TinyOnnx): Uint8Array {
  const {outputs = [nodes.at(-1)!.output]} = rest;
  const dim = input.map((side) => (side === 0 ? {dimParam: "any"} : {dimValue: side}));
  return MODEL_PROTO.encode(
    MODEL_PROTO.fromObject({
      irVersion: 8,
      producerName: producer,
      opsetImport: [{domain: "", version: opset}],
      graph: {
        node: nodes.map(({op, inputs, output, attributes = {}, domain}) => ({
          opType: op,
          name: `node ${output}`,
          input: inputs,
          output: [output],
          ...(domain && {domain}),
          attribute: Object.entries(attributes).map(([name, value]) => ({name, ...attributeOf(value)}))
        })),
        initializer: tensors.map(tensorOf),
        input: [{name: PHOTO, type: {tensorType: {elemType: 1, shape: {dim}}}}],
        output: outputs.map((name) => ({name}))
      },
      metadataProps: Object.entries(metadata).map(([key, value]) => ({key, value}))
    })
  ).finish();
}

function attributeOf(value: number | string | readonly number[] | TinyTensor): object {
  if (typeof value === "number") return Number.isInteger(value) ? {i: value, type: 2} : {f: value, type: 1};
  if (typeof value === "string") return {s: new TextEncoder().encode(value), type: 3};
  return Array.isArray(value) ? {ints: value, type: 7} : {t: tensorOf(value as TinyTensor), type: 4};
}

const tensorOf = ({dataType = 1, ...tensor}: TinyTensor) => ({dataType, ...tensor});

/** A tensor of floats. */
export function floats(name: string, dims: readonly number[], floatData: ArrayLike<number>): TinyTensor {
  return {name, dims, floatData: Array.from(floatData)};
}

/** A list of whole numbers. */
export function wholes(name: string, int64Data: readonly number[]): TinyTensor {
  return {name, dims: [int64Data.length], dataType: 7, int64Data};
}
