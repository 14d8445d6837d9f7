import {siteUrl} from "../../site.js";

/** The model that is in every build of the site, and the only one that is a whole v3+: atrous branches and a decoder. */
export const BUNDLED = {id: "nano", url: siteUrl("data/models/nano.safetensors")} as const;
