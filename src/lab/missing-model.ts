import {isKeptId} from "../shelf/kept-address.js";
import type {Table} from "./state.js";

/** Keys of the address that name a model. */
const KEYS = ["model", "b-model"];

/**
 * What to say where an address names a model that is not here, and so another one stands in.
 *
 * @param table the page's state table
 * @returns null where every model that it names is here
 */
export function missingModel(table: Table, query = new URLSearchParams(location.search)): string | null {
  for (const {key, parse} of Object.values(table)) {
    const id = KEYS.includes(key) ? query.get(key) : null;
    if (!id || parse(id) !== undefined) continue;
    return isKeptId(id)
      ? `The address names a model by its content (${id}) that is not kept in this browser, or cannot be used on this page: another one stands in. Whoever has its file can add it on the page Models.`
      : `The address names a model (${id}) that is not on this site, or cannot be used on this page: another one stands in.`;
  }
  return null;
}
