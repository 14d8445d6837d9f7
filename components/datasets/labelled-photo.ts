import {html} from "htl";
import {maskNames} from "../photo/mask-names.js";
import type {PlacedName} from "../photo/mask-names.js";
import {pictureFigure} from "../photo/picture-figure.js";
import type {Point} from "../photo/picture-figure.js";

/** A photo and its mask, to be drawn. */
export interface ShownMask {
  readonly name: string;
  readonly photo: {readonly width: number; readonly height: number; readonly paint: (context: CanvasRenderingContext2D) => void};
  readonly mask: {
    readonly width: number;
    readonly height: number;
    readonly paint: (context: CanvasRenderingContext2D) => void;
    /** What a pixel holds, in words, e.g. "15 (person)". */
    at(x: number, y: number): string;
    /** Finds the names of its regions. */
    names(): readonly PlacedName[];
  };
}

export interface LabelledPhotoView extends HTMLElement {
  show(shown: ShownMask): void;
  /** Whether the regions' names stand on the mask; they do not until this is said. */
  name(isNamed: boolean): void;
}

/** A photo beside its mask in colour; what each pixel of the mask holds is told in words under the pointer or the arrow keys. */
export function labelledPhotoView(): LabelledPhotoView {
  const words = html`<p class="hint mask-value" role="status"></p>` as HTMLElement;
  let shown: ShownMask | null = null;
  const tell = ({x, y}: Point) => {
    photo.cross({x, y});
    mask.cross({x, y});
    if (!shown) return;
    const {width, height, at} = shown.mask;
    const [column, row] = [Math.min(width - 1, Math.floor(x * width)), Math.min(height - 1, Math.floor(y * height))];
    words.textContent = `At x ${column}, y ${row} the mask holds ${at(column, row)}.`;
  };
  const leave = () => {
    photo.cross(null);
    mask.cross(null);
    words.textContent = REST;
  };
  const photo = pictureFigure({label: "Photo of the data set", onPoint: tell, onLeave: leave});
  const mask = pictureFigure({label: "Its mask in the colours of the classes", onPoint: tell, onLeave: leave});
  const names = maskNames();
  mask.append(names);
  let isNamed = false;
  words.textContent = REST;
  const view = html`<div class="labelled-photo"><div>${photo}</div><div>${mask}</div>${words}</div>` as HTMLElement as LabelledPhotoView;
  view.show = (next) => {
    shown = next;
    photo.canvas.setAttribute("aria-label", `Photo ${next.name}`);
    mask.canvas.setAttribute("aria-label", `Mask of ${next.name} in the colours of the classes`);
    photo.draw(next.photo, next.photo.paint);
    mask.draw(next.mask, next.mask.paint);
    view.name(isNamed);
    leave();
  };
  view.name = (is) => {
    isNamed = is;
    names.show(isNamed && shown ? shown.mask.names() : []);
  };
  return view;
}

const REST = "Point at a pixel, or go there with the arrow keys, to read what its mask holds.";
