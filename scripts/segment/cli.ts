import {existsSync} from "node:fs";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import path from "node:path";
import {setImmediate} from "node:timers/promises";
import {ONE_PASS} from "../../src/engine/averaging.js";
import {segmentPhoto} from "../../src/engine/segment-photo.js";
import {createExecutor} from "../../src/engine/wasm/executor.js";
import {loadWeights} from "../../src/engine/weights.js";
import {maskFiles, possibleSuffixes} from "../../src/masks/files.js";
import {segmentMany} from "../../src/masks/many.js";
import type {ManyOutcome} from "../../src/masks/many.js";
import {useWasmInNode} from "../evaluate/backend.js";
import {machineInNode} from "../kernels/in-node.js";
import {modelNamed} from "../evaluate/model.js";
import {decodePixels} from "../evaluate/photo.js";
import {progressBar} from "../evaluate/progress.js";
import {USAGE, segmentOptions} from "./options.js";
import {photosIn} from "./photos.js";
import type {PhotoFile} from "./photos.js";
import {countInWords} from "../../src/datasets/count-in-words.js";

const FAILURE = 1;
/** As shells have it for a process that was interrupted. */
const INTERRUPTED = 130;

/**
 * Runs the command line: writes files of photos' masks, and tells what became of them to `log`.
 *
 * @param signal stops it within a photo, whose files are then not written
 * @returns the exit code: 0, 1 where a photo could not be done, 130 where it was stopped
 * @throws Error with a sentence for the reader where nothing can be begun
 */
export async function runSegmentCommand(args: readonly string[], log: (text: string) => void, signal: AbortSignal): Promise<number> {
  const options = segmentOptions(args);
  if (options === null) {
    log(USAGE);
    return 0;
  }
  const {out, wanted, averaging = ONE_PASS} = options;
  const photos = await photosIn(options.sources);
  keepApart(photos, out);
  const {network, weights: values, card} = await modelNamed(options.model);
  await useWasmInNode();
  await mkdir(out, {recursive: true});

  const machine = await machineInNode();
  const weights = loadWeights({network, weights: values}, createExecutor(machine, values));
  const turns = {signal, pause: () => setImmediate(), rest: () => setImmediate(), wantsProbabilities: wanted.probabilities !== null};
  const bar = progressBar(photos.length);
  try {
    const outcome = await segmentMany(photos, {
      suffixes: possibleSuffixes(card, wanted),
      isThere: (name) => !options.force && existsSync(path.join(out, name)),
      async segment({name, path: file}) {
        const photo = await decodePixels(await readFile(file), name);
        return maskFiles(await segmentPhoto(network, weights, photo, options, averaging, turns), card, wanted);
      },
      take: (name, bytes) => writeFile(path.join(out, name), bytes, {flag: options.force ? "w" : "wx"}),
      onPhoto: (done) => done > 0 && bar.advance(),
      signal
    });
    bar.stop();
    return told(outcome, photos.length, out, log);
  } finally {
    bar.stop();
    weights.dispose();
    machine.dispose();
  }
}

/** Masks never take the place of photos, whatever is forced. */
function keepApart(photos: readonly PhotoFile[], out: string): void {
  const folder = path.resolve(out);
  const inside = photos.find((photo) => path.resolve(path.dirname(photo.path)) === folder);
  if (inside)
    throw new Error(`${inside.path} lies in the folder that the masks go to, where it might be overwritten: choose another with --out.`);
}

function told({done, problems, stopped}: ManyOutcome, of: number, out: string, log: (text: string) => void): number {
  log(`${stopped ? "Stopped: " : ""}${done.length} of ${countInWords(of, "photo")} segmented, into ${out}.`);
  for (const problem of problems) log(problem);
  if (stopped) return INTERRUPTED;
  return problems.length > 0 ? FAILURE : 0;
}
