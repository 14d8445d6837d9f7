import {labelRegions} from "../../engine/labels/label-regions.js";
import type {Palette} from "../../formats/label-colours.js";
import {keptCanvas} from "./kept-canvas.js";
import {liveViewSize} from "./look.js";
import type {Look} from "./look.js";
import {placeNames} from "./place-names.js";
import type {Size, Survey} from "./renderer.js";
import {coloursIn} from "./tables.js";

/** Regions smaller than this share of the frame stay without a name. */
const LEAST_SHARE = 0.012;
/** Height of the letters, as a share of the frame's height; and never smaller than this many pixels. */
const LETTERS = 0.036;
const LEAST_LETTERS = 12;

/** Writes the names of what a survey shows onto a canvas of the view's size, which is kept. */
export function nameWriter(classes: readonly string[], palette: Palette): (survey: Survey, frame: Size, look: Look) => OffscreenCanvas {
  const {canvas, resize} = keptCanvas();
  return (survey, frame, look) => {
    const context = resize(liveViewSize(frame, look.view));
    context.clearRect(0, 0, canvas.width, canvas.height);
    const letters = Math.max(LEAST_LETTERS, Math.round(frame.height * LETTERS));
    context.font = `600 ${letters}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const regions = labelRegions(survey, {least: LEAST_SHARE, ignored: [...look.hidden, 0]});
    const colours = coloursIn(look.view, palette);
    const names = placeNames(regions, {
      frame,
      look,
      letters,
      nameOf: (id) => classes[id] ?? `class ${id}`,
      widthOf: (name) => context.measureText(name).width
    });
    for (const {id, name, x, y, width, height} of names) {
      context.fillStyle = "rgb(0 0 0 / 0.66)";
      context.beginPath();
      context.roundRect(x - width / 2, y - height / 2, width, height, letters * 0.4);
      context.fill();
      context.fillStyle = `rgb(${colours[id]?.join(" ") ?? "255 255 255"})`;
      context.fillRect(x - width / 2 + letters * 0.25, y + letters * 0.56, width - letters * 0.5, letters * 0.14);
      context.fillStyle = "white";
      context.fillText(name, x, y - letters * 0.06);
    }
    return canvas;
  };
}
