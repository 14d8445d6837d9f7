/** What the page and the worker say to each other of results measured on labelled photos. Plain data only. */
import type {Photo} from "../engine/photo.js";
import type {PhotoPadding} from "../engine/preprocess.js";
import type {BoundaryDistance} from "../evaluate/boundary.js";
import type {PhotoCounts} from "../evaluate/photo-counts.js";
import type {MaskChoice} from "./protocol.js";

/** How a network is run on each photo, and what is measured. */
export interface MeasureChoice extends MaskChoice {
  readonly padding: PhotoPadding;
  readonly boundaryDistance: BoundaryDistance;
}

export interface MeasuredPhoto {
  readonly counts: PhotoCounts;
  /** Of photo and mask: the same only where both are. */
  readonly digest: string;
}

/** A photo with what its mask says and what the network does. */
export interface ComparedPhoto {
  readonly photo: Photo;
  /** One id a pixel each, rows from the top; ids that are no class, as 255, do not count. */
  readonly truth: Uint8Array;
  readonly labels: Uint8Array;
}
