import {expect} from "vitest";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {mutated} from "./mutations.js";

/** `LONG=1` tries each kind of file for its part of ten minutes, and SEED other damage. */
const SECONDS = process.env["LONG"] ? 600 : 6;
const SEED = Number(process.env["SEED"] ?? 1);
/** Of one file, as the processor counts them: what else the machine does beside costs nothing. */
const MOST_MILLISECONDS = 1000;

/** What is expected of files that are damaged by chance. */
export interface Expected {
  /** How many kinds of files share the time. */
  readonly kinds: number;
  /** That reading one may take. */
  readonly mostBytes: number;
  /** Names of the errors that it is refused with. */
  readonly names: RegExp;
  readonly sentence: RegExp;
}

/**
 * Reads a whole file, then for a while what damage leaves of it: whatever comes of that comes soon, takes little memory, and is a value or
 * a sentence. The whole file is read as well afterwards.
 *
 * @returns how many were refused
 */
export async function tryDamaged(
  what: string,
  whole: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
  {kinds, mostBytes, names, sentence}: Expected
): Promise<number> {
  // A copy of Node's buffers would share their bytes, and keep what damage did to it.
  const sound = new Uint8Array(whole);
  await read(sound);
  const random = pseudoRandom(SEED);
  const until = performance.now() + (1000 * SECONDS) / kinds;
  let [tries, refused, slowest, largest] = [0, 0, 0, 0];
  while (performance.now() < until) {
    tries++;
    const bytes = mutated(sound, random);
    const [began, before] = [process.cpuUsage(), process.memoryUsage().arrayBuffers];
    let wrong: unknown = null;
    try {
      await read(bytes);
    } catch (reason) {
      wrong = reason;
    }
    const where = () => `${what}, seed ${SEED}, try ${tries}: ${wrong instanceof Error ? wrong.stack : String(wrong)}`;
    const {user, system} = process.cpuUsage(began);
    const [took, taken] = [(user + system) / 1000, process.memoryUsage().arrayBuffers - before];
    if (took >= MOST_MILLISECONDS) expect.fail(`too long: ${took.toFixed(0)} ms, ${where()}`);
    if (taken >= mostBytes) expect.fail(`too much memory: ${where()}`);
    [slowest, largest] = [Math.max(slowest, took), Math.max(largest, taken)];
    if (wrong === null) continue;
    refused++;
    expect(wrong, where()).toBeInstanceOf(Error);
    expect((wrong as Error).name, where()).toMatch(names);
    expect((wrong as Error).message, where()).toMatch(sentence);
  }
  // None left anything behind, in the file or in what reads it.
  await read(sound);
  if (process.env["LONG"])
    console.log(
      `${what}: ${tries} damaged files, ${refused} refused; the slowest took ${slowest.toFixed(0)} ms of the processor, the largest ${(largest / 1e6).toFixed(0)} MB`
    );
  return refused;
}
