import {html, svg} from "htl";
import {LABEL_LINE} from "./diagram-boxes.js";
import type {Box, Frame, Layout} from "./diagram-boxes.js";
import {READABLE, diagramCamera} from "./diagram-camera.js";
import type {DiagramItem} from "./diagram-graph.js";
import {largestLayout, neighbour} from "./network-layout.js";
import type {DiagramGroup, Direction} from "./network-layout.js";
import {leaveVerticalSwipes} from "../page/vertical-swipes.js";

export interface NetworkDiagramContent {
  /** In an order in which each reads only what stands before it. */
  readonly items: readonly DiagramItem[];
  readonly groups: ReadonlyMap<string, DiagramGroup>;
  /** Whether every group is open, and not only the one of the selected item. */
  readonly open: boolean;
  /** Id of the selected item. */
  readonly selected: string;
  /** Width of the maps as a share of their height; 1 by default. */
  readonly aspect?: number;
}

export interface NetworkDiagram extends HTMLElement {
  /** The zoom's buttons and what was given beside them, to stand where there is room for them. */
  readonly tools: HTMLElement;
  update(content: NetworkDiagramContent): void;
  /** Shows a picture of each item's map. @param faces addresses of pictures, by item */
  picture(faces: ReadonlyMap<string, string>): void;
  /** Where the picture of an item lies on the screen; null where it is out of sight. */
  placeOf(item: string): DOMRect | null;
  /** Chooses the box under a pointer, once boxes are so large that who enlarges on means what is in them. */
  goInto(target: Element): void;
  /** Shows all of the network. */
  whole(): void;
  /** Gives the focus to the box of the selected item. */
  focusSelected(): void;
}

/** Scale from which on a pinch goes into a box. */
const INTO = 2;
const STEP = 1.5;

