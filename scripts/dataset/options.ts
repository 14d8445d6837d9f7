import {parseArgs} from "node:util";

export const USAGE = `Usage:
  npm run dataset -- check <data set> [options]   look at every photo and mask of a data set, and say what is wrong
  npm run dataset -- convert <data set> --to <layout> --out <folder> [options]
                                                  write it anew; the data set itself stays as it is

A data set is a folder, or a zip file of one: the VOC layout (JPEGImages, SegmentationClass, ImageSets/Segmentation/val.txt), TFRecord files
as the release's scripts write them, COCO's or labelme's JSON or CVAT's XML with its photos, or a folder "images" beside a folder "masks".

  --split <name>     one list of photos; for check by default the first that is there of val, trainval and train, for convert all
  --model <id|path>  the model whose classes the ids in the masks should be
  --to <layout>      voc, or tfrecord
  --out <folder>     where the files go: a new or an empty folder
  --shards <n>       files a list, for tfrecord; 1 by default
  --mend             put right what can be put right, and say what was
  --help             print this`;

export interface CheckCommand {
  readonly command: "check";
  readonly folder: string;
  readonly split: string | undefined;
  readonly model: string | undefined;
}

export interface ConvertCommand extends Omit<CheckCommand, "command"> {
  readonly command: "convert";
  readonly to: "voc" | "tfrecord";
  readonly out: string;
  readonly shards: number;
  readonly mend: boolean;
}

/**
 * The options of a command line.
 *
 * @returns null where help is asked for
 * @throws Error with a sentence for the reader when an option is missing, unknown or out of range
 */
export function datasetOptions(args: readonly string[]): CheckCommand | ConvertCommand | null {
  const {values, positionals} = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      split: {type: "string"},
      model: {type: "string"},
      to: {type: "string"},
      out: {type: "string"},
      shards: {type: "string", default: "1"},
      mend: {type: "boolean", default: false},
      help: {type: "boolean", default: false}
    }
  });
  if (values.help) return null;
  const [command, folder, ...others] = positionals;
  if (command !== "check" && command !== "convert") throw new Error(`Say "check" or "convert", not "${command ?? ""}".`);
  if (folder === undefined || others.length > 0) throw new Error(`Say which data set: npm run dataset -- ${command} <folder>.`);
  const {split, model, to, out, mend} = values;
  if (command === "check") return {command, folder, split, model};
  if (to !== "voc" && to !== "tfrecord")
    throw new Error(`Say what to write: --to voc or --to tfrecord${to === undefined ? "" : `, not "${to}"`}.`);
  if (out === undefined) throw new Error("Say where the data set goes: --out <folder>.");
  const shards = Number(values.shards);
  if (!Number.isInteger(shards) || shards < 1) throw new Error(`--shards is a whole number from 1 up, not "${values.shards}".`);
  return {command, folder, split, model, to, out, shards, mend};
}
