/** Pictures in the boxes of the strip that stands over each lesson, kept from page to page in this tab. */
import {keptAs} from "../site.js";
import {isSamePhoto} from "./photo-memory.js";
import type {RememberedPhoto} from "./photo-memory.js";

const KEY = keptAs("deeplab-workbench/strip");
const BOXES = ".network-strip rect[data-step]";

/** By the end point of each box. */
export type StripPictures = Readonly<Record<string, string>>;

/** The end points whose maps the strip shows; none on a page without one. */
export function stripEndPoints(): string[] {
  return [...document.querySelectorAll<SVGRectElement>(BOXES)].map((box) => box.dataset["step"]!);
}

/** Puts a picture into each box that has one, and takes those of another photo out of all others. */
export function showStripPictures(pictures: StripPictures): void {
  for (const box of document.querySelectorAll<SVGRectElement>(BOXES)) {
    const url = pictures[box.dataset["step"]!];
    const shown = box.previousElementSibling instanceof SVGImageElement ? box.previousElementSibling : null;
    if (!url) shown?.remove();
    else if (shown) shown.setAttribute("href", url);
    else box.before(imageIn(box, url));
  }
}

function imageIn(box: SVGRectElement, url: string): SVGImageElement {
  const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
  for (const name of ["x", "y", "width", "height"]) image.setAttribute(name, box.getAttribute(name)!);
  image.setAttribute("class", box.getAttribute("class")!);
  image.setAttribute("preserveAspectRatio", "xMidYMid slice");
  image.setAttribute("href", url);
  return image;
}

/** What a model's end points saw in a photo. */
export interface KeptStrip {
  readonly photo: RememberedPhoto;
  readonly modelUrl: string;
  readonly pictures: StripPictures;
}

/** Keeps pictures for the lessons that are opened next: those that run no network show them, and others need not make them again. */
export function keepStripPictures(kept: KeptStrip): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is full or forbidden: lessons that run no network have an empty strip.
  }
}

/** What an earlier page has kept of a photo; null where it is another's. */
export function keptStripPictures(photo: RememberedPhoto): KeptStrip | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as KeptStrip | null;
    return kept && isSamePhoto(kept.photo, photo) ? kept : null;
  } catch {
    return null;
  }
}