const KEYS: Readonly<Record<string, Direction>> = {ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down"};

/**
 * A network as boxes and links, to zoom and to pan. The wheel zooms only with Ctrl or ⌘ held and a finger that moves
 * up or down scrolls the page, so that nobody is trapped in it.
 *
 * @param options.controls shown beside the zoom's buttons
 * @param options.onSelect called with the id of the last item of a closed group that the reader chooses, which then opens
 * @param options.onEnter called with the id of the single item that the reader chooses
 */
export function networkDiagram({
  label,
  controls = [],
  onSelect,
  onEnter
}: {
  readonly label: string;
  readonly controls?: readonly Node[];
  onSelect(id: string): void;
  onEnter(id: string): void;
}): NetworkDiagram {
  const scene = svg`<g></g>` as SVGGElement;
  const drawing = html`<svg class="network-drawing" role="group" aria-label=${label}>${scene}</svg>` as unknown as SVGSVGElement;
  const frame = html`<div class="network-frame">${drawing}</div>` as HTMLElement;
  const tools = html`<div class="network-tools">${controls}<div class="network-buttons" role="group" aria-label="Zoom">
    <button type="button" onclick=${() => camera.zoomBy(STEP)}>Zoom in</button>
    <button type="button" onclick=${() => camera.zoomBy(1 / STEP)}>Zoom out</button>
    <button type="button" onclick=${() => element.whole()}>Fit</button>
  </div></div>` as HTMLElement;
  const element = Object.assign(html`<div class="network-diagram">${frame}</div>`, {tools}) as NetworkDiagram;

  let content: NetworkDiagramContent | null = null;
  let layout: Layout | null = null;
  /** The box that Tab leads to. */
  let current = "";
  let faces: ReadonlyMap<string, string> = new Map();
  /** The size that the layout is for. */
  let laidFor: ReturnType<typeof camera.size> = {width: 0, height: 0};
  /** The group that the reader opens, to be shown once it is drawn. */
  let opening: string | null = null;

  const camera = diagramCamera(drawing, scene);
  leaveVerticalSwipes(frame);

  /** The whole network where it can be read so, else a part around the selected box. */
  function start(): void {
    // Out of sight it has no size.
    if (!layout || camera.isTouched() || drawing.clientWidth === 0) return;
    const {bounds} = layout;
    const chosen = boxOf(content!.selected);
    if (!chosen || camera.fitScale(bounds) >= READABLE) camera.fit(bounds);
    else camera.showPart(bounds, chosen.x);
  }

  const boxOf = (item: string) => layout?.boxes.find(({members}) => members.some(({id}) => id === item));
  const elementOf = (id: string) => scene.querySelector<SVGGElement>(`[data-id="${CSS.escape(id)}"]`);

  function focus(box: Box): void {
    elementOf(current)?.setAttribute("tabindex", "-1");
    current = box.id;
    const target = elementOf(box.id);
    target?.setAttribute("tabindex", "0");
    target?.focus({preventScroll: true});
    camera.reveal(box);
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
    const last = box.members.at(-1)!;
    if (box.members.length === 1) return onEnter(last.id);
    opening = last.group;
    onSelect(last.id);
  }

  element.update = (next) => {
    const isAnother = !content || content.open !== next.open || !sameIds(content.items, next.items);
    content = next;
    laidFor = camera.size();
    // Paper, which has another width, leaves no time to lay it anew: it is there as it was on the screen.
    if (drawing.clientWidth > 0) drawing.setAttribute("viewBox", `0 0 ${laidFor.width} ${laidFor.height}`);
    const chosenGroup = next.items.find(({id}) => id === next.selected)?.group ?? null;
    layout = largestLayout(next.items, next.groups, (group) => next.open || group === chosenGroup, {
      aspect: next.aspect ?? 1,
      ...laidFor
    });
    const hadFocus = scene.contains(document.activeElement);
    const chosen = boxOf(next.selected);
    // What was in focus may be closed or opened now: then the chosen one is.
    if (hadFocus || !layout.boxes.some(({id}) => id === current)) current = chosen?.id ?? layout.boxes[0]!.id;
    draw(layout, chosen);
    if (isAnother) camera.release();
    start();
    if (hadFocus && chosen) focus(chosen);
    const opened = layout.frames.find(({group}) => group === opening);
    if (opened) camera.showFrame(opened);
    opening = null;
  };
  element.picture = (pictures) => {
    faces = pictures;
    for (const {id, members} of layout?.boxes ?? []) {
      const href = faces.get(members.at(-1)!.id);
      const image = elementOf(id)?.querySelector("image");
      if (href) image?.setAttribute("href", href);
      else image?.removeAttribute("href");
    }
  };
  element.placeOf = (item) => {
    layForSize();
    const box = boxOf(item);
    const place = box && elementOf(box.id)?.querySelector(".network-face")?.getBoundingClientRect();
    const seen = drawing.getBoundingClientRect();
    const isSeen = place && place.right > seen.left && place.left < seen.right && place.bottom > seen.top && place.top < seen.bottom;
    return isSeen ? place : null;
  };
  element.goInto = (target) => {
    const id = target.closest("[data-id]")?.getAttribute("data-id");
    if (id && camera.scale() >= INTO) choose(id);
  };
  element.whole = () => {
    if (layout) camera.fit(layout.bounds, true);
  };
  element.focusSelected = () => {
    const chosen = content && boxOf(content.selected);
    if (chosen) focus(chosen);
  };

  function layForSize(): void {
    const {width, height} = camera.size();
    const isLaid = width === laidFor.width && height === laidFor.height;
    if (content && drawing.clientWidth > 0 && !isLaid) element.update(content);
  }

  function draw({boxes, links, frames}: Layout, chosen: Box | undefined): void {
    scene.replaceChildren(
      ...frames.map(drawFrame),
      ...links.map(({path, skip}) => svg`<path class=${skip ? "network-link network-skip" : "network-link"} d=${path}></path>`),
      ...boxes.map((box) => {
        const drawn = drawBox(box, box === chosen, box.id === current, faces.get(box.members.at(-1)!.id));
        drawn.addEventListener("click", () => choose(box.id));
        return drawn;
      }),
      ...boxes.flatMap(drawRemarks)
    );
  }

  // The size is known only once it stands on the page, and is another after what came while it was out of sight.
  new ResizeObserver(layForSize).observe(drawing);
  return element;
}

function drawFrame({title, x, y, width, height}: Frame): SVGElement {
  return svg`<g class="network-group"><rect x=${x} y=${y} width=${width} height=${height} rx="5"></rect><text x=${x + 2} y=${y - 4}>${title}</text></g>`;
}

function drawBox(
  {id, members, label, name, x, y, width, height, face, skips}: Box,
  isChosen: boolean,
  isCurrent: boolean,
  picture: string | undefined
): SVGElement {
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
    <rect class="network-face" x=${left + 1} y=${top + 1} width=${face.width - 1.5} height=${face.height - 2}></rect>
    <image x=${left + 1} y=${top + 1} width=${face.width - 1.5} height=${face.height - 2} preserveAspectRatio="none" href=${picture ?? null}></image>
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
