import {megabytes} from "../../lab/quantities.js";
import {roomLeft} from "../../shelf/shelf.js";
import type {KeptModel, Shelf} from "../../shelf/shelf.js";

/** What kept models take and how much room there is, in sentences, and what to know of how they are kept here. */
export async function shelfNote(shelf: Shelf | null, kept: readonly KeptModel[]): Promise<string> {
  if (!shelf)
    return "This browser lets the site keep no files, as in some private windows: what you add is here as long as this page is open.";
  const left = await roomLeft();
  const room = left === null ? "" : ` The browser has room for ${left >= 1e9 ? `${(left / 1e9).toFixed(1)} GB` : megabytes(left)} more.`;
  const place =
    shelf.kind === "files"
      ? "They stay until you delete them, or clear this site's data; when the disk is full, the browser may clear them by itself."
      : "Here they are in the browser's database, for it gives this site no files (a private window, or an address without https): they may be gone when the window is closed.";
  const used = kept.reduce((sum, {facts}) => sum + facts.bytes, 0);
  return `${kept.length === 0 ? "None yet." : `Together they take ${megabytes(used)}.`}${room} ${place}`;
}
