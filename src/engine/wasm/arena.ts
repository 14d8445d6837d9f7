/** Places of activations in one stretch of memory: those that are never there at the same time may share it. */

export interface Lifetime {
  readonly bytes: number;
  /** The first and the last moment at which it is there. */
  readonly from: number;
  readonly to: number;
}

/** Places begin at multiples of so many bytes. */
const ALIGNMENT = 64;

/** Where each begins, largest first, at the lowest place that is free for all of its life; and how many bytes there are in all. */
export function laidOut(lifetimes: readonly Lifetime[]): {readonly places: readonly number[]; readonly bytes: number} {
  const places = new Array<number>(lifetimes.length);
  const laid: {readonly lifetime: Lifetime; readonly begin: number; readonly end: number}[] = [];
  let bytes = 0;
  const order = lifetimes.map((_, index) => index).sort((a, b) => lifetimes[b]!.bytes - lifetimes[a]!.bytes);
  for (const index of order) {
    const lifetime = lifetimes[index]!;
    let begin = 0;
    const beside = laid.filter((other) => other.lifetime.from <= lifetime.to && lifetime.from <= other.lifetime.to);
    for (const other of beside.sort((a, b) => a.begin - b.begin)) {
      if (other.begin - begin >= lifetime.bytes) break;
      begin = Math.max(begin, other.end);
    }
    const end = aligned(begin + lifetime.bytes);
    laid.push({lifetime, begin, end});
    places[index] = begin;
    bytes = Math.max(bytes, end);
  }
  return {places, bytes};
}

export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
