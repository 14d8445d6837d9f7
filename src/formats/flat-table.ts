import {ByteBuffer} from "flatbuffers";
import {FormatError} from "./format-error.js";

/** What tables may share: writers name a list once that several have. */
const SHARED_BYTES = 2 ** 20;

/**
 * A FlatBuffers table read by field number (the position of the field in its schema), instead of through generated
 * classes. Every offset is checked, because the FlatBuffers runtime reads past the end without complaint.
 */
export class FlatTable {
  private constructor(
    private readonly buffer: ByteBuffer,
    private readonly position: number,
    private readonly lists: {left: number}
  ) {
    this.check(position, 4);
    this.check(position - buffer.readInt32(position), 4);
  }

  /**
   * The root table of a file.
   *
   * @throws FormatError where the file does not carry this four-character identifier
   */
  static root(bytes: Uint8Array, identifier: string, what: string): FlatTable {
    const found = new TextDecoder("latin1").decode(bytes.subarray(4, 8));
    if (bytes.length < 8 || found !== identifier) {
      throw new FormatError(`This is not a ${what} file: it does not carry the mark "${identifier}".`);
    }
    const buffer = new ByteBuffer(bytes);
    return new FlatTable(buffer, buffer.readUint32(0), {left: bytes.length + SHARED_BYTES});
  }

  int8(field: number, absent = 0): number {
    return this.scalar(field, 1, absent, (at) => this.buffer.readInt8(at));
  }

  int32(field: number, absent = 0): number {
    return this.scalar(field, 4, absent, (at) => this.buffer.readInt32(at));
  }

  uint32(field: number, absent = 0): number {
    return this.scalar(field, 4, absent, (at) => this.buffer.readUint32(at));
  }

  boolean(field: number): boolean {
    return this.int8(field) !== 0;
  }

  /** The text of a field, "" where it is absent. */
  string(field: number): string {
    const {start, length} = this.vector(field, 1);
    this.read(length);
    return new TextDecoder().decode(this.buffer.bytes().subarray(start, start + length));
  }

  /** A view of a field of bytes, empty where it is absent. */
  bytes(field: number): Uint8Array {
    const {start, length} = this.vector(field, 1);
    return this.buffer.bytes().subarray(start, start + length);
  }

  int32s(field: number): number[] {
    return this.elements(field, 4, (at) => this.buffer.readInt32(at));
  }

  /** 64-bit integers; exact up to 2^53. */
  int64s(field: number): number[] {
    return this.elements(field, 8, (at) => Number(this.buffer.readInt64(at)));
  }

  float32s(field: number): number[] {
    return this.elements(field, 4, (at) => this.buffer.readFloat32(at));
  }

  /** The table of a field, null where it is absent. */
  table(field: number): FlatTable | null {
    const at = this.field(field, 4);
    return at === 0 ? null : this.tableAt(at);
  }

  tables(field: number): FlatTable[] {
    return this.elements(field, 4, (at) => this.tableAt(at));
  }

  private tableAt(at: number): FlatTable {
    return new FlatTable(this.buffer, at + this.buffer.readUint32(at), this.lists);
  }

  private scalar(field: number, size: number, absent: number, read: (at: number) => number): number {
    const at = this.field(field, size);
    return at === 0 ? absent : read(at);
  }

  private elements<T>(field: number, size: number, read: (at: number) => T): T[] {
    const {start, length} = this.vector(field, size);
    this.read(length * size);
    return Array.from({length}, (_, i) => read(start + i * size));
  }

  /** Counts what is read of lists and texts: any number of tables may name the same one. */
  private read(bytes: number): void {
    this.lists.left -= bytes;
    if (this.lists.left < 0)
      throw new FormatError("The file is damaged: its tables share lists, which together are far more than it holds.");
  }

  private vector(field: number, elementBytes: number): {start: number; length: number} {
    const at = this.field(field, 4);
    if (at === 0) return {start: 0, length: 0};
    const vector = at + this.buffer.readUint32(at);
    this.check(vector, 4);
    const length = this.buffer.readUint32(vector);
    this.check(vector + 4, length * elementBytes);
    return {start: vector + 4, length};
  }

  /** Address of a field, 0 where the table does not have it. */
  private field(field: number, size: number): number {
    const vtable = this.position - this.buffer.readInt32(this.position);
    const vtableBytes = this.buffer.readUint16(vtable);
    this.check(vtable, vtableBytes);
    const entry = 4 + 2 * field;
    if (entry + 2 > vtableBytes) return 0;
    const offset = this.buffer.readUint16(vtable + entry);
    if (offset === 0) return 0;
    this.check(this.position + offset, size);
    return this.position + offset;
  }

  private check(start: number, bytes: number): void {
    if (start < 0 || start + bytes > this.buffer.capacity()) {
      throw new FormatError(`The file is cut off or damaged: it points to byte ${start + bytes} of ${this.buffer.capacity()}.`);
    }
  }
}
