import {html} from "htl";

export interface RunFacts extends HTMLElement {
  /** Rows of name and value; a value is text with its unit. */
  update(rows: readonly (readonly [name: string, value: string])[]): void;
}

/** A titled table of facts about a run. */
export function runFacts({title}: {title: string}): RunFacts {
  const list = html`<dl class="facts"></dl>` as HTMLElement;
  const panel = html`<section class="panel"><h2>${title}</h2>${list}</section>` as RunFacts;
  panel.update = (rows) => list.replaceChildren(...rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>` as Node));
  return panel;
}
