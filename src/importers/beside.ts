import {FormatError} from "../formats/format-error.js";
import type {Origin} from "./origin.js";

/** What a file could name that is not beside it: a host, a root, a folder above, or nothing. */
const LEADS_AWAY = /^[/\\]|^[a-z][a-z0-9+.-]*:|[\0?#]|(^|[/\\])\.\.([/\\]|$)|^$|%2e|%2f|%5c/i;

/**
 * A file that is given only what lies beside it, in its folder or in one within that: what it names may become an address.
 *
 * @returns whose `beside` and `open` throw a FormatError for what leads away
 */
export function withinFolder(origin: Origin): Origin {
  const checked = (relative: string) => {
    if (LEADS_AWAY.test(relative)) {
      const named = relative.length <= 100 ? relative : `${relative.slice(0, 100)}…`;
      throw new FormatError(
        `The file names "${named}" as a part of it, which is not beside it: nothing outside of its own folder is read.`
      );
    }
    return relative;
  };
  const {open, beside} = origin;
  return {
    ...origin,
    beside: async (relative) => beside(checked(relative)),
    ...(open && {open: async (relative: string) => open(checked(relative))})
  };
}
