import {labelSets} from "../data/labels/index.js";
import type {Labels} from "../data/labels/index.js";
import type {ModelFacts} from "../engine/model.js";
import type {Answers, Question} from "../engine/questions.js";
import type {Folder} from "./folder.js";
import {openFolder} from "./open-folder.js";

/** A model that is kept in this browser, without its weights. */
export interface KeptModel {
  /**
   * Of its model file. What the reader calls it and its classes stands beside that; an answer that changes what it computes is written into
   * it, and then this is another: an address means always the same numbers.
   */
  readonly sha256: string;
  readonly title: string;
  /** Whether the reader gave it that title. */
  readonly isRenamed?: boolean;
  /** The file or address that it was read from. */
  readonly from: string;
  /** When it was kept, milliseconds since 1970. */
  readonly added: number;
  readonly facts: ModelFacts;
  /** Names and colours of its classes where the reader chose others than the file's: the id of a set of labels. */
  readonly labels?: string;
  /** Names of its classes that the reader wrote, instead. */
  readonly names?: readonly string[];
  /** SHA-256 of the file that it was made of: the same one is not asked about again. */
  readonly source?: string;
  /** What that file left open. */
  readonly questions?: readonly Question[];
  /** What the reader answered; missing until then. */
  readonly answers?: Answers;
  /** SHA-256 of its files before it was answered otherwise, which are gone. */
  readonly formerly?: readonly string[];
}

/** The models that are kept in this browser. Whatever fails, those that are there stay. */
export interface Shelf {
  readonly kind: Folder["kind"];
  /** The oldest first; what is damaged is left out. */
  list(): Promise<KeptModel[]>;
  /** By the beginning of its SHA-256; null where there is none. */
  find(prefix: string): Promise<{readonly kept: KeptModel; readonly file: Blob} | null>;
  /** Keeps a model, or what is said of one that is there. @throws Error with a sentence for the reader */
  keep(kept: KeptModel, file: Blob): Promise<void>;
  /** Changes what is said of a model. @throws Error with a sentence for the reader */
  change(kept: KeptModel): Promise<void>;
  remove(kept: KeptModel): Promise<void>;
}

const FOLDER = "models";
const FILE = ".safetensors";
const SAID = ".json";

/** The shelf of this browser, or null where it lets the site keep nothing. */
export async function openShelf(): Promise<Shelf | null> {
  const folder = await openFolder(FOLDER);
  return folder && shelfIn(folder);
}

/** What is kept in this browser; nothing where the shelf cannot be read, which takes no page with it. */
export async function keptModels(): Promise<readonly KeptModel[]> {
  return openShelf()
    .then((shelf) => shelf?.list() ?? [])
    .catch(() => []);
}

/** A shelf in a folder: a model is its file and, beside it, what is said of it. */
export function shelfIn(folder: Folder): Shelf {
  const change = (kept: KeptModel) => folder.write(kept.sha256 + SAID, new Blob([JSON.stringify(kept)]));

  async function list(): Promise<KeptModel[]> {
    const names = await folder.names();
    const said = names.filter((name) => name.endsWith(SAID) && names.includes(name.slice(0, -SAID.length) + FILE));
    const kept = await Promise.all(said.map(async (name) => parsed(await folder.read(name))));
    return kept.filter((each) => each !== null).sort((a, b) => a.added - b.added);
  }

  return {
    kind: folder.kind,
    list,
    async find(prefix) {
      const kept = (await list()).find(({sha256}) => sha256.startsWith(prefix));
      const file = kept && (await folder.read(kept.sha256 + FILE));
      return file ? {kept, file} : null;
    },
    async keep(kept, file) {
      const name = kept.sha256 + FILE;
      const wasThere = (await folder.names()).includes(name);
      await inWords(file.size, () => folder.write(name, file));
      try {
        await inWords(file.size, () => change(kept));
      } catch (error) {
        if (!wasThere) await folder.remove(name);
        throw error;
      }
    },
    change: (kept) => inWords(0, () => change(kept)),
    async remove({sha256}) {
      // What is said of it first: a file alone is listed nowhere.
      await folder.remove(sha256 + SAID);
      await folder.remove(sha256 + FILE);
    }
  };
}

/** Names and colours of a kept model's classes, as the reader chose or wrote them, or as its file has them. */
export function labelsOf({labels, names, facts}: KeptModel): Labels {
  if (names?.length === facts.classes.length) return {classes: names, palette: facts.palette};
  const chosen = labelSets(facts.classes.length).find(({id}) => id === labels);
  return {classes: (chosen ?? facts).classes, palette: (chosen ?? facts).palette};
}

/** Bytes that the browser would still give the site; null where it does not say. */
export async function roomLeft(): Promise<number | null> {
  const {quota, usage} = (await globalThis.navigator?.storage?.estimate?.().catch(() => null)) ?? {};
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

async function parsed(said: Blob | null): Promise<KeptModel | null> {
  try {
    const kept = JSON.parse((await said?.text()) ?? "null") as KeptModel | null;
    return kept && typeof kept.sha256 === "string" && Array.isArray(kept.facts.classes) ? kept : null;
  } catch {
    return null;
  }
}

async function inWords<T>(bytes: number, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as Error).name !== "QuotaExceededError")
      throw new Error(`The browser could not keep it: ${(error as Error).message}`, {cause: error});
    const needed = bytes > 0 ? `: ${(bytes / 1e6).toFixed(1)} MB are needed` : "";
    throw new Error(`This browser has no more room for this site${needed}. Nothing was lost; delete a kept model, then try again.`, {
      cause: error
    });
  }
}
