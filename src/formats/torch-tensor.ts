import {ELEMENT_TYPES, elementValues} from "./element-types.js";
import type {ElementTypeName} from "./element-types.js";
import {FormatError} from "./format-error.js";

/** The numbers that one tensor or several are views of. */
export interface TorchStorage {
  readonly key: string;
  readonly type: ElementTypeName;
  /** How many numbers it holds. */
  readonly elements: number;
}

/** More sides than any weight has. */
const MAXIMUM_SIDES = 8;

/** A tensor as a file describes it: cells of a storage, a number of cells apart along each side. */
export class TorchTensor {
  constructor(
    readonly storage: TorchStorage,
    readonly offset: unknown,
    private readonly sides: unknown,
    private readonly strides: unknown
  ) {}

  /**
   * Its shape, once it is certain that all its cells lie in its storage.
   *
   * @param name for sentences
   * @throws FormatError where they do not, or sides and strides are not whole numbers from 0 up
   */
  checked(name: string): {shape: readonly number[]; offset: number; strides: readonly number[]; elements: number} {
    const {offset, sides: shape, strides, storage} = this;
    if (!isIndexList(shape) || !isIndexList(strides) || !isIndexList([offset])) {
      throw damaged(name, "its sides, strides and offset are not all whole numbers from 0 up");
    }
    if (shape.length !== strides.length || shape.length > MAXIMUM_SIDES) {
      throw damaged(name, `it has ${shape.length} sides and ${strides.length} strides`);
    }
    const elements = shape.reduce((product, side) => product * side, 1);
    const reach = elements === 0 ? 0 : shape.reduce((sum, side, axis) => sum + (side - 1) * strides[axis]!, 1);
    if (!(Number.isSafeInteger(elements) && (offset as number) + reach <= storage.elements)) {
      throw damaged(
        name,
        `shape [${shape.join(", ")}] with strides [${strides.join(", ")}] from ${String(offset)} on reaches beyond the ${storage.elements} numbers of its storage`
      );
    }
    return {shape, offset: offset as number, strides, elements};
  }

  /**
   * Its values, row by row.
   *
   * @param data of its storage, whole
   * @throws FormatError as `checked`
   */
  values(name: string, data: Uint8Array): Float32Array {
    const {shape, offset, strides, elements} = this.checked(name);
    const {type} = this.storage;
    const {bytes, read} = ELEMENT_TYPES[type];
    if (isRowByRow(shape, strides)) return elementValues(type, data.subarray(offset * bytes, (offset + elements) * bytes));
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const values = new Float32Array(elements);
    const place = shape.map(() => 0);
    let at = offset;
    for (let i = 0; i < elements; i++) {
      values[i] = read(view, at * bytes);
      // To the next cell, as an odometer turns: the last side first.
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        at += strides[axis]!;
        if (++place[axis]! < shape[axis]!) break;
        at -= shape[axis]! * strides[axis]!;
        place[axis] = 0;
      }
    }
    return values;
  }
}

function isRowByRow(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

function isIndexList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);
}

function damaged(name: string, what: string): FormatError {
  return new FormatError(`The file is damaged: of the tensor "${name}", ${what}.`);
}
