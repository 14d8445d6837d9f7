import protobuf from "protobufjs/light.js";

/*
 * Messages of protocol buffers, read and written along the description of their types. The library would write a program for each type
 * and compile it, which a page's policy forbids (`scripts/site/policy.ts`): a page without workers reads and writes files itself.
 */

/** More fields than any network's graph has; each takes some hundred bytes once it is decoded, and may take one in the file. */
const MAXIMUM_FIELDS = 200_000;
/** No message that is read here has others in it as deep as that. */
const MAXIMUM_DEPTH = 100;

const LENGTH_DELIMITED = 2;
/** Types whose packed lists have as little as a byte a number. */
const OF_A_BYTE = /^(u?int|sint)(32|64)$|^bool$/;

type Values = Record<string, unknown>;

/** A field whose values have keys, which its type leaves out of what it shares with others. */
type Field = protobuf.Field & {readonly keyType?: string};

const WIRE_TYPES: Readonly<Record<string, number | undefined>> = protobuf.types.basic;
const PACKABLE: Readonly<Record<string, number | undefined>> = protobuf.types.packed;
const KEYS: Readonly<Record<string, number | undefined>> = protobuf.types.mapKey;

/**
 * Reads a message: fields by name, 64-bit integers as numbers, byte lists as views; what is missing, or is unknown, is left out.
 *
 * @param type whose root has been resolved
 * @param mostListed how many numbers may stand in lists of as little as a byte each
 * @throws Error where the bytes are no such message, or have more fields than any network's graph
 */
export function readMessage(type: protobuf.Type, bytes: Uint8Array, mostListed: number = MAXIMUM_FIELDS): object {
  const reader = protobuf.Reader.create(bytes);
  const scalars = reader as unknown as Readonly<Record<string, () => unknown>>;
  let fields = 0;
  let listed = 0;

  function read(type: protobuf.Type, end: number, depth: number, into: Values = {}): Values {
    if (depth > MAXIMUM_DEPTH) throw new RangeError(`Its messages lie more than ${MAXIMUM_DEPTH} deep.`);
    while (reader.pos < end) {
      const [number, wire] = readTag();
      const field = type.fieldsById[number];
      if (!field || !readField(field, wire, depth, into)) reader.skipType(wire, depth, number);
    }
    if (reader.pos !== end) throw new RangeError("A field ends beyond its message.");
    return into;
  }

  function readTag(): [number: number, wire: number] {
    if (++fields > MAXIMUM_FIELDS) throw new RangeError(`It has more than ${MAXIMUM_FIELDS} fields.`);
    const tag = reader.uint32();
    return [tag >>> 3, tag & 7];
  }

  /** @returns false where it is written as another type is, and not read */
  function readField(field: Field, wire: number, depth: number, into: Values): boolean {
    const {name} = field;
    if (field.repeated && wire === LENGTH_DELIMITED && isPackable(field)) {
      const end = readEnd();
      if (OF_A_BYTE.test(field.type)) listed += end - reader.pos;
      if (listed > mostListed) throw new RangeError(`Its lists have more than ${mostListed} numbers.`);
      const list = (into[name] ??= []) as unknown[];
      while (reader.pos < end) list.push(readScalar(field.type));
      return true;
    }
    if (wire !== (field.map ? LENGTH_DELIMITED : wireOf(field))) return false;
    if (field.map) readEntry(field, depth, (into[name] ??= {}) as Values);
    else if (field.repeated) ((into[name] ??= []) as unknown[]).push(readValue(field, depth));
    else {
      const value = readValue(field, depth, into[name] as Values | undefined);
      if (isLeftOut(field, value)) delete into[name];
      else into[name] = value;
    }
    return true;
  }

  /** An entry of a map: a message of its key, then its value. */
  function readEntry(field: Field, depth: number, into: Values): void {
    const end = readEnd();
    let key: unknown = "";
    let value: unknown;
    while (reader.pos < end) {
      const [number, wire] = readTag();
      if (number === 1 && wire === KEYS[field.keyType!]) key = readScalar(field.keyType!);
      else if (number === 2 && wire === wireOf(field)) value = readValue(field, depth);
      else reader.skipType(wire, depth, number);
    }
    const entry = {value: value ?? {}, enumerable: true, configurable: true, writable: true};
    // A key may be called as a property that every object has.
    Object.defineProperty(into, String(key), entry);
  }

  /** @param before where the message came before: they are one */
  function readValue({resolvedType, type}: Field, depth: number, before?: Values): unknown {
    return resolvedType instanceof protobuf.Type ? read(resolvedType, readEnd(), depth + 1, before) : readScalar(type);
  }

  function readScalar(type: string): unknown {
    const value = scalars[type]!();
    return typeof value === "object" && !(value instanceof Uint8Array) ? (value as {toNumber(): number}).toNumber() : value;
  }

  /** Where what follows ends. */
  function readEnd(): number {
    const length = reader.uint32();
    const end = reader.pos + length;
    if (end > reader.len) throw new RangeError("A field ends beyond its message.");
    return end;
  }

  return read(type, bytes.length, 0);
}

