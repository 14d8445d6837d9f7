import path from "node:path";

/** The repository's folder. */
export const ROOT = path.resolve(import.meta.dirname, "../..");
/** The built site. */
export const DIST = path.join(ROOT, "dist");
