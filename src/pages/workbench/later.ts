import {part} from "../../part.js";
import type * as OnceSegmented from "./once-segmented.js";

/** Loads what the workbench needs only once a mask stands. @throws Error with a sentence for the reader when it does not come */
export type Later = () => Promise<typeof OnceSegmented>;

export function newLater(): Later {
  let loading: ReturnType<Later> | null = null;
  return () => (loading ??= part(() => import("./once-segmented.js")));
}
