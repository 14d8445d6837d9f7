import {mkdir} from "node:fs/promises";
import {newFolder} from "../dataset/new-folder.js";
import {startCounting} from "../evaluate/counting.js";
import {openMeasured} from "../evaluate/measured.js";
import {progressBar} from "../evaluate/progress.js";
import {USAGE, visOptions} from "./options.js";
import {countInWords} from "../../src/datasets/count-in-words.js";

/**
 * Runs the command line: draws what a model makes of labelled photos, and tells of it to `log`.
 *
 * @throws Error with a sentence for the reader
 */
export async function runVisCommand(args: readonly string[], log: (text: string) => void): Promise<void> {
  const options = visOptions(args);
  if (options === null) return log(USAGE);
  const {out} = options;
  await newFolder(out);
  const measured = await openMeasured(options);
  await mkdir(out, {recursive: true});
  const counting = await startCounting(measured, options.cores, out);
  const {length} = measured.split.items;
  const bar = progressBar(length);
  try {
    await counting.count(options, () => bar.advance());
  } finally {
    bar.stop();
    await counting.close();
  }
  log(`${countInWords(length, "photo")} of ${measured.split.name} drawn into ${out}, four pictures each.`);
}
