import {mkdir, readdir, writeFile} from "node:fs/promises";
import path from "node:path";
import {vocPalette} from "../../data/labels/voc.js";
import type {Dataset, Split} from "../../src/datasets/dataset.js";
import type {Expected} from "../../src/datasets/finding.js";
import {mendedSplit} from "../../src/datasets/mend.js";
import {openDataset} from "../../src/datasets/open.js";
import {tfRecordFiles, vocFiles} from "../../src/datasets/write.js";
import {folderTree} from "../evaluate/disk.js";
import {modelNamed} from "../evaluate/model.js";
import {photoSize} from "../evaluate/photo.js";
import {looked, namedSplit, sound} from "./look.js";
import {USAGE, datasetOptions} from "./options.js";
import type {ConvertCommand} from "./options.js";
import {checkUpTable, findingLine} from "./tables.js";

const FAILURE = 1;

const CAN_MEND = "Give --mend to put right what can be.";

/**
 * Runs the command line: looks at a data set or writes it anew, and tells of it to `log`.
 *
 * @returns the exit code: 0, 1 where something grave was found
 * @throws Error with a sentence for the reader
 */
export async function runDatasetCommand(args: readonly string[], log: (text: string) => void): Promise<number> {
  const options = datasetOptions(args);
  if (options === null) {
    log(USAGE);
    return 0;
  }
  const dataset = await openDataset(await folderTree(options.folder));
  const expected = await expectedOf(dataset, options.model);
  if (options.command === "convert") return convert(dataset, expected, options, log);

  const split = await namedSplit(dataset, options.split);
  const found = await looked(dataset, split, expected, true);
  log(checkUpTable(dataset, split, found, expected));
  return found.findings.some(({grave}) => grave) ? FAILURE : 0;
}

async function expectedOf(dataset: Dataset, model: string | undefined): Promise<Expected> {
  if (model === undefined) return {classes: dataset.classes, palette: vocPalette(256)};
  const {card} = await modelNamed(model);
  return {classes: card.classes, palette: card.palette};
}

async function convert(dataset: Dataset, expected: Expected, options: ConvertCommand, log: (text: string) => void): Promise<number> {
  const {out, to, shards} = options;
  const there = await readdir(out).catch(() => []);
  if (there.length > 0) throw new Error(`${out} is not empty: give a new folder, so that nothing is overwritten.`);

  const splits: Split[] = [];
  for (const name of options.split === undefined ? dataset.splits : [options.split]) {
    const split = await namedSplit(dataset, name);
    splits.push(options.mend ? await mended(dataset, split, expected, log) : await sound(dataset, split, expected, CAN_MEND));
  }
  const files =
    to === "voc"
      ? vocFiles(splits, {palette: expected.palette ?? vocPalette(256), classes: expected.classes})
      : tfRecordFiles(splits, {shards, photoSize});
  let written = 0;
  for await (const {path: relative, bytes} of files) {
    const file = path.join(out, relative);
    await mkdir(path.dirname(file), {recursive: true});
    await writeFile(file, bytes);
    written++;
  }
  const photos = splits.reduce((sum, {items}) => sum + items.length, 0);
  log(`${photos} ${photos === 1 ? "photo" : "photos"} of ${splits.map(({name}) => name).join(", ")} written to ${out}: ${written} files.`);
  return 0;
}

/** A split with every mend that is offered. @throws Error saying what no mend puts right */
async function mended(dataset: Dataset, split: Split, expected: Expected, log: (text: string) => void): Promise<Split> {
  const told = new Set<string>();
  for (let current = split; ;) {
    const {findings} = await looked(dataset, current, expected, true);
    const hopeless = findings.filter(({grave, mend, sentence}) => (mend ? told.has(sentence) : grave));
    if (hopeless.length > 0) throw new Error([`In ${split.name}:`, ...hopeless.map(findingLine), "No mend is known for this."].join("\n"));
    const mends = findings.flatMap(({sentence, mend}) => (mend ? [{sentence, ...mend}] : []));
    // What one changes, the next was not found in; but that photos are left out changes no other.
    const now = mends[0]?.apply.kind === "leave out" ? mends.filter(({apply}) => apply.kind === "leave out") : mends.slice(0, 1);
    if (now.length === 0) return current;
    for (const {sentence, label} of now) {
      told.add(sentence);
      log(`${split.name}: ${sentence}\n  ${label}: done.`);
    }
    current = mendedSplit(
      current,
      now.map(({apply}) => apply),
      photoSize
    );
  }
}
