/** What the address says of the run that is compared with. */
export const COMPARE_TABLE = {};
