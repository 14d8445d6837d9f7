import {part} from "../../part.js";
import type * as OnceSegmented from "./once-segmented.js";

/** Loads what the workbench needs only once a mask stands. @throws Error with a sentence for the reader when it does not come */
export type Later = () => Promise<typeof OnceSegmented>;

/** What came once is there from then on; what did not come is asked for anew. */
export const later: Later = () => part(() => import("./once-segmented.js"));
