/** Which part of a photo is seen: where its upper left corner lies, and how large a pixel of it is, both in pixels of the screen. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place: x and y in pixels. */
export type Place = readonly [x: number, y: number];

/** Screen pixels that a photo's pixel takes at most. */
const LARGEST_SCALE = 48;

/** The view that shows all of a photo in the middle. */
export function fitted(photo: Size, screen: Size): View {
  const scale = Math.min(screen.width / photo.width, screen.height / photo.height);
  return {scale, x: (screen.width - photo.width * scale) / 2, y: (screen.height - photo.height * scale) / 2};
}

/** A view that is moved and scaled, so that what lay at one place of the screen lies at another. */
export function carried(view: View, from: Place, to: Place, factor: number, photo: Size, screen: Size): View {
  const smallest = fitted(photo, screen).scale;
  const scale = Math.min(Math.max(view.scale * factor, smallest), Math.max(LARGEST_SCALE, smallest));
  const grown = scale / view.scale;
  return kept({scale, x: to[0] - (from[0] - view.x) * grown, y: to[1] - (from[1] - view.y) * grown}, photo, screen);
}

/** The place of the photo that is seen at a place of the screen. */
export function onPhoto({scale, x, y}: View, [sx, sy]: Place): Place {
  return [(sx - x) / scale, (sy - y) / scale];
}

/** The place of the screen at which a place of the photo is seen. */
export function onScreen({scale, x, y}: View, [px, py]: Place): Place {
  return [px * scale + x, py * scale + y];
}

/** The view with the photo in the middle where it is smaller than the screen, and without a gap at a side where it is larger. */
function kept({scale, x, y}: View, photo: Size, screen: Size): View {
  const along = (at: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : Math.min(Math.max(at, room - length), 0);
  return {scale, x: along(x, photo.width * scale, screen.width), y: along(y, photo.height * scale, screen.height)};
}

/** The view moved as little as shows a place of the photo, with some room around it. */
export function revealing(view: View, place: Place, photo: Size, screen: Size): View {
  const [sx, sy] = onScreen(view, place);
  const room = Math.min(40, screen.width / 4, screen.height / 4);
  const to: Place = [Math.min(Math.max(sx, room), screen.width - room), Math.min(Math.max(sy, room), screen.height - room)];
  return carried(view, [sx, sy], to, 1, photo, screen);
}
