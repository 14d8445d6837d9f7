import {costBars} from "../../components/charts/cost-bars.js";
import {signedBars} from "../../components/charts/signed-bars.js";
import {classKey} from "../../components/classes/class-key.js";
import {legendEntries, percent} from "../../components/classes/class-legend.js";
import {cellMap} from "../../components/maps/cell-map.js";
import type {CellPicture} from "../../components/maps/cell-map.js";
import {diverging, extentOf, sequential} from "../../components/maps/colour-maps.js";
import {colourScale} from "../../components/maps/colour-scale.js";
import {featureMaps} from "../../components/maps/feature-maps.js";
import {dataTable} from "../../components/notebook/data-table.js";
import {readerInput} from "../../components/notebook/reader-input.js";
import {valueTree} from "../../components/notebook/value-tree.js";
import {html} from "htl";
import {BACKGROUND} from "../../data/labels/index.js";
import {classShares} from "../../engine/labels/pixel.js";
import {areNamesWanted} from "../../lab/names-choice.js";
import {regionNames} from "../../lab/region-names.js";
import {drawnMask} from "../../media/drawn-mask.js";
import {paintOverlay} from "../../media/picture.js";
import {rgbaCanvas} from "../../media/rgba-canvas.js";
import {saveFile} from "../../media/save.js";
import type {
  Shown,
  ShownBars,
  ShownChannels,
  ShownMap,
  ShownMaps,
  ShownMask,
  ShownPicture,
  ShownTensor
} from "../../worker/notebook/shown.js";
import {markdownView} from "./markdown.js";

/** The element that shows a value of a cell. @param onSet called with the place of an input and what the reader set it to */
export function shownView(shown: Shown, onSet: (place: number, value: unknown) => void): HTMLElement {
  const view = elementOf(shown, onSet);
  return shown.name === undefined
    ? view
    : (html`<div class="shown-named"><code class="shown-name">${shown.name} =</code><div>${view}</div></div>` as HTMLElement);
}

function elementOf(shown: Shown, onSet: (place: number, value: unknown) => void): HTMLElement {
  switch (shown.kind) {
    case "tree":
      return valueTree(shown.tree);
    case "markdown":
      return markdownView(shown.text);
    case "svg":
      return drawing(shown);
    case "table":
      return dataTable(shown);
    case "input":
      return readerInput(shown.input, (value) => onSet(shown.place, value));
    case "photo":
      return picture(`Photo, ${shown.width} × ${shown.height} pixels`, shown, (context) => context.drawImage(canvasOf(shown), 0, 0));
    case "tensor":
      return tensorView(shown);
    case "map":
      return mapView(shown);
    case "maps":
      return html`<figure class="shown-figure">${channels(shown, shown)}<figcaption>${shown.label}</figcaption></figure>` as HTMLElement;
    case "mask":
      return maskView(shown);
    case "bars":
      return barsView(shown);
  }
}

function canvasOf({rgba, ...size}: ShownPicture): HTMLCanvasElement {
  return rgbaCanvas(rgba, size);
}

function picture(
  label: string,
  content: Pick<CellPicture, "names"> & {readonly width: number; readonly height: number},
  paint: CellPicture["paint"]
): HTMLElement {
  const map = cellMap({label});
  map.name(areNamesWanted());
  map.draw({...content, smooth: true, paint});
  return map;
}

function maskView({width, height, labels, classes, palette, photo, opacity}: ShownMask): HTMLElement {
  const found = legendEntries(classShares(labels, 256), classes, palette);
  const words = found.map(({name, share}) => `${name} ${percent(share)}`).join(", ");
  // What is no class of the photo leaves it as it is.
  const clear = new Set(photo ? [classes.indexOf(BACKGROUND)] : []);
  const mask = drawnMask({width, height, labels}, palette, clear);
  const paint = photo
    ? paintOverlay(canvasOf(photo), mask, opacity)
    : (context: CanvasRenderingContext2D) => context.drawImage(mask.plain, 0, 0);
  const view = picture(`Mask: ${words}`, {width, height, names: () => regionNames({width, height, labels}, classes)}, paint);
  const key = classKey();
  key.update(found);
  return html`<figure class="shown-figure">${view}${key}</figure>` as HTMLElement;
}

