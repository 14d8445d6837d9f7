import {html} from "htl";

/** What stands in one column, from the top; each paints all of the picture, small. */
export interface ApartColumn {
  readonly title: string;
  readonly paints: readonly ((context: CanvasRenderingContext2D) => void)[];
}

export interface ApartTiles extends HTMLElement {
  /** Comes apart, or together again. */
  show(isApart: boolean): void;
}

/**
 * Small pictures in tiles that together lie over a large one, but for a round window at the point that `--point-x` and `--point-y` say,
 * in per cent. They come apart tile by tile, in less than a second; a pointer or a key on what they lie over ends that at once.
 *
 * @param options.width of each picture, in its pixels, as `paints` know them
 */
export function apartTiles({
  label,
  width,
  height,
  columns
}: {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly columns: readonly ApartColumn[];
}): ApartTiles {
  const tiles = columns.flatMap(({paints}, column) => paints.map((paint, row) => tile(paint, {column, row, rows: paints.length})));
  const view = html`<div class="apart" role="img" aria-label=${label}>
    <div class="apart-tiles">${tiles}${columns.map(({title}, at) => html`<span class="apart-title" style=${`left:${(100 * at) / columns.length}%;width:${100 / columns.length}%`}>${title}</span>`)}</div>
    <div class="apart-window"></div>
  </div>` as ApartTiles;

  function tile(
    paint: (context: CanvasRenderingContext2D) => void,
    {column, row, rows}: {column: number; row: number; rows: number}
  ): HTMLElement {
    const [across, down] = [width / columns.length, height / rows];
    const canvas = html`<canvas width=${Math.ceil(across)} height=${Math.ceil(down)} aria-hidden="true"></canvas>` as HTMLCanvasElement;
    canvas.style.cssText = `left:${(100 * column) / columns.length}%;top:${(100 * row) / rows}%;width:${100 / columns.length}%;height:${100 / rows}%;--order:${column + row}`;
    const context = canvas.getContext("2d");
    context?.scale(canvas.width / width, canvas.height / height);
    if (context) paint(context);
    return canvas;
  }

  view.show = (isApart) => {
    view.classList.remove("at-once");
    // The browser moves only what it has seen elsewhere.
    void getComputedStyle(view).opacity;
    view.classList.toggle("is-apart", isApart);
    view.setAttribute("aria-hidden", String(!isApart));
  };
  view.setAttribute("aria-hidden", "true");
  return view;
}
