/**
 * `npm run e2e -- <spec> [Playwright's options]`: end-to-end tests by their files' names, all without one; builds the site where it is
 * stale.
 */
import {buildSite, isBuildStale} from "./site/build.js";
import {run} from "./test/commands.js";

if (await isBuildStale()) await buildSite();
const passed = await run("end-to-end tests", {}, "playwright", "test", ...process.argv.slice(2));
process.exitCode = passed ? 0 : 1;
