import {select} from "d3-selection";
// Gives selections their transitions.
import "d3-transition";
import {zoom as zoomBehaviour, zoomIdentity, zoomTransform} from "d3-zoom";
import type {D3ZoomEvent} from "d3-zoom";
import {html, svg} from "htl";
import {LABEL_LINE} from "./diagram-boxes.js";
import type {Box, Frame, Layout} from "./diagram-boxes.js";
import type {DiagramItem} from "./diagram-graph.js";
import {layoutNetwork, neighbour} from "./network-layout.js";
import type {DiagramGroup, Direction} from "./network-layout.js";

export interface NetworkDiagramContent {
  /** In an order in which each reads only what stands before it. */
  readonly items: readonly DiagramItem[];
  readonly groups: ReadonlyMap<string, DiagramGroup>;
  /** Whether every group is open, and not only the one of the selected item. */
  readonly open: boolean;
  /** Id of the selected item. */
  readonly selected: string;
}

export interface NetworkDiagram extends HTMLElement {
  update(content: NetworkDiagramContent): void;
}

const SCALES: [number, number] = [0.1, 4];
/** Scale below which labels cannot be read. */
const READABLE = 0.5;
/** Scale beyond which a network is not enlarged by itself. */
const LARGEST_START = 1.2;
const STEP = 1.5;
const DURATION = 220;

