import {inShort} from "../in-short.js";
import {MODEL_KEYS, missingModel} from "./missing-model.js";
import type {PageShell} from "./page-shell.js";
import {queryFromState, unknownIn} from "./state.js";
import type {StateOf, Store, Table} from "./state.js";

/** Letters of a value that are said at most. */
const SAID = 40;

/**
 * Says so where an address asks for what is not here: a model, for which another stands in, or, until it says something else, values that
 * the page does not know.
 *
 * @param table the page's state table
 */
export function reportAddress<T extends Table>(
  {attempt, report}: Pick<PageShell, "attempt" | "report">,
  table: T,
  {listen}: Pick<Store<T>, "listen">
): void {
  // What it says now: it follows the state from here on.
  const query = new URLSearchParams(location.search);
  attempt("model", async () => {
    const missing = await missingModel(table, query);
    if (missing !== null) report(missing, "model");
  });
  const unknown = unknownInWords(table, query);
  if (unknown === null) return;
  report(unknown, "address");
  const saying = (state: StateOf<T>) => queryFromState(table, state).toString();
  listen((state, before) => {
    if (saying(state) !== saying(before)) report(null, "address");
  });
}

/** What to say where an address has values that a page does not know. @returns null where it knows them all */
export function unknownInWords(table: Table, query: URLSearchParams): string | null {
  const unknown = unknownIn(table, query).filter(([{key}]) => !MODEL_KEYS.includes(key));
  if (unknown.length === 0) return null;
  const said = new Intl.ListFormat("en").format(unknown.map(([{key}, value]) => `${key}=${inShort(value, SAID) || "nothing"}`));
  const wrong = unknown.flatMap(([parameter, value]) => parameter.wrong?.(value) ?? []);
  return [`The address says ${said}, which this page does not know: it shows what is usual instead.`, ...wrong].join(" ");
}
