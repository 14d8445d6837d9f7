import {chromiumPath} from "../../scripts/browser/chromium.js";

/** Whether tests that need Chromium can run. Where tests must not be skipped (CI) they run, and fail, without it too. */
export const hasBrowser = process.env.CI !== undefined || isThere();

function isThere(): boolean {
  try {
    chromiumPath();
    return true;
  } catch {
    return false;
  }
}