const KEYS: Readonly<Record<string, Direction>> = {ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down"};

/**
 * A network as boxes and links, to zoom and to pan. The wheel zooms only with Ctrl or ⌘ held and a finger that moves
 * up or down scrolls the page, so that nobody is trapped in it.
 *
 * @param options.controls shown beside the zoom's buttons
 * @param options.onSelect called with the id of the item that the reader chooses; of a closed group, its last
 */
export function networkDiagram({
  label,
  controls = [],
  onSelect
}: {
  readonly label: string;
  readonly controls?: readonly Node[];
  onSelect(id: string): void;
}): NetworkDiagram {
  const scene = svg`<g></g>` as SVGGElement;
  const drawing = html`<svg class="network-drawing" role="group" aria-label=${label}>${scene}</svg>` as unknown as SVGSVGElement;
  const frame = html`<div class="network-frame">${drawing}</div>` as HTMLElement;
  const element = html`<div class="network-diagram">
    <div class="network-toolbar">${controls}<div class="network-buttons" role="group" aria-label="Zoom">
      <button type="button" onclick=${() => zoomBy(STEP)}>Zoom in</button>
      <button type="button" onclick=${() => zoomBy(1 / STEP)}>Zoom out</button>
      <button type="button" onclick=${() => moved(() => fit())}>Fit</button>
    </div></div>
    ${frame}
  </div>` as NetworkDiagram;

  let content: NetworkDiagramContent | null = null;
  let layout: Layout | null = null;
  /** Whether the reader has moved the view, which then stays where it is. */
  let touched = false;
  /** The box that Tab leads to. */
  let current = "";

  const size = () => ({width: drawing.clientWidth || 1, height: drawing.clientHeight || 1});
  const behaviour = zoomBehaviour<SVGSVGElement, unknown>()
    .scaleExtent(SCALES)
    .clickDistance(4)
    .extent(() => [
      [0, 0],
      [size().width, size().height]
    ])
    .filter((event: Event) =>
      event instanceof WheelEvent ? event.ctrlKey || event.metaKey : !(event instanceof MouseEvent) || event.button === 0
    )
    .on("zoom", ({transform, sourceEvent}: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (sourceEvent) touched = true;
      scene.setAttribute("transform", String(transform));
      drawing.classList.toggle("far", transform.k < READABLE);
    });
  const view = select(drawing).call(behaviour).on("dblclick.zoom", null);
  /** The view, moving there slowly where motion is welcome. */
  const eased = () => view.transition().duration(matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : DURATION);
  leaveVerticalSwipes(frame);

  function moved(action: () => void): void {
    touched = true;
    action();
  }
  /** The scale that is on its way, so that a second press goes on from there and not from where the first has come to. */
  let goal: number | null = null;
  const zoomBy = (factor: number) =>
    moved(() => {
      const wanted = (goal ?? zoomTransform(drawing).k) * factor;
      goal = wanted;
      eased()
        .on("end interrupt", () => {
          if (goal === wanted) goal = null;
        })
        .call(behaviour.scaleTo, wanted);
    });

  function fitScale(bounds: Layout["bounds"]): number {
    const {width, height} = size();
    return Math.min(width / bounds.width, height / bounds.height, LARGEST_START);
  }
  function fit(): void {
    if (!layout) return;
    const {bounds} = layout;
    show(fitScale(bounds), bounds.x + bounds.width / 2, bounds.y + bounds.height / 2);
  }
  function show(scale: number, x: number, y: number): void {
    const {width, height} = size();
    view.call(
      behaviour.transform,
      zoomIdentity
        .translate(width / 2, height / 2)
        .scale(scale)
        .translate(-x, -y)
    );
  }
  /** The whole network where it can be read so, else a part around the selected box. */
  function start(): void {
    if (!layout || touched) return;
    const {bounds} = layout;
    const chosen = boxOf(content!.selected);
    if (fitScale(bounds) >= READABLE || !chosen) fit();
    else show(Math.min(LARGEST_START, Math.max(READABLE, size().height / bounds.height)), chosen.x, bounds.y + bounds.height / 2);
  }

  /** Brings a box into view where it is not. */
  function reveal({x, y, width, height}: Box): void {
    const [left, top] = zoomTransform(drawing).apply([x - width / 2, y - height / 2]);
    const [right, bottom] = zoomTransform(drawing).apply([x + width / 2, y + height / 2]);
    const outside = left < 0 || top < 0 || right > size().width || bottom > size().height;
    if (outside) view.call(behaviour.translateTo, x, y);
  }

  const boxOf = (item: string) => layout?.boxes.find(({members}) => members.some(({id}) => id === item));
  const elementOf = (id: string) => scene.querySelector<SVGGElement>(`[data-id="${CSS.escape(id)}"]`);

  function focus(box: Box): void {
    elementOf(current)?.setAttribute("tabindex", "-1");
    current = box.id;
    const target = elementOf(box.id);
    target?.setAttribute("tabindex", "0");
    target?.focus({preventScroll: true});
    reveal(box);
  }

  drawing.addEventListener("keydown", (event) => {
    if (!layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = KEYS[event.key];
    const next = direction
      ? neighbour(layout, current, direction)
      : event.key === "Home"
        ? layout.boxes[0]
        : event.key === "End"
          ? layout.boxes.at(-1)
          : undefined;
    if (next) focus(next);
    else if (event.key === "Enter" || event.key === " ") choose(current);
    else if (!direction) return;
    event.preventDefault();
  });
  function choose(id: string): void {
    const box = layout?.boxes.find((candidate) => candidate.id === id);
    if (!box) return;
    current = id;
    onSelect(box.members.at(-1)!.id);
  }

  element.update = (next) => {
    const isAnother = !content || content.open !== next.open || !sameIds(content.items, next.items);
    content = next;
    const chosenGroup = next.items.find(({id}) => id === next.selected)?.group ?? null;
    layout = layoutNetwork(next.items, next.groups, (group) => next.open || group === chosenGroup);
    const hadFocus = scene.contains(document.activeElement);
    const chosen = boxOf(next.selected);
    // What was in focus may be closed or opened now: then the chosen one is.
    if (hadFocus || !layout.boxes.some(({id}) => id === current)) current = chosen?.id ?? layout.boxes[0]!.id;
    draw(layout, chosen);
    if (isAnother) touched = false;
    start();
    if (hadFocus && chosen) focus(chosen);
  };

  function draw({boxes, links, frames}: Layout, chosen: Box | undefined): void {
    scene.replaceChildren(
      ...frames.map(drawFrame),
      ...links.map(({path, skip}) => svg`<path class=${skip ? "network-link network-skip" : "network-link"} d=${path}></path>`),
      ...boxes.map((box) => {
        const drawn = drawBox(box, box === chosen, box.id === current);
        drawn.addEventListener("click", () => choose(box.id));
        return drawn;
      }),
      ...boxes.flatMap(drawRemarks)
    );
  }

  // The size is known only once it stands on the page.
  new ResizeObserver(start).observe(drawing);
  return element;
}

function drawFrame({title, x, y, width, height}: Frame): SVGElement {
  return svg`<g class="network-group"><rect x=${x} y=${y} width=${width} height=${height} rx="5"></rect><text x=${x + 2} y=${y - 4}>${title}</text></g>`;
}

function drawBox({id, members, label, name, x, y, width, height, skips}: Box, isChosen: boolean, isCurrent: boolean): SVGElement {
  const {colour, hollow} = members.at(-1)!;
  const isClosed = members.length > 1;
  const [left, top] = [x - width / 2, y - height / 2];
  // Small boxes are hard to hit; what takes the pointer is larger.
  const target = {
    left: x - Math.max(width, 26) / 2,
    top: top - 3,
    width: Math.max(width, 26),
    height: height + 6 + label.length * LABEL_LINE
  };
  return svg`<g class=${`network-box${hollow && !isClosed ? " hollow" : ""}${isChosen ? " chosen" : ""}`} data-id=${id} role="button" tabindex=${isCurrent ? 0 : -1} aria-pressed=${String(isChosen)} aria-label=${name} style=${`--colour:${colour}`}>
    <title>${name}</title>
    <rect class="network-target" x=${target.left} y=${target.top} width=${target.width} height=${target.height}></rect>
    ${isClosed ? svg`<rect class="network-behind" x=${left + 3} y=${top - 3} width=${width} height=${height} rx="2"></rect>` : null}
    <rect class="network-body" x=${left} y=${top} width=${width} height=${height} rx="2"></rect>
    ${isChosen ? svg`<rect class="network-ring" x=${left - 3} y=${top - 3} width=${width + 6} height=${height + 6} rx="4"></rect>` : null}
    ${skips ? svg`<path class="network-link network-skip" d=${`M${x - 11},${top - 4}c0,-12 22,-12 22,0`}></path>` : null}
    <text x=${x} y=${lineAt({y, height}, 0)}>${label[0]}</text>
  </g>`;
}

/** The lines under a box's title, which its name says in other words. */
function drawRemarks({label, x, y, height}: Box): SVGElement[] {
  return label
    .slice(1)
    .map(
      (line, index) => svg`<text class="network-remark quiet" aria-hidden="true" x=${x} y=${lineAt({y, height}, index + 1)}>${line}</text>`
    );
}

function lineAt({y, height}: Pick<Box, "y" | "height">, line: number): number {
  return y + height / 2 + (line + 1) * LABEL_LINE + 1;
}

function sameIds(a: readonly DiagramItem[], b: readonly DiagramItem[]): boolean {
  return a.length === b.length && a.every(({id}, index) => id === b[index]!.id);
}

/** Keeps single-finger swipes up and down from the zoom, so that they scroll the page. */
function leaveVerticalSwipes(frame: HTMLElement): void {
  let from: {x: number; y: number} | null = null;
  let isVertical: boolean | null = null;
  const passive = {capture: true, passive: true};
  frame.addEventListener(
    "touchstart",
    ({touches}) => {
      from = touches.length === 1 ? {x: touches[0]!.clientX, y: touches[0]!.clientY} : null;
      isVertical = null;
    },
    passive
  );
  frame.addEventListener(
    "touchmove",
    (event) => {
      if (!from) return;
      const {clientX, clientY} = event.touches[0]!;
      isVertical ??= Math.abs(clientY - from.y) > Math.abs(clientX - from.x);
      if (isVertical) event.stopPropagation();
    },
    passive
  );
}
