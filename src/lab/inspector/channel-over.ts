import {colourValues} from "../../components/colour-maps.js";
import {channelOf} from "../../components/feature-maps.js";
import {mapOnPhoto} from "./channel-place.js";
import type {ShownChannel} from "./channel-detail.js";
import type {Standing} from "./inspection.js";
import {coloursOf} from "./maps-order.js";

/** How much of the channel is seen over the photo, 0-1. */
const SHARE = 0.78;

/** Paints the photo with a channel over it, each cell where it lies. */
export function paintChannelOver(context: CanvasRenderingContext2D, {photo, result}: Standing, {reading, channel, scale}: ShownChannel): void {
  const {height, width} = reading;
  const map = document.createElement("canvas");
  Object.assign(map, {height, width});
  map.getContext("2d")!.putImageData(new ImageData(colourValues(channelOf(reading, channel), coloursOf(scale)), width, height), 0, 0);
  const place = mapOnPhoto(result, reading);
  context.drawImage(photo.canvas, 0, 0);
  context.save();
  context.globalAlpha = SHARE;
  context.imageSmoothingEnabled = false;
  context.drawImage(map, place.left, place.top, place.width, place.height);
  context.restore();
}
