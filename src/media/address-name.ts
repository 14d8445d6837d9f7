import {inShort} from "../in-short.js";

/** Characters of a name that are shown: an address may hold a whole file. */
const LONGEST = 80;

/** What the file at an address is called, for sentences. An address that holds the file itself has no name for it. */
export function nameInAddress(url: URL): string {
  if (url.protocol === "data:") return "the file in the address";
  return inShort(decoded(url.pathname.split("/").at(-1)!) || url.host, LONGEST);
}

/** A "%" that stands for itself leaves the text as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
