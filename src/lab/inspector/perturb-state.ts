/** What the address says of the changes to the photo. */
export const PERTURB_TABLE = {};
