import {readFile, readdir, writeFile} from "node:fs/promises";
import path from "node:path";
import {build} from "esbuild";

/** Serves the folder that it lies in, with Node and nothing else. */
export const OWN_SERVER = "serve.mjs";

/** What Framework asks where an address that is not there ends with a slash; what is written here asks more. */
const FRAMEWORKS_QUESTION = /<script type="module">\s*if \(location\.pathname\.endsWith\("\/"\)\) \{[^<]*<\/script>\n?/;
const MAIN = /<main id="observablehq-main"[^>]*>/;

/**
 * What a built page of the site says where it cannot run, and what the page for addresses that are not there does.
 *
 * @param file of the page, in the site's folder
 */
export function forAnyHost(file: string, html: string): string {
  const said = html.replace(
    MAIN,
    (main) => `${main}\n<noscript><p class="error">${NO_SCRIPT}</p></noscript><script>(${IF_FILE})(${JSON.stringify(AS_FILE)})</script>`
  );
  if (file !== "404.html") return said;
  return said.replace(/<base href="[^"]*">/, () => `<script>(${LEAD_HOME})()</script>`).replace(FRAMEWORKS_QUESTION, "");
}

const NO_SCRIPT = "The figures of this page are computed in the browser, by JavaScript, which is switched off here.";
const AS_FILE =
  "This page was opened as a file, from which browsers run no networks. Serve its folder instead: open a terminal there and type “python3 -m http.server” " +
  `or, with Node, “node ${OWN_SERVER}”; then open http://localhost:8000/ in the browser.`;

/** In each page: a page that was opened as a file says what to do. */
const IF_FILE = `(words) => {
  if (location.protocol !== "file:") return;
  const note = document.createElement("p");
  note.className = "error";
  note.textContent = words;
  document.currentScript.after(note);
}`;

/**
 * In the page for addresses that are not there, which a host may show at any depth: goes to the page that was meant, if its ending was left
 * out or a slash put after it, and else to where the links of this page lead into the site.
 */
const LEAD_HOME = `async () => {
  const is = async (address) => (await fetch(address, {method: "HEAD"}).catch(() => null))?.ok === true;
  const {pathname, search, hash} = location;
  if (pathname.endsWith("/404.html")) return;
  const page = pathname.replace(/\\/+$/, "") + ".html";
  if (!pathname.endsWith(".html") && (await is(page))) return location.replace(page + search + hash);
  const here = new URL("./", location.href).href;
  for (let folder = here; ; folder = new URL("../", folder).href) {
    if (await is(folder + "service-worker.js")) return folder === here ? undefined : location.replace(folder + "404.html");
    if (new URL(folder).pathname === "/") return;
  }
}`;

/**
 * Puts beside a built site what lets it be published or carried about as it is: a server of one file for those who have Node, and what
 * keeps GitHub Pages from rendering it. Of a branch, Jekyll would drop the folders whose names begin with an underscore: it is told not to
 * by `.nojekyll`, which is lost where only files that are seen are copied, and by `_config.yml`, which is not.
 */
export async function writeHostFiles(folder: string): Promise<void> {
  const folders = (await readdir(folder, {withFileTypes: true})).filter((entry) => entry.isDirectory() && entry.name.startsWith("_"));
  await writeFile(path.join(folder, "_config.yml"), `include: [${folders.map(({name}) => name).join(", ")}]\n`);
  await build({
    entryPoints: [path.join(import.meta.dirname, "serve-here.ts")],
    outfile: path.join(folder, OWN_SERVER),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    legalComments: "inline",
    logLevel: "warning"
  });
  await writeFile(path.join(folder, ".nojekyll"), "");
}

/** Rewrites the pages of a built site. */
export async function rewritePages(folder: string, rewrite: (file: string, html: string) => string): Promise<void> {
  // What stands among the files that pages fetch is no page.
  const files = (await readdir(folder, {recursive: true})).filter((name) => name.endsWith(".html") && !name.startsWith(`_file${path.sep}`));
  for (const file of files) {
    const page = path.join(folder, file);
    await writeFile(page, rewrite(file, await readFile(page, "utf8")));
  }
}
