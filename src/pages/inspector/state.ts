import {oneOf} from "../../lab/state.js";
import {CLASS_TABLE} from "./class/class-state.js";
import {MAPS_TABLE} from "./maps/maps-state.js";
import {PERTURB_TABLE} from "./perturb/perturb-state.js";
import {PIXEL_TABLE} from "./pixel/pixel-state.js";

export const PANELS = ["maps", "pixel", "class", "perturb", "compare"] as const;
export type PanelName = (typeof PANELS)[number];

/** The inspector's part of the workbench's state table. */
export const INSPECTOR_TABLE = {
  panel: {...oneOf("inside", PANELS, "maps"), step: true},
  ...MAPS_TABLE,
  ...PIXEL_TABLE,
  ...CLASS_TABLE,
  ...PERTURB_TABLE
};
