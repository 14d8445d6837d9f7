import {Builder} from "flatbuffers";

/** A constant or computed tensor of a hand-made file. */
export interface TinyTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of the type in TensorFlow Lite's schema. */
  readonly type: number;
  readonly data?: Uint8Array;
  readonly scales?: readonly number[];
  readonly zeroPoints?: readonly number[];
  readonly dimension?: number;
}

/** An operator of a hand-made file. */
export interface TinyOperator {
  /** Number in TensorFlow Lite's schema, as is that of its options in their union. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly output: number;
  /** Options by the number of their field: a byte or a switch, or a whole number. */
  readonly options?: {readonly type: number; readonly fields: Readonly<Record<number, number | {readonly byte: number}>>};
}

/** One CONV_2D, stride 2 x 2, dilation 3, RELU6, over given tensors (input, kernel, bias, output), as TensorFlow Lite writes it. */
export function tinyTflite(tensors: readonly TinyTensor[]): Uint8Array {
  const fields = {0: {byte: 1}, 1: 2, 2: 2, 3: {byte: 3}, 4: 3, 5: 3};
  return tfliteFile(tensors, [{code: 3, inputs: [0, 1, 2], output: 3, options: {type: 1, fields}}]);
}

/** These tensors and operators as TensorFlow Lite writes them; the first tensor is the input, the last operator gives the output. */
export function tfliteFile(tensors: readonly TinyTensor[], operators: readonly TinyOperator[]): Uint8Array {
  const builder = new Builder(1024);
  const vector = (offsets: number[]) => {
    builder.startVector(4, offsets.length, 4);
    for (const offset of offsets.toReversed()) builder.addOffset(offset);
    return builder.endVector();
  };
  const int32s = (values: readonly number[]) => {
    builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) builder.addInt32(value);
    return builder.endVector();
  };
  const table = (fields: number, add: () => void) => {
    builder.startObject(fields);
    add();
    return builder.endObject();
  };

  const buffers = [undefined, ...tensors.map(({data}) => data)].map((data) => {
    const bytes = data && builder.createByteVector(data);
    return table(1, () => bytes !== undefined && builder.addFieldOffset(0, bytes, 0));
  });
  const described = tensors.map(({name, shape, type, scales, zeroPoints = [], dimension = 0}, index) => {
    const quantisation = scales && quantisationTable(builder, scales, zeroPoints, dimension);
    const label = builder.createString(name);
    const sides = int32s(shape);
    return table(5, () => {
      builder.addFieldOffset(0, sides, 0);
      builder.addFieldInt8(1, type, 0);
      builder.addFieldInt32(2, index + 1, 0);
      builder.addFieldOffset(3, label, 0);
      if (quantisation !== undefined) builder.addFieldOffset(4, quantisation, 0);
    });
  });
  const codes = [...new Set(operators.map(({code}) => code))];
  const written = operators.map(({code, inputs: read, output, options}) => {
    const given =
      options &&
      table(Math.max(...Object.keys(options.fields).map(Number)) + 1, () => {
        for (const [field, value] of Object.entries(options.fields)) {
          // Never the default, so that it is written.
          if (typeof value === "number") builder.addFieldInt32(Number(field), value, value + 1);
          else builder.addFieldInt8(Number(field), value.byte, value.byte + 1);
        }
      });
    const [reads, writes] = [int32s(read), int32s([output])];
    return table(5, () => {
      builder.addFieldInt32(0, codes.indexOf(code), 0);
      builder.addFieldOffset(1, reads, 0);
      builder.addFieldOffset(2, writes, 0);
      if (options && given !== undefined) {
        builder.addFieldInt8(3, options.type, 0);
        builder.addFieldOffset(4, given, 0);
      }
    });
  });
  const [tensorVector, operatorVector, inputs, outputs] = [
    vector(described),
    vector(written),
    int32s([0]),
    int32s([operators.at(-1)!.output])
  ];
  const graph = table(4, () => {
    builder.addFieldOffset(0, tensorVector, 0);
    builder.addFieldOffset(1, inputs, 0);
    builder.addFieldOffset(2, outputs, 0);
    builder.addFieldOffset(3, operatorVector, 0);
  });
  const codeTables = codes.map((code) =>
    table(4, () => {
      builder.addFieldInt8(0, code, 0);
      builder.addFieldInt32(3, code, 0);
    })
  );
  const [codeVector, graphs, bufferVector, description] = [
    vector(codeTables),
    vector([graph]),
    vector(buffers),
    builder.createString("by hand")
  ];
  const model = table(5, () => {
    builder.addFieldOffset(1, codeVector, 0);
    builder.addFieldOffset(2, graphs, 0);
    builder.addFieldOffset(3, description, 0);
    builder.addFieldOffset(4, bufferVector, 0);
  });
  builder.finish(model, "TFL3");
  return builder.asUint8Array().slice();
}

function quantisationTable(builder: Builder, scales: readonly number[], zeroPoints: readonly number[], dimension: number): number {
  builder.startVector(4, scales.length, 4);
  for (const scale of scales.toReversed()) builder.addFloat32(scale);
  const scaleVector = builder.endVector();
  builder.startVector(8, zeroPoints.length, 8);
  for (const zeroPoint of zeroPoints.toReversed()) builder.addInt64(BigInt(zeroPoint));
  const zeroPointVector = builder.endVector();
  builder.startObject(7);
  builder.addFieldOffset(2, scaleVector, 0);
  builder.addFieldOffset(3, zeroPointVector, 0);
  builder.addFieldInt32(6, dimension, 0);
  return builder.endObject();
}
