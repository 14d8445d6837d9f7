import type {Place, View} from "./view-transform.js";

/** What a pointer, or keys in its place, draws. Places are in pixels of the photo. */
export interface StageEvents {
  onStart(place: Place, isEraser: boolean): void;
  onMove(place: Place): void;
  onEnd(): void;
  onCancel(): void;
  /** Enter was pressed. @returns whether that meant something; where not, it puts the tool down or lifts it */
  onEnter(): boolean;
  /** Where the reader points, in pixels of the photo; null for nowhere. @param byKeys whether arrow keys led there */
  onPoint(place: Place | null, byKeys: boolean): void;
  /** The photo is shown larger, smaller or in another part. */
  onView(view: View): void;
}
