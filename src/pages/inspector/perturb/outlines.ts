import {svg} from "htl";
import type {Edit, Size} from "../../../engine/photo-edits/edit.js";
import {regionOf} from "../../../engine/photo-edits/region.js";
import type {PhotoPoint} from "../../../lab/photo-geometry.js";

/** Where a photo is changed, as shapes over it in its pixels: dark under light, to be seen on any photo. */
export function outlines(edits: readonly Edit[], size: Size): SVGElement[] {
  return edits.map(({shape}) => {
    if (shape.kind === "line") {
      const points = shape.points.map(([x, y]) => `${(x / 1000) * size.width},${(y / 1000) * size.height}`).join(" ");
      return twice((name) => svg`<polyline class=${name} points=${points}></polyline>`);
    }
    const {left, top, width, height} = regionOf(shape.kind === "rectangle" ? {...shape, outside: false} : shape, size);
    return twice((name) => svg`<rect class=${name} x=${left} y=${top} width=${width} height=${height}></rect>`);
  });
}

/** A ring around a point of the photo. */
export function ring({row, column}: PhotoPoint, size: Size): SVGElement {
  const radius = Math.max(size.width, size.height) / 60;
  return twice((name) => svg`<circle class=${`${name} ring`} cx=${column} cy=${row} r=${radius}></circle>`);
}

function twice(shape: (name: string) => SVGElement): SVGElement {
  return svg`<g>${shape("edit-under")}${shape("edit-over")}</g>`;
}
