import type {EngineClient} from "../../lab/engine-client.js";
import {possibleSuffixes} from "../../masks/files.js";
import type {WantedFiles} from "../../masks/files.js";
import {segmentMany} from "../../masks/many.js";
import type {ManyOutcome} from "../../masks/many.js";
import {decodePhoto} from "../../media/decode.js";
import {zipOf} from "../../media/zip.js";
import type {MaskChoice} from "../../worker/protocol.js";

export interface MaskZip extends ManyOutcome {
  /** What the reader should know of photos that were done. */
  readonly notes: readonly string[];
  /** Null where there is nothing to put into one. */
  readonly zip: Blob | null;
}

/**
 * Files of many photos' masks, in a zip.
 *
 * @param options.onPhoto called before each photo. @param done how many went before
 * @param options.signal stops it; what was done by then is in the zip
 * @throws Error with a sentence for the reader where the model cannot be had
 */
export async function zipOfMasks(
  photos: readonly File[],
  {
    engine,
    run,
    made,
    onPhoto,
    signal
  }: {
    readonly engine: EngineClient;
    readonly run: MaskChoice;
    readonly made: WantedFiles;
    onPhoto(done: number, photo: File): void;
    readonly signal: AbortSignal;
  }
): Promise<MaskZip> {
  const {card} = await engine.describe(run.modelUrl);
  const files: {name: string; content: Blob}[] = [];
  const names = new Set<string>();
  const notes: string[] = [];
  const found = await segmentMany(photos, {
    suffixes: possibleSuffixes(card, made),
    isThere: (name) => names.has(name),
    async segment(photo) {
      const decoded = await decodePhoto(photo, photo.name);
      notes.push(...decoded.notices.map((notice) => `${photo.name}: ${notice}`));
      const {width, height, rgba} = decoded;
      return engine.maskFiles({width, height, rgba}, run, made, signal);
    },
    take(name, bytes) {
      names.add(name);
      files.push({name, content: new Blob([bytes as BlobPart])});
    },
    onPhoto: (done, photo) => photo && onPhoto(done, photo),
    signal
  });
  return {...found, notes, zip: files.length > 0 ? await zipOf(files) : null};
}