/** Digits of a value beside a map. */
const short = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(3));

function mapView({label, height, width, values, colours, numbers}: ShownMap): HTMLElement {
  const [low, high] = extentOf(values);
  const extent = Math.max(Math.abs(low), Math.abs(high));
  const isSigned = colours === "diverging";
  const colour = isSigned ? diverging(extent) : sequential(low, high);
  const map = cellMap({label});
  map.draw({height, width, values, colour, ...(numbers && {text: short})});
  const scale = colourScale({label: `Colours of ${label}`});
  if (isSigned) scale.update({low: -extent, high: extent}, colour, [short(-extent), "0", short(extent)]);
  else scale.update({low, high}, colour, [short(low), "", short(high)]);
  return html`<figure class="shown-figure">${map}${scale}<figcaption>${label}</figcaption></figure>` as HTMLElement;
}

function channels(maps: ShownMaps, {label, from}: Pick<ShownChannels, "label" | "from">): HTMLElement {
  const grid = featureMaps({label, shown: maps.channels, first: from});
  grid.update(maps);
  return grid;
}

function tensorView({shape, dtype, range, maps, values}: ShownTensor): HTMLElement {
  const facts = range ? `min ${short(range.min)} · mean ${short(range.mean)} · max ${short(range.max)}` : "";
  const words = html`<p class="shown-shape"><strong>[${shape.join(", ")}]</strong> <span class="quiet">${dtype} ${facts && `· ${facts}`}</span></p>`;
  const count = shape.reduce((product, side) => product * side, 1);
  const list = values && `${Array.from(values, short).join(", ")}${count > values.length ? ", …" : ""}`;
  const all = shape.at(-1) ?? 1;
  const more =
    maps && shape.length > 2 && all > maps.channels ? html`<p class="hint">The first ${maps.channels} of ${all} channels.</p>` : null;
  return html`<div class="shown-tensor">${words}${maps ? [channels(maps, {label: "Channels", from: 0}), more] : html`<span class="value-leaf">${list}</span>`}</div>` as HTMLElement;
}

function barsView({label, unit, bars}: ShownBars): HTMLElement {
  const text = (value: number) => `${short(value)} ${unit}`.trim();
  const hasSigns = bars.some(({value}) => value < 0);
  const view = hasSigns ? signedBars({label}) : costBars({label});
  const list = bars.map(({name, value}) => ({name, value, text: text(value), colour: "var(--concept-output)"}));
  view.update(list, Math.max(...bars.map(({value}) => Math.abs(value))));
  return view;
}

/** As a picture: a script in it does not run, and it asks for nothing from elsewhere. */
function drawing({text, title}: {readonly text: string; readonly title: string}): HTMLElement {
  const whole = /xmlns=/.test(text) ? text : text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  const image = html`<img alt=${title} />` as HTMLImageElement;
  const url = URL.createObjectURL(new Blob([whole], {type: "image/svg+xml"}));
  const free = () => URL.revokeObjectURL(url);
  const view = html`<figure class="shown-figure shown-drawing">${image}
    <button type="button" onclick=${() => saveFile(whole, `${fileName(title)}.svg`, "image/svg+xml")}>Save as SVG</button></figure>` as HTMLElement;
  image.addEventListener("load", free);
  image.addEventListener("error", () => {
    free();
    image.replaceWith(
      html`<p class="cell-error">This is no SVG that can be drawn: check that every tag is closed and every value quoted.</p>` as Node
    );
  });
  image.src = url;
  return view;
}

/** A title as the name of a file. */
export function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "notebook"
  );
}
