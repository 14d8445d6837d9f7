import {MODES} from "../../notebook/notebook.js";
import type {Mode, Notebook} from "../../notebook/notebook.js";
import {keptAs} from "../../site.js";

/** A notebook as it is kept in this browser. */
export interface SavedNotebook extends Notebook {
  /** Whether the reader let its cells run; those that came by a link or a file wait for that. */
  readonly isTrusted: boolean;
}

/** The notebooks that are kept in this browser, as they are typed. */
export interface SavedNotebooks {
  /** Ids and titles, in the order in which they were begun. */
  list(): {readonly id: string; readonly title: string}[];
  find(id: string): SavedNotebook | null;
  /** @throws Error with a sentence where there is no room */
  keep(id: string, notebook: SavedNotebook): void;
  remove(id: string): void;
  /** The one that was open last. */
  last(): string | null;
  opened(id: string): void;
  /** An id that none has yet. */
  newId(): string;
}

const PREFIX = `${keptAs("deeplab-workbench/notebook")}/`;
const LAST = keptAs("deeplab-workbench/notebook-open");
/** What ids of the reader's own begin with. */
const OWN = "own-";

/** Whether a notebook is the reader's own, and not a changed one of the site's. */
export function isOwn(id: string): boolean {
  return id.startsWith(OWN);
}

interface Written {
  readonly title: string;
  readonly isTrusted: boolean;
  readonly cells: readonly (readonly [Mode, string])[];
}

/** @param storage the browser's, which may be forbidden: then nothing is kept, and nothing found */
export function savedNotebooks(storage: () => Storage): SavedNotebooks {
  const reading = <T>(read: (store: Storage) => T, otherwise: T): T => {
    try {
      return read(storage());
    } catch {
      return otherwise;
    }
  };
  const ids = () =>
    reading((store) => Array.from({length: store.length}, (_, index) => store.key(index)!), [])
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length))
      .sort();
  const find = (id: string): SavedNotebook | null => {
    const written = reading((store) => JSON.parse(store.getItem(PREFIX + id) ?? "null") as Written | null, null);
    if (!written?.cells) return null;
    const {title, isTrusted} = written;
    const cells = written.cells.filter(([mode, text]) => MODES.includes(mode) && typeof text === "string");
    return {title: String(title), isTrusted, cells: cells.map(([mode, text], index) => ({id: index + 1, mode, text}))};
  };
  return {
    list: () => ids().flatMap((id) => (isOwn(id) ? [{id, title: find(id)?.title ?? id}] : [])),
    find,
    keep(id, {title, isTrusted, cells}) {
      const written: Written = {title, isTrusted, cells: cells.map(({mode, text}) => [mode, text])};
      try {
        storage().setItem(PREFIX + id, JSON.stringify(written));
      } catch (cause) {
        throw new Error(
          "These cells cannot be kept in this browser: it has no room for them, or keeps nothing here. Save them as a file.",
          {cause}
        );
      }
    },
    remove: (id) => reading((store) => store.removeItem(PREFIX + id), undefined),
    last: () => reading((store) => store.getItem(LAST), null),
    opened: (id) => reading((store) => store.setItem(LAST, id), undefined),
    newId() {
      const last = ids().findLast(isOwn)?.slice(OWN.length) ?? "0";
      return `${OWN}${String(Number(last) + 1).padStart(6, "0")}`;
    }
  };
}
