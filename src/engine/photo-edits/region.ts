import type {BrushLine, Edit, Shape, Size} from "./edit.js";

/** The pixels that a shape means, inside the smallest box that holds them. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** One value a pixel of the box, row by row: 1 where it is part of the shape, else 0. */
  readonly inside: Uint8Array;
}

/** The pixels of a shape on a photo of this size; a shape outside the photo has none. */
export function regionOf(shape: Shape, size: Size): Region {
  const long = Math.max(size.width, size.height);
  switch (shape.kind) {
    case "square": {
      const side = Math.max(1, Math.round((shape.side / 1000) * long));
      const left = Math.round((shape.x / 1000) * size.width - side / 2);
      const top = Math.round((shape.y / 1000) * size.height - side / 2);
      return full(box(left, top, left + side, top + side, size));
    }
    case "rectangle": {
      const across = (x: number) => Math.round((x / 1000) * size.width);
      const down = (y: number) => Math.round((y / 1000) * size.height);
      const inner = box(across(shape.x), down(shape.y), across(shape.x + shape.width), down(shape.y + shape.height), size);
      return shape.outside ? allBut(inner, size) : full(inner);
    }
    case "line":
      return along(shape, size);
  }
}

/** Which pixels any of the edits means: one value a pixel of the photo, 1 or 0. */
export function editedArea(edits: readonly Edit[], size: Size): Uint8Array {
  const area = new Uint8Array(size.width * size.height);
  for (const {shape} of edits) {
    const {left, top, width, height, inside} = regionOf(shape, size);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) area[(top + row) * size.width + left + column]! |= inside[row * width + column]!;
    }
  }
  return area;
}

type Box = Omit<Region, "inside">;

/** A box cut to the photo. */
function box(left: number, top: number, right: number, bottom: number, size: Size): Box {
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const [l, t, r, b] = [within(left, size.width), within(top, size.height), within(right, size.width), within(bottom, size.height)];
  return {left: l, top: t, width: r - l, height: b - t};
}

function full(place: Box): Region {
  return {...place, inside: new Uint8Array(place.width * place.height).fill(1)};
}

function allBut({left, top, width, height}: Box, size: Size): Region {
  const region = full({left: 0, top: 0, ...size});
  for (let row = top; row < top + height; row++) region.inside.fill(0, row * size.width + left, row * size.width + left + width);
  return region;
}

/** Pixels whose middle is at most the radius away from the line. */
function along({points, radius}: BrushLine, size: Size): Region {
  const reach = Math.max(0.5, (radius / 1000) * Math.max(size.width, size.height));
  const corners = points.map(([x, y]) => ({x: (x / 1000) * size.width, y: (y / 1000) * size.height}));
  const around = (those: typeof corners) => {
    const xs = those.map(({x}) => x);
    const ys = those.map(({y}) => y);
    const far = Math.ceil(reach);
    return box(
      Math.floor(Math.min(...xs)) - far,
      Math.floor(Math.min(...ys)) - far,
      Math.ceil(Math.max(...xs)) + far,
      Math.ceil(Math.max(...ys)) + far,
      size
    );
  };
  const whole = around(corners);
  const inside = new Uint8Array(whole.width * whole.height);
  corners.forEach((to, index) => {
    const from = corners[Math.max(0, index - 1)]!;
    const part = around([from, to]);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy;
    for (let row = part.top; row < part.top + part.height; row++) {
      for (let column = part.left; column < part.left + part.width; column++) {
        const [px, py] = [column + 0.5 - from.x, row + 0.5 - from.y];
        const share = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
        if ((px - share * dx) ** 2 + (py - share * dy) ** 2 <= reach * reach)
          inside[(row - whole.top) * whole.width + column - whole.left] = 1;
      }
    }
  });
  return {...whole, inside};
}
