import {html} from "htl";

/** A button that lets the reader write another name in its place. */
export function renaming({title, onRename}: {readonly title: string; onRename(title: string): void}): HTMLElement {
  const start = html`<button type="button" aria-label=${`Rename ${title}`} onclick=${() => show(true)}>Rename</button>` as HTMLElement;
  const name = html`<input type="text" maxlength="80" aria-label=${`New name of ${title}`} />` as HTMLInputElement;
  const form = html`<form class="model-rename" onsubmit=${(event: Event) => {
    event.preventDefault();
    const wanted = name.value.trim();
    if (wanted && wanted !== title) onRename(wanted);
    else show(false);
  }} onkeydown=${(event: KeyboardEvent) => {
    // A handler that gives back false would take the key from the field.
    if (event.key === "Escape") show(false);
  }}>
    ${name}<button type="submit">Save</button><button type="button" onclick=${() => show(false)}>Cancel</button></form>` as HTMLElement;
  const place = html`<span class="model-naming">${start}</span>` as HTMLElement;
  const show = (isNaming: boolean) => {
    name.value = title;
    place.replaceChildren(isNaming ? form : start);
    (isNaming ? name : start).focus();
    if (isNaming) name.select();
  };
  return place;
}
