/** What photo the reader works with, kept from page to page in this browser and nowhere else. */

/** Stands for a photo of the reader's own, which no address can name. */
export const OWN = "own";

export interface RememberedPhoto {
  /** Id of a sample, or `OWN`. */
  readonly sample: string;
  /** Address of a photo elsewhere, instead; empty for none. */
  readonly address: string;
}

const KEY = "deeplab-workbench/photo";
const DATABASE = "deeplab-workbench";
const STORE = "photos";

/** The choice of the page before, if there was any. */
export function rememberedPhoto(): Partial<RememberedPhoto> {
  try {
    const {sample, address} = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<RememberedPhoto>;
    return typeof sample === "string" && typeof address === "string" ? {sample, address} : {};
  } catch {
    return {};
  }
}

/** Remembers a choice. A browser that keeps nothing for this site starts each page with its default, which is no error. */
export function rememberPhoto(choice: RememberedPhoto): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Storage is full or forbidden.
  }
}

/** Keeps the reader's own photo in the browser's database. */
export async function keepOwnPhoto(blob: Blob, name: string): Promise<void> {
  try {
    await request("readwrite", (store) => store.put({blob, name}, OWN));
  } catch {
    // No database here, as in some private windows: the photo stays on this page only.
  }
}

/** The reader's own photo, or null where none is kept. */
export async function ownPhoto(): Promise<{blob: Blob; name: string} | null> {
  try {
    return ((await request("readonly", (store) => store.get(OWN))) as {blob: Blob; name: string} | undefined) ?? null;
  } catch {
    return null;
  }
}

async function request(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await settled(
    indexedDB.open(DATABASE, 1),
    (opening) => (opening.onupgradeneeded = () => opening.result.createObjectStore(STORE))
  );
  try {
    return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled<R extends IDBRequest>(request: R, prepare: (request: R) => void = () => {}): Promise<R["result"]> {
  return new Promise((resolve, reject) => {
    prepare(request);
    request.onsuccess = () => resolve(request.result as R["result"]);
    request.onerror = () => reject(request.error!);
  });
}
