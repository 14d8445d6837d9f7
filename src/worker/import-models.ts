import {MODELS} from "../data/models/registry.js";
import {convert} from "../importers/convert.js";
import type {Converted} from "../importers/convert.js";
import {bytesOf, modelsAmong, titleOf} from "../importers/given-files.js";
import type {FoundModel} from "../importers/given-files.js";
import {modelFacts} from "../importers/model-facts.js";
import {readModel} from "../importers/model-file.js";
import {WHAT_IS_READ} from "../importers/recognise.js";
import {inShort} from "../in-short.js";
import {sha256} from "../formats/sha256.js";
import {openShelf} from "../shelf/shelf.js";
import type {KeptModel, Shelf} from "../shelf/shelf.js";
import {nameInAddress} from "../media/address-name.js";
import {OF_A_MODEL, fetchElsewhere} from "./elsewhere.js";
import type {Brought, Imported, Progress} from "./protocol.js";

/**
 * Imports the models among files, or the one at an address, and keeps each on the shelf, where the browser has one. One that cannot be read
 * does not keep the others from being. Nothing at all may be brought, too: then all that reading takes is loaded, and a later import needs
 * no network.
 *
 * @throws Error with a sentence where nothing can be fetched, or there is no model
 */
export async function importModels(brought: Brought, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Imported> {
  if ("files" in brought && brought.files.length === 0) return {kept: [], unkept: [], problems: []};
  const shelf = await openShelf();
  const {models, needed} =
    "address" in brought
      ? {models: [await fetched(brought.address, onProgress, signal)], needed: new Set<string>()}
      : await modelsAmong(brought.files);
  if (models.length === 0) throw new Error(`No model begins in what was given. ${WHAT_IS_READ}`);
  const kept: KeptModel[] = [];
  const unkept: Imported["unkept"][number][] = [];
  const problems = new Map<string, string>();
  for (const [index, model] of models.entries()) {
    const {name} = model;
    onProgress({stage: "import", fraction: index / models.length, message: `Reading ${name}`});
    // A moment in which a cancel is heard.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    try {
      const {said, file} = await imported(model, shelf, signal);
      // Whoever reads it may use it, whether or not there is room for it, or any at all.
      const leave = () => file && unkept.push({model: said, file});
      if (!shelf) leave();
      else {
        if (file) await shelf.keep(said, file).catch((error: unknown) => (leave(), Promise.reject(error as Error)));
        kept.push(said);
      }
    } catch (error) {
      signal.throwIfAborted();
      problems.set(name, `${name}: ${sentenceOf(error)}`);
    }
  }
  return {kept, unkept, problems: [...problems].filter(([name]) => !needed.has(name)).map(([, sentence]) => sentence)};
}

/** More than any sentence for a reader has; it may quote a file. */
const LONGEST_SENTENCE = 1000;

function sentenceOf(error: unknown): string {
  return inShort(error instanceof Error ? error.message : String(error), LONGEST_SENTENCE);
}

/** A model that was read: what is said of it, and its file; null where it is kept already. */
async function imported(found: FoundModel, shelf: Shelf | null, signal: AbortSignal): Promise<{said: KeptModel; file: Blob | null}> {
  const {title, isReleased, source, answers, converted} = await read(found, (await shelf?.list()) ?? []);
  const {bytes, questions} = await converted;
  const hash = await sha256(bytes);
  const before = await shelf?.find(hash);
  if (before) return {said: before.kept, file: null};
  const model = readModel(bytes);
  signal.throwIfAborted();
  const said: KeptModel = {
    sha256: hash,
    title,
    from: found.name,
    added: Date.now(),
    facts: modelFacts(model, bytes.length),
    source,
    // Its maker says what a released file does not.
    ...(!isReleased && questions.length > 0 && {questions}),
    ...(answers && {answers})
  };
  return {said, file: new Blob([bytes as BlobPart])};
}

interface Reading extends Pick<KeptModel, "answers"> {
  readonly title: string;
  readonly isReleased: boolean;
  readonly source: string;
  readonly converted: Promise<Converted>;
}

/**
 * Begins to convert a model. Nothing here holds the file meanwhile: once its values are read, it is let go of.
 *
 * @param all what is kept: a file that the reader was asked about is not asked about again
 */
async function read({name, open}: FoundModel, all: readonly KeptModel[]): Promise<Reading> {
  const origin = await open();
  const source = await sha256(origin.bytes);
  const known = MODELS.find(({release}) => release[0]?.sha256 === source);
  const title = known?.title ?? titleOf(name);
  const card = known
    ? {name: known.id, license: known.license, source: known.source, measured: known.published}
    : {name: title, license: "unknown: see the source", source: name, measured: ""};
  const answers = all.find((kept) => kept.source === source && kept.answers)?.answers;
  return {title, isReleased: known !== undefined, source, ...(answers && {answers}), converted: convert(origin, card, answers)};
}

/** The file at an address, and those beside it at addresses relative to it. */
async function fetched(address: string, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<FoundModel> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(`“${inShort(address, 200)}” is no address of a file: give one that begins with https://.`);
  const name = url.href;
  const content = new Blob([(await fetchFile(url, onProgress, signal)) as BlobPart]);
  const beside = (relative: string) => fetchFile(new URL(relative, url), onProgress, signal);
  return {name, open: async () => ({name, bytes: await bytesOf(content), beside})};
}

async function fetchFile(url: URL, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Uint8Array> {
  const message = `Fetching ${nameInAddress(url)}`;
  const report = (fraction: number | null, detail = "") => onProgress({stage: "download", fraction, message, detail});
  report(null);
  return (await fetchElsewhere(url, {limits: OF_A_MODEL, instead: "Download the file by hand, then drop it here.", report, signal})).bytes;
}
