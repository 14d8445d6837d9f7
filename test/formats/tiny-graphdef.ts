/** Protocol buffer messages by hand: fields of bytes, numbers and nested messages. */

/** A length-delimited field: text, bytes or a message. */
export function field(number: number, content: string | Uint8Array | Uint8Array[]): Uint8Array {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content instanceof Uint8Array ? content : join(content);
  return join([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

/** An integer or boolean field. */
export function integer(number: number, value: number): Uint8Array {
  return join([varint(number << 3), varint(value)]);
}

/** A float field. */
export function float(number: number, value: number): Uint8Array {
  return join([varint((number << 3) | 5), floats([value])]);
}

/** Float32 values, little endian. */
export function floats(values: readonly number[]): Uint8Array {
  return new Uint8Array(new Float32Array(values).buffer);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Uint8Array.from([...bytes, value]);
}

/** A NodeDef as a field of GraphDef. */
export function node(
  name: string,
  op: string,
  inputs: readonly string[] = [],
  attributes: Readonly<Record<string, Uint8Array>> = {}
): Uint8Array {
  return field(1, [
    field(1, name),
    field(2, op),
    ...inputs.map((input) => field(3, input)),
    ...Object.entries(attributes).map(([key, value]) => field(5, [field(1, key), field(2, value)]))
  ]);
}

/** The attributes of a "Const" of this type (1 float, 3 int32, 19 half) and shape, with these fields of values. */
export function constant(type: number, shape: readonly number[], ...values: Uint8Array[]): Record<string, Uint8Array> {
  const sides = field(
    2,
    shape.map((side) => field(2, integer(1, side)))
  );
  return {value: field(8, [integer(1, type), sides, ...values])};
}