/** Writes a message, its fields in the order of their numbers: the same values give the same bytes. */
export function writeMessage(type: protobuf.Type, message: object): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer, type, message as Values);
  return writer.finish();
}

function write(writer: protobuf.Writer, type: protobuf.Type, message: Values): void {
  for (const field of type.fieldsArray.toSorted((a, b) => a.id - b.id)) {
    const value = message[field.name];
    if (value === undefined || (!field.repeated && !field.map && isLeftOut(field, value))) continue;
    if (field.map) writeEntries(writer, field, value as Values);
    else if (!field.repeated) writeValue(writer, field, field.id, value);
    else if (field.packed && isPackable(field)) writePacked(writer, field, value as readonly unknown[]);
    else for (const each of value as readonly unknown[]) writeValue(writer, field, field.id, each);
  }
}

function writeEntries(writer: protobuf.Writer, field: Field, entries: Values): void {
  for (const [key, value] of Object.entries(entries)) {
    writer.uint32(tagOf(field.id, LENGTH_DELIMITED)).fork();
    writer.uint32(tagOf(1, KEYS[field.keyType!]!));
    writeScalar(writer, field.keyType!, key);
    writeValue(writer, field, 2, value);
    writer.ldelim();
  }
}

function writePacked(writer: protobuf.Writer, {id, type}: Field, values: readonly unknown[]): void {
  if (values.length === 0) return;
  writer.uint32(tagOf(id, LENGTH_DELIMITED)).fork();
  for (const value of values) writeScalar(writer, type, value);
  writer.ldelim();
}

function writeValue(writer: protobuf.Writer, field: Field, number: number, value: unknown): void {
  writer.uint32(tagOf(number, wireOf(field)));
  if (!(field.resolvedType instanceof protobuf.Type)) return writeScalar(writer, field.type, value);
  writer.fork();
  write(writer, field.resolvedType, value as Values);
  writer.ldelim();
}

function writeScalar(writer: protobuf.Writer, type: string, value: unknown): void {
  (writer as unknown as Readonly<Record<string, (value: unknown) => void>>)[type]!(value);
}

function tagOf(number: number, wire: number): number {
  return ((number << 3) | wire) >>> 0;
}

/** How a value of a field stands in the bytes. */
function wireOf({type}: Field): number {
  return WIRE_TYPES[type] ?? LENGTH_DELIMITED;
}

function isPackable({type}: Field): boolean {
  return PACKABLE[type] !== undefined;
}

/** Whether a value is the same as none: a zero of a field that tells no zero from what was not written. */
function isLeftOut(field: Field, value: unknown): boolean {
  if (field.hasPresence || field.resolvedType) return false;
  return value instanceof Uint8Array ? value.length === 0 : value === "" || value === false || Object.is(value, 0);
}
