import {html, svg} from "htl";

/** What the reader sets of a layer. */
export interface StackedLayer {
  readonly kernel: number;
  readonly stride: number;
  readonly rate: number;
}

/** A layer of a stack, and what one cell behind it sees along a side. */
export interface StackRow extends StackedLayer {
  /** Pixels from the first to the last that it sees. */
  readonly extent: number;
  /** Pixels from one cell to the next. */
  readonly jump: number;
  /** The first pixel that the first cell sees; below 0 it lies in the padding. */
  readonly start: number;
  /** In how many ways each of those pixels reaches it; 0 is a hole. */
  readonly paths: ArrayLike<number>;
  readonly holes: number;
}

export interface LayerStack extends HTMLElement {
  update(rows: readonly StackRow[]): void;
}

/** The number of a pixel; those in the padding have a minus. */
export function pixelText(pixel: number): string {
  return String(pixel).replace("-", "−");
}

const PARTS = ["kernel", "stride", "rate"] as const;
type Part = (typeof PARTS)[number];
const NEW: StackedLayer = {kernel: 3, stride: 1, rate: 1};

/**
 * A stack of layers that the reader writes: a row a layer, with its numbers, what one cell behind it sees, and the squares of the first two
 * cells as they lie on the input, holes left out.
 *
 * @param options.limits the largest of each number
 * @param options.most layers at most
 * @param options.onChange called with a stack that is wanted; gives back what is wrong with it, or null where it is taken
 */
export function layerStack({
  limits,
  most,
  onChange
}: {
  readonly limits: StackedLayer;
  readonly most: number;
  onChange(layers: readonly StackedLayer[]): string | null;
}): LayerStack {
  const list = html`<ol aria-label="Layers of the stack"></ol>` as HTMLElement;
  const axis = html`<div class="stack-axis" aria-hidden="true"></div>` as HTMLElement;
  const note = html`<p class="hint stack-wrong" aria-live="polite"></p>` as HTMLElement;
  const add =
    html`<button type="button" onclick=${() => change([...layers, NEW], layers.length, "kernel")}>Add to the stack</button>` as HTMLButtonElement;
  const head = html`<div class="stack-head" aria-hidden="true"><span></span><span>Kernel</span><span>Stride</span><span>Rate</span><span></span><span>One cell behind it</span><span>Its first two cells on the input</span></div>`;
  const view =
    html`<div class="layer-stack"><div class="stack-grid">${head}${list}${axis}<div class="stack-foot">${add}${note}</div></div></div>` as LayerStack;
  const rows: Row[] = [];
  let layers: readonly StackedLayer[] = [];

  /** Asks for a stack, and leaves the focus with what was pressed, wherever that went. */
  function change(next: readonly StackedLayer[], row: number, target: string): boolean {
    const wrong = onChange(next);
    note.textContent = wrong ?? "";
    if (wrong === null) rows[Math.min(row, rows.length - 1)]?.focus(target);
    return wrong === null;
  }
  const moved = (from: number, to: number) => {
    const next = [...layers];
    next.splice(to, 0, ...next.splice(from, 1));
    return next;
  };

  function rowAt(index: number): Row {
    return stackRow(index, limits, {
      onSet: (part, value) => change(layers.with(index, {...layers[index]!, [part]: value}), index, part),
      onMove: (by) => change(moved(index, index + by), index + by, by < 0 ? "up" : "down"),
      onRemove: () =>
        change(
          layers.filter((_, other) => other !== index),
          index,
          "remove"
        )
    });
  }

  view.update = (shown) => {
    layers = shown.map(({kernel, stride, rate}) => ({kernel, stride, rate}));
    note.textContent = "";
    while (rows.length > shown.length) rows.pop()!.element.remove();
    while (rows.length < shown.length) {
      const row = rowAt(rows.length);
      rows.push(row);
      list.append(row.element);
    }
    const from = Math.min(...shown.map(({start}) => start));
    const to = Math.max(...shown.map(({start, extent, jump}) => start + extent + jump));
    const before = (index: number) => (index === 0 ? {extent: 1, jump: 1} : shown[index - 1]!);
    shown.forEach((row, index) => rows[index]!.update(row, before(index), {from, to, rows: shown.length}));
    add.disabled = shown.length >= most;
    axis.replaceChildren(...[...new Set([from, 0, to])].map((pixel) => axisTick(pixel, from, to)));
  };
  return view;
}

interface Row {
  readonly element: HTMLElement;
  /** @param span first pixel and the end of what is drawn, and how many rows there are */
  update(row: StackRow, before: Pick<StackRow, "extent" | "jump">, span: {from: number; to: number; rows: number}): void;
  focus(target: string): void;
}

