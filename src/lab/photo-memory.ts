import {storeOf} from "../shelf/database.js";
import {keptAs} from "../site.js";

/** What photo the reader works with, kept from page to page in this browser and nowhere else. */

/** Stands for a photo of the reader's own, which no address can bring. */
export const OWN = "own";

export interface RememberedPhoto {
  /** Id of a sample, or `OWN`. */
  readonly sample: string;
  /** Address of a photo elsewhere, instead; empty for none. */
  readonly address: string;
  /** Which of the reader's own photos; empty for the one that was brought last. */
  readonly own: string;
}

/** Whether two choices are of the same photo. */
export function isSamePhoto(one: RememberedPhoto, other: RememberedPhoto): boolean {
  return one.sample === other.sample && one.address === other.address && one.own === other.own;
}

const NOTHING: RememberedPhoto = {sample: "", address: "", own: ""};

/** Where the choice is kept: of this tab, and of the last tab that chose; the head of each page looks there too. */
export const CHOICE_KEY = "deeplab-workbench/photo";
const KEY = keptAs(CHOICE_KEY);
/** So many of the reader's own photos are kept, the newest: a few tabs, and the way back in each. */
const KEPT = 24;
const ask = storeOf("deeplab-workbench", "photos");

/** The choice of the page before in this tab, or else in any. */
export function rememberedPhoto(): Partial<RememberedPhoto> {
  try {
    const kept = sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? "{}";
    const {sample, address, own = ""} = JSON.parse(kept) as Partial<RememberedPhoto>;
    return typeof sample === "string" && typeof address === "string" && typeof own === "string" ? {sample, address, own} : {};
  } catch {
    return {};
  }
}

/** Remembers a choice. A browser that keeps nothing for this site starts each page with its default, which is no error. */
export function rememberPhoto(choice: RememberedPhoto): void {
  try {
    const kept = JSON.stringify(choice);
    sessionStorage.setItem(KEY, kept);
    localStorage.setItem(KEY, kept);
  } catch {
    // Storage is full or forbidden.
  }
}

/**
 * Remembers what a page opened, as a link or an address said. What it begins with by itself was not chosen, and another page may begin
 * otherwise: then nothing is, and what another tab chooses from now on is not this one's either.
 *
 * @param usual what the page begins with
 */
export function rememberOpened(choice: RememberedPhoto, usual: RememberedPhoto): void {
  if (!isSamePhoto(choice, usual)) return rememberPhoto(choice);
  if (isSamePhoto({...NOTHING, ...rememberedPhoto()}, usual)) return;
  try {
    sessionStorage.setItem(KEY, "{}");
  } catch {
    // As above.
  }
}

/** An id for a photo of the reader's own: those that come later sort behind, and all behind the one that was kept as `OWN` once. */
export function newOwnId(): string {
  return `photo-${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 4).toString(36)}`;
}

/**
 * Keeps a photo of the reader's own in the browser's database, and lets the oldest go.
 *
 * @param own its id
 * @returns whether it is kept: there is no database in some private windows, or no room
 */
export async function keepOwnPhoto(own: string, blob: Blob, name: string): Promise<boolean> {
  try {
    await ask("readwrite", (store) => store.put({blob, name}, own));
    const keys = await ownKeys();
    if (keys.length > KEPT) await ask("readwrite", (store) => store.delete(IDBKeyRange.upperBound(keys.at(-KEPT - 1))));
    return true;
  } catch {
    return false;
  }
}

/** One of the reader's own photos, or null where it is not kept. @param own its id; empty for the newest */
export async function ownPhoto(own: string): Promise<{blob: Blob; name: string} | null> {
  try {
    const key = own === "" ? (await ownKeys()).at(-1) : own;
    if (key === undefined) return null;
    return ((await ask("readonly", (store) => store.get(key))) as {blob: Blob; name: string} | undefined) ?? null;
  } catch {
    return null;
  }
}

/** The oldest first. */
function ownKeys(): Promise<IDBValidKey[]> {
  return ask("readonly", (store) => store.getAllKeys());
}
