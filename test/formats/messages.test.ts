import protobuf from "protobufjs/light.js";
import {describe, expect, test, vi} from "vitest";
import {readMessage, writeMessage} from "../../src/formats/messages.js";
import {pseudoRandom} from "../../src/engine/seeded.js";

const SCALARS = [
  "double",
  "float",
  "int32",
  "uint32",
  "sint32",
  "fixed32",
  "sfixed32",
  "int64",
  "uint64",
  "sint64",
  "bool",
  "string",
  "bytes"
];

/** Every type alone, in a list and by key, as version 2 and version 3 of the language have them. */
function schema(edition: "proto2" | "proto3"): protobuf.Type {
  const fields: Record<string, protobuf.IField | protobuf.IMapField> = {
    inner: {type: "Inner", id: 90},
    inners: {rule: "repeated", type: "Inner", id: 91},
    byName: {keyType: "string", type: "Inner", id: 92},
    sizes: {keyType: "string", type: "int64", id: 93},
    either: {type: "int32", id: 94},
    or: {type: "string", id: 95}
  };
  for (const [index, type] of SCALARS.entries()) {
    fields[`one_${type}`] = {type, id: 1 + index};
    fields[`many_${type}`] = {rule: "repeated", type, id: 31 + index};
  }
  const Outer = {edition, oneofs: {kind: {oneof: ["either", "or"]}}, fields} as unknown as protobuf.IType;
  const Inner: protobuf.IType = {
    fields: {name: {type: "string", id: 1}, deeper: {type: "Inner", id: 2}, list: {rule: "repeated", type: "int64", id: 3}}
  };
  return protobuf.Root.fromJSON({nested: {Outer, Inner}}).resolveAll().lookupType("Outer");
}

function random(next: () => number): Record<string, unknown> {
  const whole = (below: number) => Math.floor(next() * below);
  const some = <T>(make: () => T): T[] => Array.from({length: whole(4)}, make);
  const values: Record<string, () => unknown> = {
    double: () => next() - 0.5,
    float: () => Math.fround(next() - 0.5),
    int32: () => whole(2 ** 31) * (next() < 0.5 ? -1 : 1),
    uint32: () => whole(2 ** 32),
    sint32: () => -whole(2 ** 31),
    fixed32: () => whole(2 ** 32),
    sfixed32: () => -whole(2 ** 31),
    int64: () => whole(2 ** 53) * (next() < 0.5 ? -1 : 1),
    uint64: () => whole(2 ** 53),
    sint64: () => -whole(2 ** 53),
    bool: () => next() < 0.5,
    string: () => (next() < 0.3 ? "" : "größer"),
    bytes: () => Uint8Array.from(some(() => whole(256)))
  };
  const inner = (): unknown => ({name: "in", ...(next() < 0.5 && {deeper: inner()}), list: some(() => whole(1000))});
  const message: Record<string, unknown> = {
    inner: inner(),
    inners: some(inner),
    byName: {a: inner(), constructor: inner()},
    sizes: {one: 1, none: 0},
    ...(next() < 0.5 ? {either: 0} : {or: "that"})
  };
  for (const type of SCALARS) {
    if (next() < 0.8)
      message[`one_${type}`] = next() < 0.2 ? ({string: "", bytes: new Uint8Array(), bool: false}[type] ?? 0) : values[type]!();
    message[`many_${type}`] = some(values[type]!);
  }
  return message;
}

describe.each(["proto2", "proto3"] as const)("messages of %s", (edition) => {
  const type = schema(edition);

  test("are written as by the library's own writer, and read as by its reader", () => {
    const next = pseudoRandom(1);
    for (let time = 0; time < 50; time++) {
      const message = random(next);
      const bytes = type.encode(message).finish();
      expect(writeMessage(type, message)).toEqual(bytes);
      expect(readMessage(type, bytes)).toEqual(plain(type, bytes));
    }
  });

  test("are read where lists come packed or not, a message in two parts, fields unknown or of another type", () => {
    const bytes = protobuf.Writer.create()
      // int32s one by one, then packed.
      .uint32((33 << 3) | 0)
      .int32(-1)
      .uint32((33 << 3) | 2)
      .fork()
      .int32(2)
      .int32(3)
      .ldelim()
      .uint32((90 << 3) | 2)
      .fork()
      .uint32((1 << 3) | 2)
      .string("first")
      .ldelim()
      .uint32((90 << 3) | 2)
      .fork()
      .uint32((3 << 3) | 0)
      .int64(7)
      .ldelim()
      .uint32((200 << 3) | 2)
      .string("unknown")
      .uint32((1 << 3) | 0)
      .int32(5)
      .finish();
    expect(readMessage(type, bytes)).toEqual({many_int32: [-1, 2, 3], inner: {name: "first", list: [7]}});
    expect(readMessage(type, bytes)).toEqual(plain(type, bytes));
  });

  test("that are cut off anywhere are refused where the library refuses them", () => {
    const bytes = type.encode(random(pseudoRandom(2))).finish();
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.slice(0, length);
      expect(
        outcome(() => readMessage(type, cut)),
        `${length} bytes`
      ).toEqual(outcome(() => plain(type, cut)));
    }
  });

  test("are read and written where no program may be compiled", () => {
    const message = {one_int64: 2 ** 40, many_float: [0.5], inner: {name: "in"}};
    // As a page's policy has it. What comes next may need one, and be loaded before it begins.
    vi.stubGlobal("Function", () => {
      throw new EvalError("Refused to evaluate a string as JavaScript.");
    });
    try {
      const fresh = schema(edition);
      expect(() => fresh.encode(message)).toThrow(EvalError);
      expect(readMessage(fresh, writeMessage(fresh, message))).toEqual(message);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

function plain(type: protobuf.Type, bytes: Uint8Array): object {
  return type.toObject(type.decode(bytes), {longs: Number});
}

/** What comes of it, or that nothing does. */
function outcome(work: () => object): object | "refused" {
  try {
    return work();
  } catch {
    return "refused";
  }
}
