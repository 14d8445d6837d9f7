import type {ModelFacts} from "../engine/model.js";
import {keptAs} from "../site.js";

/*
 * Models that found no room in this browser. They are here as long as the page that read them is open, at addresses that the browser gives;
 * a note of them tells the site's other pages.
 */

/** A model that is not kept; its id is the address of its file. */
export interface Visitor extends ModelFacts {
  readonly id: string;
  readonly title: string;
}

const KEY = keptAs("deeplab-workbench/visiting");

/** Whether an id is that of a model that is not kept. */
export function isVisiting(id: string): boolean {
  return id.startsWith("blob:");
}

/** Those that are here, in any page of the site. */
export function visiting(): Visitor[] {
  try {
    const noted: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(noted) ? (noted as Visitor[]).filter(({id, classes}) => isVisiting(id) && Array.isArray(classes)) : [];
  } catch {
    return [];
  }
}

/** Lets a model stay while this page is open. */
export function welcome({title, facts}: {readonly title: string; readonly facts: ModelFacts}, file: Blob): Visitor {
  const visitor = {...facts, title, id: URL.createObjectURL(file)};
  note([...visiting(), visitor]);
  return visitor;
}

/** Ends the stay of these. */
export function farewell(visitors: readonly Visitor[]): void {
  for (const {id} of visitors) URL.revokeObjectURL(id);
  note(visiting().filter(({id}) => !visitors.some((visitor) => visitor.id === id)));
}

/** A browser that keeps no note for this site has them on this page alone. */
function note(visitors: readonly Visitor[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(visitors));
  } catch {
    // Storage is full or forbidden.
  }
}
