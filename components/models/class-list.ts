import {html} from "htl";

export interface ListedClass {
  readonly id: number;
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
}

/** In which order classes are listed: as the network numbers them, or by their names. */
export type ClassOrder = "id" | "name";

export interface ClassList extends HTMLElement {
  update(classes: readonly ListedClass[]): void;
  /** Lists those alone whose names have this part, and opens where there is any; everything for an empty one. */
  find(part: string, order: ClassOrder): void;
}

/** The classes of a model with their colours, folded up until they are looked for or opened. */
export function classList(model: string): ClassList {
  const summary = html`<summary></summary>` as HTMLElement;
  // Long ones scroll, and so must be reached by keyboard.
  const list = html`<ul tabindex="0" aria-label=${`Classes of ${model}`}></ul>` as HTMLElement;
  const details = html`<details class="class-list">${summary}${list}</details>` as HTMLDetailsElement & ClassList;
  let all: readonly ListedClass[] = [];
  let [wanted, inOrder]: [string, ClassOrder] = ["", "id"];
  let openedByFinding = false;

  function show(): void {
    const found = all.filter(({name}) => name.toLowerCase().includes(wanted));
    const sorted = inOrder === "name" ? found.toSorted((a, b) => a.name.localeCompare(b.name)) : found;
    summary.textContent = wanted ? `${found.length} of ${all.length} classes` : `${all.length} classes`;
    list.replaceChildren(
      ...sorted.map(
        ({id, name, colour}) =>
          html`<li><span class="class-id">${id}</span><span class="swatch" style=${`background:${colour}`}></span>${name}</li>` as Node
      )
    );
    list.hidden = sorted.length === 0;
  }

  details.update = (classes) => {
    all = classes;
    show();
  };
  details.find = (part, order) => {
    [wanted, inOrder] = [part.trim().toLowerCase(), order];
    show();
    const isFound = wanted !== "" && !list.hidden;
    if (isFound && !details.open) details.open = openedByFinding = true;
    else if (!isFound && openedByFinding) details.open = openedByFinding = false;
  };
  return details;
}
