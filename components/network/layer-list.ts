import {html} from "htl";

/** One end point of a network, as the list shows it. */
export interface LayerRow {
  readonly name: string;
  readonly shape: string;
  /** A value that says itself what it is has the name "". */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** CSS colour of the part of the network that it belongs to. */
  readonly colour: string;
  /** Its drawing's size, 0-1 of the largest: as high as the map, as wide as it has channels. */
  readonly glyph: {readonly height: number; readonly width: number};
  /** False where there is nothing to see. */
  readonly opens: boolean;
}

export interface LayerList extends HTMLElement {
  update(rows: readonly LayerRow[]): void;
  /** Marks the open one and scrolls it into the box's sight. */
  show(name: string | null): void;
}

interface Item {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  update(row: LayerRow): void;
}

/**
 * The end points of a network in order, to open one of them; a field above finds them by name. The list is one tab stop:
 * arrow keys, Home and End move in it.
 *
 * @param options.onOpen called with the name of the end point that the reader wants to see
 */
export function layerList({onOpen}: {onOpen(name: string): void}): LayerList {
  const filter =
    html`<input type="search" aria-label="Find by name" placeholder="Find by name, e.g. depthwise" autocomplete="off" spellcheck="false"
    oninput=${() => narrow()} onkeydown=${onFilterKey} />` as HTMLInputElement;
  const count = html`<p class="hint"></p>` as HTMLElement;
  const list = html`<ol class="layer-rows" aria-label="Layers" onkeydown=${onListKey}></ol>` as HTMLElement;
  const empty = emptyRow();
  const element = html`<div class="layer-list">${filter}${count}${list}</div>` as LayerList;
  let items = new Map<string, Item>();
  let open: string | null = null;

  const shown = () => [...items.values()].filter(({element}) => !element.hidden).map(({button}) => button);

  /** Hides the rows whose name lacks a word of the field. */
  function narrow(): void {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const [name, {element}] of items) element.hidden = !words.every((word) => name.toLowerCase().includes(word));
    const found = shown().length;
    const names = [...items].filter(([, {button}]) => !button.disabled).map(([name]) => name);
    if (found === 0 && items.size > 0)
      count.textContent = `No layer has “${filter.value.trim()}” in its name. Try ${either(lastParts(names))}.`;
    else
      count.textContent =
        found === items.size ? `${found} layers, in order. Open one to see its maps.` : `${found} of ${items.size} layers`;
    stopAt(items.get(open ?? "")?.button);
  }

  /** Makes one of the rows that are shown the tab stop: the one wanted, or else the first. */
  function stopAt(wanted: HTMLButtonElement | undefined): void {
    const buttons = shown();
    const stop = wanted && buttons.includes(wanted) ? wanted : buttons.find(({disabled}) => !disabled);
    for (const {button} of items.values()) button.tabIndex = button === stop ? 0 : -1;
  }

  function go(button: HTMLButtonElement | undefined): void {
    if (!button) return;
    stopAt(button);
    button.focus({preventScroll: true});
    keepInSight(button);
  }

  function onFilterKey(event: KeyboardEvent): void {
    const buttons = shown().filter(({disabled}) => !disabled);
    if (event.key === "ArrowDown") go(buttons[0]);
    else if (event.key === "Enter") buttons[0]?.click();
    else if (event.key === "Escape" && filter.value !== "") {
      filter.value = "";
      narrow();
    } else return;
    event.preventDefault();
  }

  function onListKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = shown().filter(({disabled}) => !disabled);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Readonly<Record<string, number>> = {ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: buttons.length - 1};
    const to = steps[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    // Up from the first row is the field.
    if (to < 0) filter.focus();
    else go(buttons[Math.min(to, buttons.length - 1)]);
  }

  /** Scrolls the list only, never the page. */
  function keepInSight(button: HTMLElement): void {
    const row = button.getBoundingClientRect();
    const box = list.getBoundingClientRect();
    if (row.top < box.top) list.scrollTop -= box.top - row.top;
    else if (row.bottom > box.bottom) list.scrollTop += row.bottom - box.bottom;
  }

  function mark(): void {
    for (const [name, {button}] of items) {
      if (name === open) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  element.update = (rows) => {
    const focused = [...items.values()].find(({button}) => button === document.activeElement)?.button;
    items = new Map(rows.map(({name}) => [name, items.get(name) ?? layerItem(empty.cloneNode(true) as HTMLElement, name, onOpen)]));
    for (const row of rows) items.get(row.name)!.update(row);
    const elements = [...items.values()].map(({element}) => element);
    if (elements.length !== list.children.length || elements.some((row, index) => row !== list.children[index]))
      list.replaceChildren(...elements);
    mark();
    narrow();
    // A row that was moved loses the keyboard's focus.
    if (focused?.isConnected && document.activeElement !== focused) go(focused);
  };
  element.show = (name) => {
    open = name;
    mark();
    const button = items.get(name ?? "")?.button;
    stopAt(button);
    if (button && !button.parentElement!.hidden) keepInSight(button);
  };
  narrow();
  return element;
}

/** The last few of a network's parts, by how the names of its end points begin. */
function lastParts(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.split("/")[0]!))].slice(-3);
}

/** Words as a choice between them. */
function either(words: readonly string[]): string {
  const quoted = words.map((word) => `“${word}”`);
  return [quoted.slice(0, -1).join(", "), ...quoted.slice(-1)].filter(Boolean).join(" or ");
}

/** Height and width of the largest glyph, in pixels. */
const GLYPH = {height: 34, width: 38};

/** The markup of a row. Networks have hundreds of them: it is parsed once, and copied. */
function emptyRow(): HTMLElement {
  return html`<li><button type="button"><span class="layer-glyph" aria-hidden="true"><span></span></span>
    <span class="layer-words"><span class="layer-name"><span class="quiet"></span></span> <span class="layer-shape"></span> <span class="layer-facts-line"></span></span></button></li>`;
}

/** @param element a copy of the empty row */
function layerItem(element: HTMLElement, name: string, onOpen: (name: string) => void): Item {
  const part = (selector: string) => element.querySelector<HTMLElement>(selector)!;
  const [button, box, shape, facts] = [
    part("button") as HTMLButtonElement,
    part(".layer-glyph > *"),
    part(".layer-shape"),
    part(".layer-facts-line")
  ];
  // The last part is what tells neighbours apart.
  const [, path, last] = /^(.*?)([^/]+)$/.exec(name)!;
  part(".quiet").textContent = path!;
  part(".layer-name").append(last!);
  button.onclick = () => onOpen(name);
  return {
    element,
    button,
    update(row) {
      button.disabled = !row.opens;
      shape.textContent = row.shape;
      facts.replaceChildren(...row.facts.flatMap(([fact, value]) => [span("", ...(fact ? [span("quiet", fact), " "] : []), value), " "]));
      box.style.cssText = `height:${Math.max(2, row.glyph.height * GLYPH.height)}px;width:${Math.max(3, row.glyph.width * GLYPH.width)}px;background:${row.colour}`;
    }
  };
}

function span(className: string, ...children: readonly (string | Node)[]): HTMLElement {
  const element = document.createElement("span");
  if (className) element.className = className;
  element.append(...children);
  return element;
}
