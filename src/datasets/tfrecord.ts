import {folderOf, nameOf, stemOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import {readExample, writeExample} from "../formats/tf-example.js";
import type {Example} from "../formats/tf-example.js";
import {tfRecords, writeTfRecord} from "../formats/tfrecord.js";
import {inUsualOrder} from "./dataset.js";
import type {Dataset, LabelledPhoto, SourceFile, Split} from "./dataset.js";

/*
 * Shards as the release's build_voc2012_data.py and its siblings write them: `<split>-00000-of-00004.tfrecord`, a photo and its mask a
 * record, both as the files that they were.
 */

/** Features of a record, as the release's build_data.py names them. */
const PHOTO = "image/encoded";
const MASK = "image/segmentation/class/encoded";
const FILE_NAME = "image/filename";

const SHARD = /^(.+)-(\d{5})-of-(\d{5})(\.tfrecords?)?$/;
const ALONE = /\.tfrecords?$/;

interface Shard {
  readonly split: string;
  readonly path: string;
  readonly index: number;
  /** How many there should be; 1 for a file that does not say. */
  readonly of: number;
}

/** Whether a tree holds such shards. */
export function hasTfRecords(tree: FileTree): boolean {
  return shardsIn(tree).length > 0;
}

/** A data set of all shards in a tree. */
export function tfRecordDataset(tree: FileTree): Dataset {
  const shards = shardsIn(tree);
  return {
    layout: "tfrecord",
    splits: inUsualOrder([...new Set(shards.map(({split}) => split))]),
    unpaired: {photos: [], masks: []},
    read: (name) =>
      readShards(
        tree,
        name,
        shards.filter(({split}) => split === name)
      )
  };
}

function shardsIn({paths}: FileTree): Shard[] {
  return paths.flatMap((path): Shard[] => {
    const [, split, index, of] = SHARD.exec(nameOf(path)) ?? [];
    if (split !== undefined) return [{split, path, index: Number(index), of: Number(of)}];
    return ALONE.test(path) ? [{split: stemOf(path), path, index: 0, of: 1}] : [];
  });
}

async function readShards(tree: FileTree, split: string, shards: readonly Shard[]): Promise<Split> {
  const items: LabelledPhoto[] = [];
  const faults = missingShards(split, shards);
  for (const {path} of [...shards].sort((a, b) => a.path.localeCompare(b.path))) {
    let index = 0;
    for await (const {start, end, bytes} of tfRecords((range) => tree.read(path, range), path)) {
      const called = `Record ${++index} of ${path}`;
      const example = readExample(bytes, called);
      const lacking = [PHOTO, MASK].find((feature) => !bytesOf(example, feature));
      if (lacking !== undefined) {
        faults.push(`${called} has no ${lacking}; it has ${Object.keys(example).sort().join(", ") || "nothing"}.`);
        continue;
      }
      const name = bytesOf(example, FILE_NAME);
      const id = name ? stemOf(new TextDecoder().decode(name).replaceAll("\\", "/")) : `${stemOf(path)} ${index}`;
      // Kept are places alone: a data set may be larger than memory.
      const part = (feature: string): SourceFile => ({
        name: `${feature} of ${id} (record ${index} of ${path})`,
        bytes: async () => bytesOf(readExample(await tree.read(path, {start, end}), called), feature)!
      });
      items.push({id, photo: part(PHOTO), labels: part(MASK)});
    }
  }
  if (items.length === 0 && faults.length === 0) throw new Error(`The records ${split} are empty.`);
  return {name: split, items, faults};
}

/** A sentence for what the names of shards promise and the folder lacks. */
function missingShards(split: string, shards: readonly Shard[]): string[] {
  const of = Math.max(...shards.map((shard) => shard.of));
  const folder = folderOf(shards[0]!.path);
  const missing = Array.from({length: of}, (_, index) => index).filter((index) => !shards.some((shard) => shard.index === index));
  const named = missing.slice(0, 3).map((index) => `${split}-${padded(index)}-of-${padded(of)}`);
  if (missing.length === 0) return [];
  return [
    `Of the ${of} shards of ${split} ${missing.length === 1 ? "one is" : `${missing.length} are`} missing${folder && ` in ${folder}`}: ` +
      `${named.join(", ")}${missing.length > named.length ? ", ..." : ""}.`
  ];
}

function padded(index: number): string {
  return String(index).padStart(5, "0");
}

function bytesOf(example: Example, feature: string): Uint8Array | undefined {
  const value = example[feature];
  return value && "bytes" in value ? value.bytes[0] : undefined;
}

/** A photo and its mask as a record holds them. */
export interface RecordedPhoto {
  readonly id: string;
  readonly photo: Uint8Array;
  readonly photoFormat: "jpeg" | "png";
  /** A PNG file whose pixels are class ids; the release's scripts write grey ones without a palette. */
  readonly mask: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One record of a shard, framed, with the features that the release's own scripts write. */
export function writeRecord({id, photo, photoFormat, mask, width, height}: RecordedPhoto): Uint8Array {
  const text = (value: string) => ({bytes: [new TextEncoder().encode(value)]});
  return writeTfRecord(
    writeExample({
      [PHOTO]: {bytes: [photo]},
      [FILE_NAME]: text(id),
      "image/format": text(photoFormat),
      "image/height": {integers: [height]},
      "image/width": {integers: [width]},
      "image/channels": {integers: [3]},
      [MASK]: {bytes: [mask]},
      "image/segmentation/class/format": text("png")
    })
  );
}

/** The name of a shard. @param index from 0 */
export function shardName(split: string, index: number, of: number): string {
  return `${split}-${padded(index)}-of-${padded(of)}.tfrecord`;
}
