import {buildSite, isBuildStale} from "./site/build.js";
import {DIST} from "./site/root.js";
import {serve} from "./site/serve.js";

const DEFAULT_PORT = 3000;
/** How many ports after the first are tried when it is taken. */
const PORTS_TRIED = 20;

if (await isBuildStale()) await buildSite();

const first = Number(process.env.PORT ?? DEFAULT_PORT);
const {url} = await serveOnFreePort(first);
console.log(`\nDeepLab workbench: ${url}/\nThe workbench itself: ${url}/workbench\nPress Ctrl+C to stop.`);

async function serveOnFreePort(from: number) {
  for (let port = from; ; port++) {
    try {
      return await serve({folder: DIST, port});
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!taken || process.env.PORT || port - from >= PORTS_TRIED) throw error;
    }
  }
}
