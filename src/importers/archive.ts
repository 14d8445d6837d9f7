import type {ArchiveFiles} from "../formats/archive.js";
import {FormatError} from "../formats/format-error.js";
import {filesOfTarGz} from "../formats/tar.js";
import {filesOfZip} from "../formats/zip-files.js";
import {isZip} from "../formats/zip.js";
import type {Origin} from "./origin.js";

/** What models begin in inside of archives. One network is often packed in several formats: the first of these is taken. */
const BEGINNINGS: readonly {readonly name: RegExp; readonly isWhole?: true}[] = [
  // It says all of its network.
  {name: /(^|\/)frozen_inference_graph\.pb$/, isWhole: true},
  {name: /\.tflite$/, isWhole: true},
  {name: /\.safetensors$/},
  {name: /\.onnx$/},
  {name: /(^|\/)model\.json$/},
  {name: /(\.pth|\.pt|(^|\/)pytorch_model\.bin)$/},
  {name: /\.pb$/},
  {name: /\.index$/},
  {name: /\.h5$/, isWhole: true}
];

export function isArchive(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b) || isZip(bytes);
}

/**
 * The model in a .tar.gz or zip file; of checkpoints that with the most steps. What it needs beside it is taken out of the archive when it
 * is asked for.
 *
 * @throws FormatError where the archive is damaged, or holds no model or several
 */
export async function modelInArchive({bytes}: Pick<Origin, "bytes">): Promise<Origin> {
  const {names, files} = await unpack(bytes, (path) => BEGINNINGS.some(({name}) => name.test(path)) && !isHidden(path));
  for (const {name, isWhole} of BEGINNINGS) {
    const found = [...files.keys()].filter((path) => name.test(path));
    if (found.length === 0) continue;
    const path = onlyOf(found);
    return {name: baseOf(path), bytes: files.get(path)!, beside: isWhole ? nothingBeside : besideIn(bytes, path)};
  }
  throw new FormatError(
    `The archive holds no model that is known here; it holds ${
      names
        .filter((name) => !isHidden(name))
        .slice(0, 5)
        .join(", ") || "nothing"
    }.`
  );
}

function unpack(bytes: Uint8Array, wanted: (path: string) => boolean): Promise<ArchiveFiles> {
  return isZip(bytes) ? filesOfZip(bytes, wanted) : filesOfTarGz(bytes, wanted);
}

/** Of several checkpoints the one with the most steps; of other files there may be one. */
function onlyOf(paths: readonly string[]): string {
  const [path = ""] = paths.toSorted((a, b) => stepOf(b) - stepOf(a));
  if (paths.length === 1 || path.endsWith(".index")) return path;
  throw new FormatError(`The archive holds ${paths.length} models: ${paths.slice(0, 5).join(", ")}. Unpack it and give one of them.`);
}

/** Its archive need not stay in memory. */
async function nothingBeside(relative: string): Promise<never> {
  throw new FormatError(`This model is whole: it needs no ${relative}.`);
}

function besideIn(archive: Uint8Array, path: string): Origin["beside"] {
  const folder = path.slice(0, -baseOf(path).length);
  // A folder of training may hold many checkpoints.
  const start = path.endsWith(".index") ? path.replace(/\.index$/, ".") : folder;
  let all: Promise<ArchiveFiles> | null = null;
  return async (relative) => {
    // All in one go: to unpack the archive for each of many files would take that many times as long.
    all ??= unpack(archive, (name) => name.startsWith(start) && name !== path && !isHidden(name));
    const found = (await all).files.get(folder + relative);
    if (!found) throw new FormatError(`The archive holds ${baseOf(path)}, but no ${relative} to go with it.`);
    return found;
  };
}

/** A Mac adds files of its own, whose names begin with a dot. */
function isHidden(path: string): boolean {
  return baseOf(path).startsWith(".");
}

function baseOf(path: string): string {
  return path.split("/").at(-1)!;
}

/** The step of training at which a checkpoint was written. */
function stepOf(index: string): number {
  return Number(/-(\d+)\.index$/.exec(index)?.[1] ?? 0);
}
