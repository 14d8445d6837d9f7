import {html} from "htl";
import type {AtlasLayout} from "./atlas-paint.js";
import type {FeatureMapValues} from "./feature-maps.js";
import type {GridShape} from "./grid-shape.js";

/** What a cell of a row of maps shows. */
export interface FeatureCell {
  /** Place in the order of all channels. */
  readonly place: number;
  readonly channel: number;
  readonly caption: string;
  readonly selected: boolean;
  /** Whether it is the grid's tab stop. */
  readonly stop: boolean;
}

/** One row of a grid of maps; it can be used again for another row. */
export interface FeatureRow {
  readonly element: HTMLElement;
  /** Shows the cells' words. @param index of the row in the grid, from 0 */
  show(index: number, cells: readonly FeatureCell[]): void;
  /** Draws the cells' maps. @param tiles their tiles in the atlas */
  draw(image: CanvasImageSource, maps: Pick<FeatureMapValues, "height" | "width">, layout: AtlasLayout, tiles: readonly number[]): void;
  /** Shows which cells are the tab stop and the chosen one. */
  mark(active: number, selected: number | null): void;
  cell(place: number): HTMLElement | null;
}

/**
 * @param settings of the canvas's context
 * @param onRestored called when the browser gives back a canvas that it had lost, empty
 */
export function featureRow(
  {columns, mapWidth, mapHeight, pitch, rowHeight}: GridShape,
  settings: CanvasRenderingContext2DSettings,
  onRestored: () => void
): FeatureRow {
  const ratio = globalThis.devicePixelRatio || 1;
  const width = pitch * (columns - 1) + mapWidth;
  const canvas =
    html`<canvas aria-hidden="true" width=${Math.round(width * ratio)} height=${Math.round(mapHeight * ratio)} style=${`width:${width}px;height:${mapHeight}px`}></canvas>` as HTMLCanvasElement;
  canvas.addEventListener("contextrestored", onRestored);
  const cells = Array.from({length: columns}, () => {
    const number = html`<span class="grid-number"></span>` as HTMLElement;
    const caption = html`<span class="grid-caption"></span>` as HTMLElement;
    return {number, caption, element: html`<div role="gridcell"><span class="grid-map"></span>${number} ${caption}</div>` as HTMLElement};
  });
  const element = html`<div role="row" class="grid-row">${canvas}${cells.map(({element}) => element)}</div>` as HTMLElement;
  return {
    element,

    show(index, shown) {
      element.setAttribute("aria-rowindex", String(index + 1));
      element.style.transform = `translateY(${index * rowHeight}px)`;
      cells.forEach((cell, column) => {
        const content = shown[column];
        cell.element.hidden = !content;
        if (!content) return cell.element.removeAttribute("data-place");
        cell.element.dataset.place = String(content.place);
        cell.element.dataset.channel = String(content.channel);
        cell.element.style.left = `${column * pitch}px`;
        cell.element.setAttribute("aria-colindex", String(column + 1));
        cell.element.setAttribute("aria-label", `Channel ${content.channel}${content.caption && `, ${content.caption}`}`);
        cell.element.setAttribute("aria-selected", String(content.selected));
        cell.element.tabIndex = content.stop ? 0 : -1;
        cell.number.textContent = String(content.channel);
        cell.caption.textContent = content.caption;
      });
    },

    draw(image, maps, {columns: atlasColumns, reduction, tileHeight, tileWidth}, tiles) {
      const context = canvas.getContext("2d", settings);
      if (!context) return;
      context.clearRect(0, 0, canvas.width, canvas.height);
      // What a tile holds of the map; its last row and column may reach beyond.
      const sourceWidth = maps.width / reduction;
      const sourceHeight = maps.height / reduction;
      // Enlarged, the map's cells stay visible; reduced, they blend.
      context.imageSmoothingEnabled = sourceWidth > mapWidth * ratio;
      tiles.forEach((tile, column) => {
        const left = (tile % atlasColumns) * tileWidth;
        const top = Math.floor(tile / atlasColumns) * tileHeight;
        context.drawImage(image, left, top, sourceWidth, sourceHeight, column * pitch * ratio, 0, mapWidth * ratio, mapHeight * ratio);
      });
    },

    mark(active, selected) {
      for (const {element} of cells) {
        if (element.hidden) continue;
        element.tabIndex = Number(element.dataset.place) === active ? 0 : -1;
        element.setAttribute("aria-selected", String(Number(element.dataset.channel) === selected));
      }
    },

    cell: (place) => cells.find(({element}) => element.dataset.place === String(place))?.element ?? null
  };
}
