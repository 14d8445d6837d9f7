import type {Look} from "../../../../src/media/live/look.js";

/** What all sides draw: the frame under its mask, the background left clear. */
export const LOOK: Look = {view: "overlay", opacity: 0.65, mirror: false, hidden: [0], subject: [], backdrop: [0, 0, 0], names: false};
