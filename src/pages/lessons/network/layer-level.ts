import {html} from "htl";
import {shadeTables} from "../../../components/maps/colour-maps.js";
import {featureGrid} from "../../../components/maps/feature-grid.js";
import type {ZoomLevel} from "../../../components/network/zoom-stage.js";
import {shape} from "../../../lab/network-parts.js";
import {atlasPainter} from "../../../media/atlas/atlas.js";
import {scaleOf} from "../../inspector/maps/maps-order.js";
import {scaleText, valueText} from "../../inspector/maps/channel-detail.js";
import type {Opened} from "./opened.js";

export interface LayerLevel extends ZoomLevel {
  /** @param note what is said in the place of maps that are not there */
  show(opened: Opened | null, channel: number | null, note: string): void;
  dispose(): void;
}

/**
 * All channels of the layer, a map each.
 *
 * @param options.gpu whether the page has a real GPU to paint with
 */
export function layerLevel({gpu, onChannel}: {gpu(): boolean; onChannel(channel: number): void}): LayerLevel {
  const atlas = atlasPainter({gpu, shades: shadeTables()});
  const about = html`<p class="look"></p>`;
  const pointed = html`<p class="pointed quiet" role="group" aria-label="Under the pointer">Point at a map to read a value.</p>`;
  let shown: Opened | null = null;
  let chosen: number | null = null;
  const grid = featureGrid({
    paint: atlas.paint,
    onHover(hover) {
      if (!hover || !shown) return;
      const {channel, row, column, value} = hover;
      pointed.textContent = `Channel ${shown.nameOf(channel)}, row ${row}, column ${column}: ${valueText(value)}`;
    },
    onChoose: onChannel
  });
  const cellOf = (channel: number) => grid.querySelector<HTMLElement>(`[data-channel="${channel}"]`);
  return {
    element: html`<div class="layer-level">${about}${grid}${pointed}</div>` as HTMLElement,
    show(opened, channel, note) {
      chosen = channel;
      if (opened?.reading !== shown?.reading) {
        grid.show(
          opened && {
            maps: opened.reading,
            order: Int32Array.from({length: opened.reading.channels}, (_, index) => index),
            scale: scaleOf(opened.reading, "shared")
          }
        );
      }
      shown = opened;
      about.textContent = opened
        ? `${opened.step.name} on your photo: ${shape(opened.reading)}. All channels have one scale, ${scaleText(scaleOf(opened.reading, "shared")(0))}. Choose one.`
        : note;
      pointed.hidden = !opened;
      grid.select(channel);
      if (channel !== null && opened) grid.reveal(channel);
    },
    inner() {
      if (chosen !== null) grid.reveal(chosen);
      const map = chosen === null ? null : cellOf(chosen)?.querySelector(".grid-map");
      return map?.getBoundingClientRect() ?? null;
    },
    focus() {
      const target = (chosen === null ? null : cellOf(chosen)) ?? grid.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]');
      target?.focus({preventScroll: true});
    },
    dispose: atlas.dispose
  };
}
