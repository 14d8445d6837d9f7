import {FormatError} from "../formats/format-error.js";
import {filesOfTarGz} from "../formats/tar.js";
import type {TarFiles} from "../formats/tar.js";
import type {Origin} from "./origin.js";

/** File that the release's archives hold the network in. */
export const FROZEN_GRAPH = "frozen_inference_graph.pb";

/**
 * The model in a .tar.gz as the release packs it: the frozen graph, which says all of its network, or else the .index of the checkpoint
 * with the most steps. What it needs beside it is taken out of the archive when it is asked for.
 *
 * @throws FormatError where the archive is damaged or holds neither
 */
export async function modelInArchive({bytes}: Pick<Origin, "bytes">): Promise<Origin> {
  // A Mac adds files of its own, whose names begin with a dot.
  const isIndex = (name: string) => name.endsWith(".index") && !name.startsWith(".");
  const {names, files} = await filesOfTarGz(bytes, (name) => name === FROZEN_GRAPH || isIndex(name));
  const indexes = [...files.keys()].filter(isIndex).sort((a, b) => stepOf(b) - stepOf(a));
  const name = files.has(FROZEN_GRAPH) ? FROZEN_GRAPH : indexes[0];
  if (name === undefined) {
    throw new FormatError(
      `The archive holds neither ${FROZEN_GRAPH} nor the .index of a checkpoint; it holds ${names.slice(0, 5).join(", ") || "nothing"}.`
    );
  }
  return {name, bytes: files.get(name)!, beside: name === FROZEN_GRAPH ? nothingBeside : besideIn(bytes, name)};
}

/** A frozen graph needs nothing, so that its archive need not stay in memory. */
async function nothingBeside(relative: string): Promise<never> {
  throw new FormatError(`A frozen graph is whole: it needs no ${relative}.`);
}

function besideIn(archive: Uint8Array, index: string): Origin["beside"] {
  const base = index.replace(/\.index$/, ".");
  let all: Promise<TarFiles> | null = null;
  return async (relative) => {
    // All in one go: to unpack the archive for each of many files would take that many times as long.
    all ??= filesOfTarGz(archive, (name) => name.startsWith(base) && name !== index);
    const found = (await all).files.get(relative);
    if (!found) throw new FormatError(`The archive holds ${index}, but no ${relative} to go with it.`);
    return found;
  };
}

/** The step of training at which a checkpoint was written. */
function stepOf(index: string): number {
  return Number(/-(\d+)\.index$/.exec(index)?.[1] ?? 0);
}
