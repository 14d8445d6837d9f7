import {isAborted} from "../engine/aborted.js";
import type {MaskFile} from "./files.js";
import {stemsOf} from "./names.js";

/** What became of many photos. */
export interface ManyOutcome {
  /** Names of the photos whose files were taken. */
  readonly done: readonly string[];
  /** What stood in the way of others: a sentence each. */
  readonly problems: readonly string[];
  /** Whether it was stopped before it came to all. */
  readonly stopped: boolean;
}

/**
 * Makes files of many photos, one photo after the other. What cannot be done with one is told at the end; the others are done.
 * What is under way when it is stopped is left out whole.
 *
 * @param photos with names, each another
 * @param options.suffixes that a photo's files may have; a photo with a file that is there already is not begun
 * @param options.isThere whether there is a file of this name
 * @param options.segment makes a photo's files. @throws Error with a sentence for the reader, or DOMException "AbortError" when stopped
 * @param options.take is given each file
 * @param options.onPhoto called before each photo, and once after the last. @param done how many went before
 */
export async function segmentMany<Photo extends {readonly name: string}>(
  photos: readonly Photo[],
  {
    suffixes,
    isThere,
    segment,
    take,
    onPhoto = () => {},
    signal
  }: {
    readonly suffixes: readonly string[];
    isThere(name: string): boolean;
    segment(photo: Photo): Promise<readonly MaskFile[]>;
    take(name: string, bytes: Uint8Array): Promise<void> | void;
    onPhoto?(done: number, photo: Photo | null): void;
    readonly signal: AbortSignal;
  }
): Promise<ManyOutcome> {
  const stems = stemsOf(photos.map(({name}) => name));
  const done: string[] = [];
  const problems: string[] = [];
  for (const [index, photo] of photos.entries()) {
    if (signal.aborted) return {done, problems, stopped: true};
    onPhoto(index, photo);
    const there = suffixes.map((suffix) => `${stems[index]!}${suffix}`).find(isThere);
    if (there !== undefined) {
      problems.push(`${photo.name} was left out: ${there} is there already.`);
      continue;
    }
    try {
      const files = await segment(photo);
      for (const {suffix, bytes} of files) await take(`${stems[index]!}${suffix}`, bytes);
      done.push(photo.name);
    } catch (reason) {
      if (signal.aborted && isAborted(reason)) return {done, problems, stopped: true};
      problems.push(reason instanceof Error ? reason.message : String(reason));
    }
  }
  onPhoto(photos.length, null);
  return {done, problems, stopped: false};
}
