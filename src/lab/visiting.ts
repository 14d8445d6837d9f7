import type {ModelFacts} from "../engine/model.js";
import {keptAs} from "../site.js";

/*
 * Models that found no room in this browser, or that it may not keep. They are here as long as the page that read them is open, at
 * addresses that the browser gives; a note of them tells the site's other pages. Where no note can be left, those pages know that this one
 * opened: they look at what it holds.
 */

/** A model that is not kept; its id is the address of its file. */
export interface Visitor extends ModelFacts {
  readonly id: string;
  readonly title: string;
}

const KEY = keptAs("deeplab-workbench/visiting");

/** Under this name a page's window holds those that it read. */
const HELD = "modelsVisiting";
type Holder = {[HELD]?: readonly Visitor[]};

/** Whether an id is that of a model that is not kept. */
export function isVisiting(id: string): boolean {
  return id.startsWith("blob:");
}

/** Those that are here, in any page of the site. */
export function visiting(): Visitor[] {
  const known = noted();
  return [...known, ...ofOpener().filter(({id}) => !known.some((visitor) => visitor.id === id))];
}

/** Lets a model stay while this page is open. */
export function welcome({title, facts}: {readonly title: string; readonly facts: ModelFacts}, file: Blob): Visitor {
  const visitor = {...facts, title, id: URL.createObjectURL(file)};
  hold([...held(globalThis), visitor]);
  note([...noted(), visitor]);
  return visitor;
}

/** Ends the stay of these. */
export function farewell(visitors: readonly Visitor[]): void {
  const without = (some: readonly Visitor[]) => some.filter(({id}) => !visitors.some((visitor) => visitor.id === id));
  for (const {id} of visitors) URL.revokeObjectURL(id);
  hold(without(held(globalThis)));
  note(without(noted()));
}

/** Those that pages of this browser noted. */
export function noted(): Visitor[] {
  try {
    const noted: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(noted) ? (noted as Visitor[]).filter(({id, classes}) => isVisiting(id) && Array.isArray(classes)) : [];
  } catch {
    return [];
  }
}

/** Those of the page that opened this one. */
function ofOpener(): readonly Visitor[] {
  try {
    return held(opener);
  } catch {
    // A page of another origin lets nobody look at it.
    return [];
  }
}

function held(page: unknown): readonly Visitor[] {
  return (page as Holder | null)?.[HELD] ?? [];
}

function hold(visitors: readonly Visitor[]): void {
  (globalThis as Holder)[HELD] = visitors;
}

/** A browser that keeps no note for this site has them on this page, and on those that it opens. */
function note(visitors: readonly Visitor[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(visitors));
  } catch {
    // Storage is full or forbidden.
  }
}
