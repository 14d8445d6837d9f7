import {isKeptId, keptId} from "../shelf/kept-address.js";
import {keptModels} from "../shelf/shelf.js";
import type {Table} from "./state.js";

/** Keys of the address that name a model. */
export const MODEL_KEYS = ["model", "b-model"];

/**
 * What to say where an address names a model that is not here.
 *
 * @returns null where every model that it names is here
 */
export async function missingModel(table: Table, query: URLSearchParams, listed = keptModels): Promise<string | null> {
  for (const {key, parse} of Object.values(table)) {
    const id = MODEL_KEYS.includes(key) ? query.get(key) : null;
    if (!id || parse(id) !== undefined) continue;
    if (!isKeptId(id))
      return `The address names a model (${id}) that is not on this site, or cannot be used on this page: another one stands in.`;
    const now = (await listed()).find(({formerly}) => formerly?.some((each) => keptId(each) === id));
    return now
      ? `The address names “${now.title}” as it was (${id}) before you answered otherwise what its file left open: another one stands in. As you answered it is ${keptId(now.sha256)}: choose it.`
      : `The address names a model by its content (${id}) that is not kept in this browser, or cannot be used on this page: another one stands in. Whoever has its file can add it on the page Models.`;
  }
  return null;
}
