import {extentOf, sequential} from "../components/maps/colour-maps.js";
import {colourValues} from "../components/maps/colour-values.js";
import type {Activations} from "../engine/activations.js";
import {rgbaUrl} from "../media/map-url.js";

/** A small map as a picture: the photo in its colours, all else dark to light, each on its own scale. */
export function faceUrl(map: Activations): string {
  const {height, width, channels, values} = map;
  if (channels === 1) return rgbaUrl(colourValues(values, sequential(...extentOf(values))), map);
  const rgba = new Uint8ClampedArray(height * width * 4).fill(255);
  // The network's input runs from -1 to 1.
  for (let pixel = 0; pixel < height * width; pixel++)
    for (let c = 0; c < 3; c++) rgba[4 * pixel + c] = (values[3 * pixel + c]! + 1) * 127.5;
  return rgbaUrl(rgba, map);
}
