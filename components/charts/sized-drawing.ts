import {html} from "htl";
import {onWidth} from "../page/on-width.js";

export interface SizedDrawing<Content> extends HTMLElement {
  update(content: Content): void;
}

/** What a drawing consists of, and what is said of it to those who do not see it. */
export interface Drawn {
  readonly nodes: readonly Node[];
  readonly spoken: string;
  /** What stands under it. */
  readonly legend: readonly Node[];
}

/** Before the drawing is on the page. */
const INITIAL_WIDTH = 640;

/**
 * A drawing that is made for the width that it has, with a legend under it.
 *
 * @param options.height CSS pixels
 * @param options.draw draws for a width in CSS pixels
 */
export function sizedDrawing<Content>({
  label,
  height,
  draw
}: {
  readonly label: string;
  readonly height: number;
  draw(content: Content, width: number): Drawn;
}): SizedDrawing<Content> {
  const drawing = html`<svg height=${height} role="img" aria-label=${label}></svg>` as HTMLElement;
  const legend = html`<ul class="chart-legend"></ul>` as HTMLElement;
  const chart = html`<div class="sized-drawing">${drawing}${legend}</div>` as SizedDrawing<Content>;
  let width = INITIAL_WIDTH;
  let shown: {readonly content: Content} | null = null;

  const redraw = () => {
    if (!shown) return;
    const drawn = draw(shown.content, width);
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawing.setAttribute("aria-label", `${label}. ${drawn.spoken}`);
    drawing.replaceChildren(...drawn.nodes);
    legend.replaceChildren(...drawn.legend);
  };
  chart.update = (content) => {
    shown = {content};
    redraw();
  };
  onWidth(chart, (now) => {
    width = now;
    redraw();
  });
  return chart;
}
