import {html} from "htl";
import {nextId} from "./fields.js";

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly panel: HTMLElement;
}

export interface Tabs<Id extends string> extends HTMLElement {
  /** Opens a tab without calling `onSelect`. */
  show(id: Id): void;
}

/**
 * Panels of which one is open; arrow keys go along the row of tabs.
 *
 * @param options.label what the tabs are tabs of
 * @param options.beside what stands at the end of the row
 */
export function tabs<const Id extends string>({
  label,
  list,
  beside,
  onSelect
}: {
  readonly label: string;
  readonly list: readonly Tab<Id>[];
  readonly beside?: HTMLElement;
  onSelect(id: Id): void;
}): Tabs<Id> {
  const prefix = nextId("tab");
  const buttons = list.map(({id, title, panel}, index) => {
    panel.setAttribute("role", "tabpanel");
    panel.id = `${prefix}-panel-${id}`;
    panel.setAttribute("aria-labelledby", `${prefix}-${id}`);
    return html`<button type="button" role="tab" id=${`${prefix}-${id}`} aria-controls=${panel.id}
      onclick=${() => onSelect(id)} onkeydown=${(event: KeyboardEvent) => onKey(event, index)}>${title}</button>` as HTMLButtonElement;
  });
  const onKey = (event: KeyboardEvent, index: number) => {
    const steps: Readonly<Record<string, number>> = {ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: list.length - 1};
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + list.length) % list.length;
    buttons[next]!.focus();
    onSelect(list[next]!.id);
  };
  const element =
    html`<div class="tabs"><div class="tab-row"><div class="tab-list" role="tablist" aria-label=${label}>${buttons}</div>${beside ?? ""}</div>${list.map(({panel}) => panel)}</div>` as Tabs<Id>;
  element.show = (id) =>
    list.forEach((tab, index) => {
      const open = tab.id === id;
      tab.panel.hidden = !open;
      buttons[index]!.setAttribute("aria-selected", String(open));
      buttons[index]!.tabIndex = open ? 0 : -1;
    });
  element.show(list[0]!.id);
  return element;
}
