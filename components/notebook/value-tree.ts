import {html} from "htl";

/** A value in words, and what is in it. */
export interface TreeValue {
  readonly text: string;
  readonly entries?: readonly {readonly name: string; readonly value: TreeValue}[];
  /** How many more entries there are than are told. */
  readonly more?: number;
}

/** A value that opens to show what is in it. */
export function valueTree({text, entries = [], more = 0}: TreeValue): HTMLElement {
  if (entries.length === 0) return html`<span class="value-leaf">${text}</span>` as HTMLElement;
  const tree = html`<details class="value-tree"><summary>${text}</summary></details>` as HTMLDetailsElement;
  // Made when it is opened: most never are.
  tree.addEventListener("toggle", () => tree.append(listOf(entries, more)), {once: true});
  return tree;
}

function listOf(entries: NonNullable<TreeValue["entries"]>, more: number): Node {
  return html`<ul>${entries.map(({name, value}) => html`<li><span class="quiet">${name}:</span> ${valueTree(value)}</li>`)}${
    more > 0 ? html`<li class="quiet">… ${more} more</li>` : null
  }</ul>` as Node;
}
