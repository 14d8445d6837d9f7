import {buildSite, isBuildStale} from "./site/build.js";
import {DIST} from "./site/root.js";
import {serve} from "./site/serve.js";
import {openBrowser} from "./start/open-browser.js";
import {USAGE, startOptions} from "./start/options.js";
import type {StartOptions} from "./start/options.js";

const DEFAULT_PORT = 3000;
/** How many ports after the first are tried when it is taken. */
const PORTS_TRIED = 20;

try {
  const options = startOptions(process.argv.slice(2), process.env, process.stdout.isTTY);
  if (options === null) console.log(USAGE);
  else await start(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function start(options: StartOptions): Promise<void> {
  if (await isBuildStale()) await buildSite();
  const {url} = await serveOnFreePort(options);
  console.log(`\nDeepLab workbench: ${url}/\nThe workbench itself: ${url}/workbench.html\nPress Ctrl+C to stop.`);
  if (options.open) openBrowser(`${url}/`);
}

async function serveOnFreePort({port: asked, host}: StartOptions) {
  const from = asked ?? DEFAULT_PORT;
  for (let port = from; ; port++) {
    try {
      return await serve({folder: DIST, port, host});
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (taken && asked !== undefined) throw new Error(`Port ${asked} is taken: name another by --port.`, {cause: error});
      if (!taken || port - from >= PORTS_TRIED) throw error;
    }
  }
}