function stackRow(
  index: number,
  limits: StackedLayer,
  {onSet, onMove, onRemove}: {onSet(part: Part, value: number): boolean; onMove(by: -1 | 1): void; onRemove(): void}
): Row {
  const layer = `stack layer ${index + 1}`;
  const inputs = new Map(
    PARTS.map((part) => {
      const input = html`<input type="number" min="1" max=${limits[part]} step="1" aria-label=${`${part} of ${layer}`} onchange=${() =>
        input.setAttribute("aria-invalid", String(!onSet(part, input.valueAsNumber)))} />` as HTMLInputElement;
      return [part, input];
    })
  );
  const button = (text: string, name: string, act: () => void) =>
    html`<button type="button" aria-label=${`${name} ${layer}`} title=${`${name} ${layer}`} onclick=${act}>${text}</button>` as HTMLButtonElement;
  const buttons = {
    up: button("↑", "Move up", () => onMove(-1)),
    down: button("↓", "Move down", () => onMove(1)),
    remove: button("×", "Remove", onRemove)
  };
  const facts = html`<p class="stack-facts"></p>` as HTMLElement;
  const drawing = html`<svg aria-hidden="true" preserveAspectRatio="none"></svg>` as HTMLElement;
  const fields = PARTS.map((part) => html`<label class="stack-field"><span aria-hidden="true">${part}</span>${inputs.get(part)}</label>`);
  const element =
    html`<li><span class="stack-number">${index + 1}</span>${fields}<span class="stack-buttons">${Object.values(buttons)}</span>${facts}${drawing}</li>` as HTMLElement;
  return {
    element,
    update(row, before, {from, to, rows}) {
      for (const [part, input] of inputs) {
        input.value = String(row[part]);
        input.setAttribute("aria-invalid", "false");
      }
      buttons.up.disabled = index === 0;
      buttons.down.disabled = index === rows - 1;
      buttons.remove.disabled = rows === 1;
      facts.replaceChildren(...factsOf(row, before));
      drawing.setAttribute("viewBox", `${from} 0 ${to - from} 1`);
      drawing.replaceChildren(...fieldNodes(row, from));
    },
    focus(target) {
      const wanted = inputs.get(target as Part) ?? buttons[target as keyof typeof buttons];
      // At the end of its way a button is none any more; the way back is beside it.
      const usable = wanted.disabled ? Object.values(buttons).find(({disabled}) => !disabled) : wanted;
      usable?.focus();
    }
  };
}

/** What one cell sees, with the sum that it comes from. */
function factsOf({kernel, rate, extent, jump, start, holes}: StackRow, before: Pick<StackRow, "extent" | "jump">): Node[] {
  const pixels = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "pixel" : "pixels"}`;
  return [
    html`<span>sees <b>${pixels(extent)}</b> <span class="quiet">= ${before.extent} + (${kernel} − 1) · ${rate} · ${before.jump}</span></span> ` as Node,
    html`<span class="quiet">${holes === 0 ? "no hole" : html`<b>${holes.toLocaleString("en")} ${holes === 1 ? "hole" : "holes"}</b>`}; a cell ${jump === 1 ? "at each pixel" : `every ${pixels(jump)}`}, from ${pixelText(start)}</span>` as Node
  ];
}

/** The squares of the first cell and of the next, along a side: what is read of them, and what is left out, paler. */
function fieldNodes({extent, jump, start, paths}: StackRow, from: number): SVGElement[] {
  const read = runsOf(paths);
  return [
    svg`<rect class="stack-padding" x=${from} y="0" width=${Math.max(0, -from)} height="1"></rect>` as SVGElement,
    ...[
      {at: start, top: 0.08, name: "first"},
      {at: start + jump, top: 0.56, name: "next"}
    ].flatMap(({at, top, name}) => [
      svg`<rect class=${`stack-reach ${name}`} x=${at} y=${top} width=${extent} height="0.38"></rect>` as SVGElement,
      svg`<path class=${`stack-read ${name}`} d=${read.map(([first, length]) => `M${at + first} ${top}h${length}v0.38h${-length}z`).join("")}></path>` as SVGElement
    ]),
    svg`<path class="stack-edge" d="M0 0V1" vector-effect="non-scaling-stroke"></path>` as SVGElement
  ];
}

/** Pixels that are read, as the first and how many follow each other. */
function runsOf(paths: ArrayLike<number>): (readonly [first: number, length: number])[] {
  const runs: [number, number][] = [];
  for (let pixel = 0; pixel < paths.length; pixel++) {
    if (paths[pixel] === 0) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === pixel) last[1]++;
    else runs.push([pixel, 1]);
  }
  return runs;
}

function axisTick(pixel: number, from: number, to: number): Node {
  const text = pixel === 0 ? "pixel 0" : pixelText(pixel);
  return html`<span style=${`left:${(100 * (pixel - from)) / (to - from)}%`}>${text}</span>` as Node;
}
