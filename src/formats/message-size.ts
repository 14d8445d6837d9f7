import protobuf from "protobufjs/light.js";

/** More fields than any network's graph has; each takes some hundred bytes once it is decoded, and may take one in the file. */
const MAXIMUM_FIELDS = 200_000;

const LENGTH_DELIMITED = 2;
/** Types whose packed lists have as little as a byte a number. */
const OF_A_BYTE = /^(u?int|sint)(32|64)$|^bool$/;

/**
 * Throws where a protocol buffer holds more fields than any network's graph, before it is decoded. What is no message at all throws, too,
 * as the decoder would.
 *
 * @param type whose root has been resolved
 * @param mostListed how many numbers may stand in lists of as little as a byte each
 */
export function checkFields(type: protobuf.Type, bytes: Uint8Array, mostListed: number = MAXIMUM_FIELDS): void {
  const reader = protobuf.Reader.create(bytes);
  let fields = 0;
  let listed = 0;
  const walk = (message: protobuf.Type | null, end: number, isEntry: boolean) => {
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (++fields > MAXIMUM_FIELDS) throw new RangeError(`It has more than ${MAXIMUM_FIELDS} fields.`);
      const wire = tag & 7;
      const number = tag >>> 3;
      // An entry of a map has its key first, then its value, which the map's field tells of.
      const field = isEntry ? undefined : message?.fieldsById[number];
      const inner = isEntry ? (number === 2 ? message : null) : field?.resolvedType;
      if (wire !== LENGTH_DELIMITED) {
        reader.skipType(wire);
        continue;
      }
      const length = reader.uint32();
      const innerEnd = reader.pos + length;
      if (innerEnd > end) throw new RangeError("A field ends beyond its message.");
      if (inner instanceof protobuf.Type) walk(inner, innerEnd, field?.map === true);
      else if (field?.repeated && OF_A_BYTE.test(field.type)) listed += length;
      if (listed > mostListed) throw new RangeError(`Its lists have more than ${mostListed} numbers.`);
      reader.pos = innerEnd;
    }
  };
  walk(type, bytes.length, false);
}
