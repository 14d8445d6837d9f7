import {readFileSync} from "node:fs";
import path from "node:path";
import type {Plugin} from "rollup";
import {ROOT} from "./root.js";

/** The module that Framework makes of htl, and the one that was published. */
const MADE_OF_HTL = /\/_node\/htl@[^/]+\/index\.[^/]+$/;
const PUBLISHED = path.join(ROOT, "node_modules/htl/src/index.js");

/** Where htl writes `onclick="::1"` for a function, to find its place again. */
const INTO_ATTRIBUTE = 'string += "::" + j;';
/** Instead, what it writes where an element is given an object of attributes, of which a function is set as a property. */
const AS_OBJECT =
  'string = string.slice(0, attributeNameStart - strings[j - 1].length) + "::" + j + "=\'\'";\n' +
  "                arguments[j] = {[name]: value};";

/**
 * htl, which writes no handlers into markup: a page that forbids scripts in markup would report each of them.
 *
 * @throws Error where the package is another than this was written for
 */
export function htlWithoutInlineHandlers(source: string): string {
  const parts = source.split(INTO_ATTRIBUTE);
  if (parts.length !== 2) throw new Error("htl writes handlers otherwise than scripts/site/handlers.ts expects.");
  return parts.join(AS_OBJECT);
}

/** Lets bundles have that htl. */
export const withoutInlineHandlers: Plugin = {
  name: "without-inline-handlers",
  load: (id) => (MADE_OF_HTL.test(id) ? htlWithoutInlineHandlers(readFileSync(PUBLISHED, "utf8")) : null)
};
