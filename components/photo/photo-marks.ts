import {svg} from "htl";

/** Shapes for `PictureFigure.mark`, in pixels of the photo; their lines are as thick at every size. */

/** A square or box in a colour, over a darker line so that it is seen on every photo. */
export function boxMark({
  left,
  top,
  width,
  height,
  colour,
  dashed = false,
  filled = false
}: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** CSS colour. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly filled?: boolean;
}): SVGElement {
  const rect = (style: string) =>
    svg`<rect x=${left} y=${top} width=${width} height=${height} vector-effect="non-scaling-stroke" style=${style}></rect>`;
  return svg`<g class="photo-mark">${rect("stroke:#0009;stroke-width:3.5;fill:none")}${rect(
    `stroke:${colour};stroke-width:1.75;stroke-dasharray:${dashed ? "5 4" : "none"};fill:${filled ? `color-mix(in srgb, ${colour} 25%, transparent)` : "none"}`
  )}</g>` as SVGElement;
}

/** A chosen point: a cross with a gap in its middle. */
export function pointMark(
  {column, row}: {readonly column: number; readonly row: number},
  {width, height}: {readonly width: number; readonly height: number}
): SVGElement {
  const reach = Math.max(width, height) / 40;
  const gap = reach / 3;
  const path = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1]
  ]
    .map(([x, y]) => `M${column + x! * gap} ${row + y! * gap}L${column + x! * reach} ${row + y! * reach}`)
    .join("");
  const line = (style: string) => svg`<path d=${path} vector-effect="non-scaling-stroke" style=${style}></path>`;
  return svg`<g class="photo-mark">${line("stroke:#000;stroke-width:5;fill:none")}${line("stroke:#fff;stroke-width:2;fill:none")}</g>` as SVGElement;
}
