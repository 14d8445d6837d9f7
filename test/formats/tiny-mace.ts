import {field, float, integer, join, varint} from "./tiny-graphdef.js";

/** Graphs of MACE by hand, as far as our reader looks. */

type Value = number | string | readonly number[];

/** An argument as a field of this number: a whole number, a text or whole numbers. */
export function argument(number: number, name: string, value: Value): Uint8Array {
  const stated = typeof value === "number" ? [integer(3, value)] : typeof value === "string" ? [field(4, value)] : wholes(6, value);
  return field(number, [field(1, name), ...stated]);
}

export interface TinyMaceOperator {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Value>>;
  readonly shape?: readonly number[];
  readonly quantisation?: {readonly scale: number; readonly zeroPoint: number};
}

export interface TinyMaceTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** 1 float, 2 uint8, 3 and 5 half, 4 int32. */
  readonly type: number;
  readonly data: Uint8Array;
  readonly values?: number;
  readonly quantisation?: {readonly scale: number; readonly zeroPoint: number};
}

/** A .pb and its .data, the weights one after another. */
export function maceFiles(
  operators: readonly TinyMaceOperator[],
  tensors: readonly TinyMaceTensor[] = [],
  attributes: Readonly<Record<string, Value>> = {filter_format: 103}
): {graph: Uint8Array; data: Uint8Array} {
  const fields = operators.map(({type, inputs, output, attributes = {}, shape, quantisation}) =>
    field(1, [
      ...inputs.map((input) => field(1, input)),
      field(2, output),
      field(3, output),
      field(4, type),
      ...Object.entries(attributes).map(([name, value]) => argument(6, name, value)),
      ...(shape ? [field(7, wholes(1, shape))] : []),
      ...(quantisation ? [field(9, [float(1, quantisation.scale), integer(2, quantisation.zeroPoint)])] : [])
    ])
  );
  let offset = 0;
  for (const {name, shape, type, data, values = product(shape), quantisation} of tensors) {
    const stored = quantisation ? [float(8, quantisation.scale), integer(9, quantisation.zeroPoint), integer(12, 1)] : [];
    fields.push(field(3, [...wholes(1, shape), integer(2, type), field(5, name), integer(6, offset), integer(7, values), ...stored]));
    offset += data.length;
  }
  return {
    graph: join([
      ...fields,
      ...Object.entries(attributes).map(([name, value]) => argument(2, name, value)),
      field(100, [field(1, "photo")])
    ]),
    data: join(tensors.map(({data}) => data))
  };
}

/** Whole numbers, one a field as proto2 writes them. */
function wholes(number: number, values: readonly number[]): Uint8Array[] {
  return values.map((value) => join([varint(number << 3), varint(value)]));
}

function product(shape: readonly number[]): number {
  return shape.reduce((count, side) => count * side, 1);
}
