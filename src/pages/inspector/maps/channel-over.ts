import {colourValues} from "../../../components/maps/colour-values.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {paintMapOver} from "../../../media/map-picture.js";
import {rgbaCanvas} from "../../../media/rgba-canvas.js";
import {mapRect} from "../../../lab/photo-geometry.js";
import type {ShownChannel} from "./channel-detail.js";
import type {Standing} from "../inspection.js";
import {coloursOf} from "./maps-order.js";

/** How much of the channel is seen over the photo, 0-1. */
const OPACITY = 0.78;

/** Paints the photo with a channel over it, each cell where it lies. */
export function paintChannelOver(
  context: CanvasRenderingContext2D,
  {photo, result}: Standing,
  {reading, channel, scale}: ShownChannel
): void {
  const map = rgbaCanvas(colourValues(channelOf(reading, channel), coloursOf(scale)), reading);
  paintMapOver(context, photo.canvas, map, {rect: mapRect(result, reading), smooth: false, opacity: OPACITY});
}
