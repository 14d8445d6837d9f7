import type {Place} from "./view-transform.js";

/** What a pointer, or keys in its place, draws. Places are in pixels of the photo. */
export interface StageEvents {
  onStart(place: Place, isEraser: boolean): void;
  onMove(place: Place): void;
  onEnd(): void;
  onCancel(): void;
  /** Enter was pressed. @returns whether that meant something; where not, it puts the tool down or lifts it */
  onEnter(): boolean;
  /** Where the reader points, in pixels of the photo; null for nowhere. */
  onPoint(place: Place | null): void;
}
