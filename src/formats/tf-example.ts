import protobuf from "protobufjs/light.js";
import {FormatError} from "./format-error.js";
import {readMessage, writeMessage} from "./messages.js";

/** TensorFlow's example.proto and feature.proto. */
const SCHEMA = protobuf.Root.fromJSON({
  nested: {
    Example: {fields: {features: {type: "Features", id: 1}}},
    Features: {fields: {feature: {keyType: "string", type: "Feature", id: 1} as protobuf.IMapField}},
    Feature: {
      oneofs: {kind: {oneof: ["bytesList", "floatList", "int64List"]}},
      fields: {
        bytesList: {type: "BytesList", id: 1},
        floatList: {type: "FloatList", id: 2},
        int64List: {type: "Int64List", id: 3}
      }
    },
    BytesList: {fields: {value: {rule: "repeated", type: "bytes", id: 1}}},
    FloatList: {fields: {value: {rule: "repeated", type: "float", id: 1}}},
    Int64List: {fields: {value: {rule: "repeated", type: "int64", id: 1}}}
  }
});
const EXAMPLE = SCHEMA.resolveAll().lookupType("Example");

/** A list of one kind; 64-bit integers as numbers. */
export type Feature =
  {readonly bytes: readonly Uint8Array[]} | {readonly floats: readonly number[]} | {readonly integers: readonly number[]};

/** The features of an example, by name. */
export type Example = Readonly<Record<string, Feature>>;

interface FeatureMessage {
  bytesList?: {value?: Uint8Array[]};
  floatList?: {value?: number[]};
  int64List?: {value?: number[]};
}
interface ExampleMessage {
  features?: {feature?: Record<string, FeatureMessage>};
}

/**
 * Reads a `tf.train.Example`; byte lists are views of it.
 *
 * @param called the record, for sentences
 * @throws FormatError where it is none
 */
export function readExample(bytes: Uint8Array, called: string): Example {
  let message: ExampleMessage;
  try {
    message = readMessage(EXAMPLE, bytes, Infinity);
  } catch (error) {
    throw new FormatError(`${called} is no tf.train.Example.`, {cause: error});
  }
  return Object.fromEntries(
    Object.entries(message.features?.feature ?? {}).map(([name, {bytesList, floatList, int64List}]): [string, Feature] => {
      if (bytesList) return [name, {bytes: bytesList.value ?? []}];
      if (floatList) return [name, {floats: floatList.value ?? []}];
      return [name, {integers: int64List?.value ?? []}];
    })
  );
}

/** Writes a `tf.train.Example`; the same features give the same bytes. */
export function writeExample(example: Example): Uint8Array {
  const feature: Record<string, FeatureMessage> = {};
  for (const [name, value] of Object.entries(example)) {
    if ("bytes" in value) feature[name] = {bytesList: {value: [...value.bytes]}};
    else if ("floats" in value) feature[name] = {floatList: {value: [...value.floats]}};
    else feature[name] = {int64List: {value: [...value.integers]}};
  }
  return writeMessage(EXAMPLE, {features: {feature}} satisfies ExampleMessage);
}
