import {html} from "htl";
import {atlasLayout} from "./atlas-paint.js";
import type {AtlasLayout, AtlasPaint, AtlasPicture, ChannelScale} from "./atlas-paint.js";
import type {FeatureMapValues} from "./feature-maps.js";
import {featureRow} from "./feature-row.js";
import type {FeatureRow} from "./feature-row.js";
import {hoverOf} from "./grid-hover.js";
import type {GridHover} from "./grid-hover.js";
import {gridPaging} from "./grid-paging.js";
import {gridShape, keyTarget} from "./grid-shape.js";
import type {GridShape} from "./grid-shape.js";
import {markPoint, styleCells, styleMarks} from "./grid-style.js";
import {rowWindow} from "./row-window.js";

export interface GridContent {
  readonly maps: FeatureMapValues;
  /** Channels to show, in this order. */
  readonly order: ArrayLike<number>;
  scale(channel: number): ChannelScale;
  /** A short second line under the map, e.g. "mean 0.31". */
  caption?(channel: number): string;
}

export interface FeatureGrid extends HTMLElement {
  /** Keeps the focus, and with the same channels in the same order the place. */
  show(content: GridContent | null): void;
  /** Marks a point on every map: 0-1 of the maps' extent, the corners being the middles of the corner cells. */
  cursor(point: {readonly x: number; readonly y: number} | null): void;
  /** Marks the chosen channel. */
  select(channel: number | null): void;
  /** Scrolls a channel into the box's sight. */
  reveal(channel: number): void;
}

/** Rows that are kept ready above and below those in sight. */
const SPARE_ROWS = 2;
/** Longest side of a map on the screen, in CSS pixels. */
const LARGEST = 128;

/**
 * The channels of an activation as pictures in a grid that scrolls; only the rows in sight exist. The grid is one tab stop: arrow
 * keys, Home, End, Page Up and Page Down move in it, Enter or Space chooses.
 *
 * @param options.paint paints the pictures
 * @param options.onHover called with the value under the pointer, and with null when the pointer leaves the maps
 * @param options.onChoose called with the channel that the reader chooses
 */
