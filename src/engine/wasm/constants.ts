import {aligned} from "./arena.js";
import {WORD} from "./packing.js";

/** Weights and tables, one behind the other from an address on; what has been put there once is not put there again. */
export class Constants {
  private readonly addresses = new Map<string, number>();
  private readonly puts: {readonly address: number; readonly values: Float32Array}[] = [];

  /**
   * @param begin the first address
   * @param kept values by key that need not be made again
   */
  constructor(
    private end: number,
    private readonly kept: Map<string, Float32Array>
  ) {}

  /** The address of what has this key; `make` says it in the form in which the module reads it. */
  put(key: string, make: () => Float32Array): number {
    const known = this.addresses.get(key);
    if (known !== undefined) return known;
    const values = this.kept.get(key) ?? make();
    this.kept.set(key, values);
    const address = this.table(values);
    this.addresses.set(key, address);
    return address;
  }

  /** The address of values that hold for one schedule alone. */
  table(values: Float32Array): number {
    const address = this.space(values.length * WORD);
    this.puts.push({address, values});
    return address;
  }

  /** The address of so many bytes that something else writes. */
  space(bytes: number): number {
    const address = this.end;
    this.end = aligned(address + bytes);
    return address;
  }

  /** Zeros, for what a kernel reads beside the map. */
  zeros(channels: number): number {
    return this.put(`zeros ${channels}`, () => new Float32Array(channels));
  }

  /** The first address behind them. */
  get behind(): number {
    return this.end;
  }

  write(memory: ArrayBufferLike): void {
    for (const {address, values} of this.puts) new Float32Array(memory, address, values.length).set(values);
  }
}
