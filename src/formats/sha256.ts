/**
 * The SHA-256 of bytes (FIPS 180-4), as 64 hexadecimal digits. The browser's own is missing where the site's address is not secure, as in a
 * class that opens a teacher's machine by its number.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  if (globalThis.crypto?.subtle) return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource)));
  return hex(digest(bytes));
}

/** The same by the definition. */
export function digest(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(START);
  const whole = bytes.length - (bytes.length % BLOCK);
  const blocks = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < whole; at += BLOCK) compress(state, blocks, at);
  // What is left, a one, zeros, and the number of bits.
  const rest = bytes.length - whole;
  const end = new DataView(new ArrayBuffer(rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK));
  new Uint8Array(end.buffer).set(bytes.subarray(whole));
  end.setUint8(rest, 0x80);
  end.setBigUint64(end.byteLength - 8, 8n * BigInt(bytes.length));
  for (let at = 0; at < end.byteLength; at += BLOCK) compress(state, end, at);
  const result = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => result.setUint32(4 * index, word));
  return new Uint8Array(result.buffer);
}

/** Bytes. */
const BLOCK = 64;
const ROUNDS = 64;
const PRIMES = firstPrimes(ROUNDS);
/** The first 32 bits after the point, of square roots and of cube roots. */
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const CONSTANTS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

function compress(state: Uint32Array, data: DataView, offset: number): void {
  const words = new Uint32Array(ROUNDS);
  for (let i = 0; i < ROUNDS; i++) {
    if (i < 16) {
      words[i] = data.getUint32(offset + 4 * i);
      continue;
    }
    const [early, late] = [words[i - 15]!, words[i - 2]!];
    const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    words[i] = words[i - 16]! + small + words[i - 7]! + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < ROUNDS; i++) {
    const chosen = (e & f) ^ (~e & g);
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + chosen + CONSTANTS[i]! + words[i]!) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index]! += word));
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes;
}

/** Bytes as hexadecimal digits, two each. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