export function featureGrid({
  paint,
  onHover,
  onChoose
}: {
  readonly paint: AtlasPaint;
  onHover(hover: GridHover | null): void;
  onChoose(channel: number): void;
}): FeatureGrid {
  const rowsBox = html`<div class="grid-rows" role="rowgroup"></div>` as HTMLElement;
  const box =
    html`<div class="grid-box" role="grid" aria-label="Feature maps" onscroll=${() => fill()} onkeydown=${onKey} onclick=${onClick}
    onpointermove=${onPointer} onpointerdown=${onPointer} onpointerleave=${() => hover(null)}>${rowsBox}</div>` as HTMLElement;
  // No element has a property of this name.
  box.addEventListener("focusin", onFocus);
  const paging = gridPaging(turn);
  const element = html`<div class="feature-grid" hidden>${paging}${box}</div>` as FeatureGrid;

  let content: GridContent | null = null;
  let layout: AtlasLayout | null = null;
  let picture: AtlasPicture | null = null;
  let shape: GridShape | null = null;
  /** The page shown, counted from 0, and the number of channels on a page. */
  let page = 0;
  let pageSize = 1;
  /** Place in the order of the cell that is the tab stop. */
  let active = 0;
  let selected: number | null = null;
  let hovering = false;
  /** By index on the page. */
  const rows = rowWindow<FeatureRow>(rowsBox, () => featureRow(shape!, painted().settings, () => fill(true)));

  const count = () => content?.order.length ?? 0;
  const firstOnPage = () => page * pageSize;
  const countOnPage = () => Math.min(pageSize, count() - firstOnPage());
  const rowCount = () => Math.ceil(countOnPage() / shape!.columns);
  const rowOf = (place: number) => Math.floor((place - firstOnPage()) / shape!.columns);
  const placeOf = (channel: number) => (content ? Array.prototype.indexOf.call(content.order, channel) : -1);

  new ResizeObserver(() => {
    measure();
    fill();
  }).observe(box);

  /** Lays the grid out anew where its width, or the shape of the maps, asks for other columns. */
  function measure(): void {
    if (!content || box.clientWidth === 0) return;
    const {fontSize} = getComputedStyle(box);
    const wanted = gridShape(content.maps, {
      width: rowsBox.clientWidth || box.clientWidth,
      captions: content.caption !== undefined,
      em: parseFloat(fontSize) || 14
    });
    if (shape && JSON.stringify(wanted) === JSON.stringify(shape)) return;
    // What stands at the top stays there.
    const top = shape ? firstOnPage() + Math.floor(box.scrollTop / shape.rowHeight) * shape.columns : active;
    const focused = box.contains(document.activeElement);
    shape = wanted;
    rows.clear();
    styleCells(box, shape);
    box.setAttribute("aria-colcount", String(shape.columns));
    resize();
    box.scrollTop = Math.max(0, rowOf(Math.min(top, count() - 1))) * shape.rowHeight;
    fill();
    if (focused) cellAt(active)?.focus({preventScroll: true});
  }

  function resize(): void {
    box.setAttribute("aria-rowcount", String(rowCount()));
    rowsBox.style.height = `${rowCount() * shape!.rowHeight}px`;
  }

  function painted(): AtlasPicture {
    if (picture) return picture;
    const {maps, order, scale} = content!;
    const made = paint({
      maps,
      order: Array.prototype.slice.call(order, firstOnPage(), firstOnPage() + countOnPage()),
      scale,
      layout: layout!
    });
    made.onLost(() => {
      if (made !== picture) return;
      repaint();
      fill(true);
    });
    return (picture = made);
  }

  function repaint(): void {
    picture?.dispose();
    picture = null;
  }

  /** Puts the rows in sight, and the one with the tab stop, into the document. @param again whether to draw those anew that are there */
  function fill(again = false): void {
    if (!content || !shape || count() === 0) return rows.clear();
    const first = Math.max(0, Math.floor(box.scrollTop / shape.rowHeight) - SPARE_ROWS);
    const last = Math.min(rowCount() - 1, Math.floor((box.scrollTop + box.clientHeight) / shape.rowHeight) + SPARE_ROWS);
    const wanted = new Set(Array.from({length: Math.max(0, last - first + 1)}, (_, index) => last - index));
    wanted.add(rowOf(active));
    rows.show(wanted, show, again);
  }

  function show(row: FeatureRow, index: number): void {
    const {maps, caption, order} = content!;
    const from = firstOnPage() + index * shape!.columns;
    const cells = Array.from({length: Math.min(shape!.columns, firstOnPage() + countOnPage() - from)}, (_, column) => {
      const place = from + column;
      const channel = order[place]!;
      return {place, channel, caption: caption?.(channel) ?? "", selected: channel === selected, stop: place === active};
    });
    row.show(index, cells);
    row.draw(
      painted().image,
      maps,
      layout!,
      cells.map(({place}) => place - firstOnPage())
    );
  }

  /** Shows anew which cells are the tab stop and chosen, without drawing. */
  function mark(): void {
    rows.each((row) => row.mark(active, selected));
  }

  const describePages = () => paging.show(firstOnPage(), firstOnPage() + countOnPage(), count());

  function turn(pages: number): void {
    openPage(page + pages);
    active = firstOnPage();
    box.scrollTop = 0;
    fill();
  }

  function openPage(wanted: number): void {
    if (wanted === page) return;
    page = wanted;
    repaint();
    rows.clear();
    describePages();
    if (shape) resize();
  }

  /** Makes a place of the order the tab stop and brings it into sight. */
  function go(place: number, focus: boolean): void {
    active = place;
    openPage(Math.floor(place / pageSize));
    if (!shape) return;
    const top = rowOf(place) * shape.rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + shape.rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + shape.rowHeight - box.clientHeight;
    fill();
    mark();
    if (focus) cellAt(place)?.focus({preventScroll: true});
  }

  const cellAt = (place: number) => rows.get(rowOf(place))?.cell(place);
  const placeUnder = (event: Event) => {
    const cell = (event.target as Element).closest<HTMLElement>("[data-place]");
    return cell ? {cell, place: Number(cell.dataset.place)} : null;
  };

  /** Where the focus is, by whatever way it came, the keys go on. */
  function onFocus(event: FocusEvent): void {
    const under = placeUnder(event);
    if (!under || under.place === active) return;
    active = under.place;
    mark();
  }

  function onKey(event: KeyboardEvent): void {
    if (!content || !shape || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onChoose(content.order[active]!);
      return;
    }
    const rowsInSight = Math.max(1, Math.floor(box.clientHeight / shape.rowHeight));
    const to = keyTarget(event, active - firstOnPage(), {count: countOnPage(), columns: shape.columns, rowsInSight});
    if (to === null) return;
    event.preventDefault();
    go(firstOnPage() + to, true);
  }

  function onClick(event: MouseEvent): void {
    const under = placeUnder(event);
    if (!under || !content) return;
    go(under.place, true);
    onChoose(content.order[under.place]!);
  }

  function onPointer(event: PointerEvent): void {
    const under = placeUnder(event);
    if (!under || !content || !shape) return hover(null);
    hover(hoverOf(event, under.cell, content.order[under.place]!, content.maps, shape));
  }

  function hover(at: GridHover | null): void {
    if (at || hovering) onHover(at);
    hovering = at !== null;
  }

  element.show = (wanted) => {
    const before = content;
    const sameMaps = before !== null && wanted?.maps === before.maps;
    const sameOrder = before !== null && wanted !== null && sameNumbers(wanted.order, before.order);
    const channel = before?.order[active];
    const focused = box.contains(document.activeElement);
    const {scrollTop} = box;
    repaint();
    content = wanted;
    element.hidden = count() === 0;
    if (!wanted || count() === 0) {
      rows.clear();
      return hover(null);
    }
    const side = LARGEST * (globalThis.devicePixelRatio || 1);
    layout = atlasLayout(wanted.maps, count(), side);
    pageSize = layout.columns * layout.rows;
    // The same channel, else the same place, else the first.
    const same = channel === undefined ? -1 : placeOf(channel);
    active = same >= 0 && (sameOrder || focused) ? same : 0;
    page = Math.floor(active / pageSize);
    styleMarks(box, wanted.maps);
    measure();
    describePages();
    if (shape) resize();
    box.scrollTop = sameOrder ? scrollTop : 0;
    fill(true);
    if (focused) go(active, true);
    if (!sameMaps) hover(null);
  };

  element.cursor = (point) => markPoint(box, point);
  element.select = (channel) => {
    selected = channel;
    mark();
  };
  element.reveal = (channel) => {
    const place = placeOf(channel);
    if (place >= 0) go(place, false);
  };
  return element;
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
