import {storeOf} from "../shelf/database.js";

/** What photo the reader works with, kept from page to page in this browser and nowhere else. */

/** Stands for a photo of the reader's own, which no address can name. */
export const OWN = "own";

export interface RememberedPhoto {
  /** Id of a sample, or `OWN`. */
  readonly sample: string;
  /** Address of a photo elsewhere, instead; empty for none. */
  readonly address: string;
}

/** Where the choice is kept; the head of each page looks there too. */
export const CHOICE_KEY = "deeplab-workbench/photo";
const ask = storeOf("deeplab-workbench", "photos");

/** The choice of the page before, if there was any. */
export function rememberedPhoto(): Partial<RememberedPhoto> {
  try {
    const {sample, address} = JSON.parse(localStorage.getItem(CHOICE_KEY) ?? "{}") as Partial<RememberedPhoto>;
    return typeof sample === "string" && typeof address === "string" ? {sample, address} : {};
  } catch {
    return {};
  }
}

/** Remembers a choice. A browser that keeps nothing for this site starts each page with its default, which is no error. */
export function rememberPhoto(choice: RememberedPhoto): void {
  try {
    localStorage.setItem(CHOICE_KEY, JSON.stringify(choice));
  } catch {
    // Storage is full or forbidden.
  }
}

/** Keeps the reader's own photo in the browser's database. */
export async function keepOwnPhoto(blob: Blob, name: string): Promise<void> {
  try {
    await ask("readwrite", (store) => store.put({blob, name}, OWN));
  } catch {
    // No database here, as in some private windows: the photo stays on this page only.
  }
}

/** The reader's own photo, or null where none is kept. */
export async function ownPhoto(): Promise<{blob: Blob; name: string} | null> {
  try {
    return ((await ask("readonly", (store) => store.get(OWN))) as {blob: Blob; name: string} | undefined) ?? null;
  } catch {
    return null;
  }
}
