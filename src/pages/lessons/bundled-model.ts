import {smallestPlan} from "../../engine/plan.js";
import {released} from "../../engine/released.js";
import {lineage} from "../../engine/teaching/lineage.js";
import {siteUrl} from "../../site.js";

/** The model that is in every build of the site, and the only one that is a whole v3+: atrous branches and a decoder. */
export const BUNDLED = {id: "nano", url: siteUrl("data/models/nano.safetensors")} as const;

/**
 * A plan with the bundled model's end points and rates, for what stands on a page before the model's own description is there: the
 * paper's head on the backbone that it has. Channels and sizes may be others.
 */
export const LIKE_BUNDLED = smallestPlan(lineage("v3+", released(0.5)));
