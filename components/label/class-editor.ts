import {html} from "htl";
import {nextId} from "../fields/fields.js";

export interface EditedClass {
  readonly id: number;
  readonly name: string;
  /** As `#rrggbb`. */
  readonly colour: string;
  /** The key that chooses it; empty for none. */
  readonly shortcut: string;
  readonly canBeRemoved: boolean;
}

export interface ClassEditor extends HTMLElement {
  /** @param removed classes that can be brought back */
  update(classes: readonly EditedClass[], removed: readonly Pick<EditedClass, "id" | "name">[], chosen: number): void;
}

/** The classes that are drawn: one is chosen, and can be renamed, coloured and removed; others can be added. */
export function classEditor(options: {
  onChoose(id: number): void;
  onAdd(name: string): void;
  onRename(id: number, name: string): void;
  onColour(id: number, colour: string): void;
  onRemove(id: number): void;
  onBringBack(id: number): void;
}): ClassEditor {
  const {onChoose, onAdd, onRename, onColour, onRemove, onBringBack} = options;
  const group = nextId("class");
  let chosen = 0;
  let rows = new Map<number, {readonly element: HTMLElement; update(each: EditedClass, isChosen: boolean): void}>();

  const list = html`<div class="class-choices" role="radiogroup" aria-label="Class to draw"></div>` as HTMLElement;
  const added = html`<input type="text" aria-label="Name of a new class" placeholder="New class" autocomplete="off" />` as HTMLInputElement;
  const adding = html`<form class="class-new" onsubmit=${(event: Event) => {
    event.preventDefault();
    onAdd(added.value);
    added.value = "";
  }}>${added}<button type="submit">Add</button></form>` as HTMLElement;
  const name = html`<input type="text" autocomplete="off" onchange=${() => onRename(chosen, name.value)} />` as HTMLInputElement;
  const colour = html`<input type="color" oninput=${() => onColour(chosen, colour.value)} />` as HTMLInputElement;
  const remove = html`<button type="button" onclick=${() => onRemove(chosen)}>Remove</button>` as HTMLButtonElement;
  const changing = html`<div class="class-change">
    <label class="field"><span class="field-name">Name</span>${name}</label>
    <label class="field"><span class="field-name">Colour</span>${colour}</label>${remove}
  </div>`;
  const gone = html`<div class="class-gone"></div>` as HTMLElement;

  function row(id: number) {
    const input = html`<input type="radio" name=${group} onchange=${() => onChoose(id)} />` as HTMLInputElement;
    const swatch = html`<span class="swatch"></span>` as HTMLElement;
    const [words, key] = [html`<span class="class-name"></span>`, html`<kbd></kbd>`] as [HTMLElement, HTMLElement];
    return {
      element: html`<label class="class-choice">${input}<span>${swatch}${words}${key}</span></label>` as HTMLElement,
      update(each: EditedClass, isChosen: boolean) {
        input.checked = isChosen;
        swatch.style.background = each.colour;
        words.textContent = each.name;
        key.textContent = each.shortcut;
        key.hidden = each.shortcut === "";
      }
    };
  }

  const editor = html`<section class="panel class-editor"><h2>Classes</h2>${list}${adding}
    <details class="more"><summary>Change the chosen class</summary>${changing}</details>${gone}
  </section>` as HTMLElement as ClassEditor;
  editor.update = (classes, removed, id) => {
    chosen = id;
    const before = rows;
    rows = new Map(classes.map((each) => [each.id, before.get(each.id) ?? row(each.id)]));
    for (const each of classes) rows.get(each.id)!.update(each, each.id === chosen);
    if ([...before.keys()].join() !== [...rows.keys()].join()) list.replaceChildren(...[...rows.values()].map(({element}) => element));
    const now = classes.find((each) => each.id === chosen);
    // What is being written stays.
    if (now && document.activeElement !== name) name.value = now.name;
    if (now && document.activeElement !== colour) colour.value = now.colour;
    remove.disabled = !now?.canBeRemoved;
    gone.hidden = removed.length === 0;
    gone.replaceChildren(
      html`<span class="hint">Removed; their pixels are undecided:</span>`,
      ...removed.map(
        (each) =>
          html`<button type="button" aria-label=${`Bring back ${each.name}`} onclick=${() => onBringBack(each.id)}>${each.name} ↩</button>` as Node
      )
    );
  };
  return editor;
}
