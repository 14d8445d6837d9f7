import {mkdir, writeFile} from "node:fs/promises";
import path from "node:path";
import {vocPalette} from "../../data/labels/voc.js";
import type {Dataset} from "../../src/datasets/dataset.js";
import type {Expected} from "../../src/datasets/finding.js";
import {mendedDataset} from "../../src/datasets/mended.js";
import type {SplitMend} from "../../src/datasets/mended.js";
import {openDataset} from "../../src/datasets/open.js";
import {tfRecordFiles, vocFiles} from "../../src/datasets/write.js";
import {filesAt} from "../evaluate/disk.js";
import {modelNamed} from "../evaluate/model.js";
import {photoSize} from "../evaluate/photo.js";
import {looked, namedSplit, sound} from "./look.js";
import {newFolder} from "./new-folder.js";
import {USAGE, datasetOptions} from "./options.js";
import type {ConvertCommand} from "./options.js";
import {checkUpTable, findingLine} from "./tables.js";
import {countInWords} from "../../src/datasets/count-in-words.js";

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
  const dataset = await openDataset(await filesAt(options.folder));
  const expected = await expectedOf(options.model);
  if (options.command === "convert") return convert(dataset, expected, options, log);

  const split = await namedSplit(dataset, options.split);
  const found = await looked(dataset, split, expected, true);
  log(checkUpTable(dataset, split, found, expected));
  return found.findings.some(({grave}) => grave) ? FAILURE : 0;
}

async function expectedOf(model: string | undefined): Promise<Expected> {
  if (model === undefined) return {palette: vocPalette(256)};
  const {card} = await modelNamed(model);
  return {classes: card.classes, palette: card.palette};
}

async function convert(dataset: Dataset, expected: Expected, options: ConvertCommand, log: (text: string) => void): Promise<number> {
  const {out, to, shards} = options;
  await newFolder(out);

  const names = options.split === undefined ? dataset.splits : [options.split];
  let mends: readonly SplitMend[] = [];
  for (const name of names) {
    if (options.mend) mends = await withMends(dataset, name, mends, expected, log);
    else await sound(dataset, await namedSplit(dataset, name), expected, CAN_MEND);
  }
  const mended = mendedDataset(dataset, mends, photoSize);
  const {classes = mended.classes, palette = vocPalette(256)} = expected;
  const splits = await Promise.all(names.map((name) => mended.read(name)));
  const files = to === "voc" ? vocFiles(splits, {palette, classes}) : tfRecordFiles(splits, {shards, photoSize});
  let written = 0;
  for await (const {path: relative, bytes} of files) {
    const file = path.join(out, relative);
    await mkdir(path.dirname(file), {recursive: true});
    await writeFile(file, bytes);
    written++;
  }
  const photos = splits.reduce((sum, {items}) => sum + items.length, 0);
  log(`${countInWords(photos, "photo")} of ${splits.map(({name}) => name).join(", ")} written to ${out}: ${written} files.`);
  return 0;
}

/**
 * Mends until nothing more is found in a list that can be mended.
 *
 * @param before mends that other lists have asked for
 * @throws Error saying what no mend puts right
 */
async function withMends(
  dataset: Dataset,
  name: string,
  before: readonly SplitMend[],
  expected: Expected,
  log: (text: string) => void
): Promise<readonly SplitMend[]> {
  const told = new Set<string>();
  for (let mends = before; ;) {
    const current = mendedDataset(dataset, mends, photoSize);
    const {findings} = await looked(current, await namedSplit(current, name), expected, true);
    const hopeless = findings.filter(({grave, mend, sentence}) => (mend ? told.has(sentence) : grave));
    if (hopeless.length > 0) throw new Error([`In ${name}:`, ...hopeless.map(findingLine), "No mend is known for this."].join("\n"));
    const offered = findings.flatMap(({sentence, mend}) => (mend ? [{sentence, ...mend}] : []));
    // What one changes, the next was not found in; but that photos are left out changes no other.
    const now = offered[0]?.apply.kind === "leave out" ? offered.filter(({apply}) => apply.kind === "leave out") : offered.slice(0, 1);
    if (now.length === 0) return mends;
    for (const {sentence, label} of now) {
      told.add(sentence);
      log(`${name}: ${sentence}\n  ${label}: done.`);
    }
    mends = [...mends, ...now.map(({apply}) => ({split: name, mend: apply}))];
  }
}
