import {leadsOut} from "../formats/file-tree.js";
import {inShort} from "../in-short.js";
import {FormatError} from "../formats/format-error.js";
import type {Origin} from "./origin.js";

/** What names nothing, or as a part of an address something else than it says. */
const IS_OTHER_IN_ADDRESS = /^$|[?#]|%2e|%2f|%5c/i;

/**
 * A file that is given only what lies beside it, in its folder or in one within that: what it names may become an address.
 *
 * @returns whose `beside` and `open` throw a FormatError for what leads away
 */
export function withinFolder(origin: Origin): Origin {
  const checked = (relative: string) => {
    if (leadsOut(relative) || IS_OTHER_IN_ADDRESS.test(relative)) {
      throw new FormatError(
        `The file names "${inShort(relative, 100)}" as a part of it, which is not beside it: nothing outside of its own folder is read.`
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
