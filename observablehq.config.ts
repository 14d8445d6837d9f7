import {readdirSync} from "node:fs";
import path from "node:path";

/** Files of a folder under `src` that the site serves under their own names. */
function served(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(path.join(import.meta.dirname, "src", folder));
  return files.filter((file) => pattern.test(file)).map((file) => `/${folder}/${file}`);
}

/** The favicon: four classes of a label map. */
const ICON =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path fill="#1b1e23" d="M0 0h4v4H0z"/><path fill="#c08080" d="M1 1h1v3H1z"/><path fill="#0f8b8d" d="M2 2h2v2H2z"/><path fill="#e07b1a" d="M1 0h2v1H1z"/></svg>'
  );

export default {
  title: "DeepLab workbench",
  root: "src",
  output: "dist",
  style: "style.css",
  // No web fonts: the site asks no other host for anything.
  globalStylesheets: [],
  head: `<link rel="icon" href="${ICON}">`,
  pages: [{name: "Workbench", path: "/workbench"}],
  sidebar: false,
  toc: false,
  pager: false,
  search: false,
  header: '<nav class="site-nav" aria-label="Site"><a class="site-name" href="/">DeepLab workbench</a><a href="/workbench">Workbench</a></nav>',
  footer: "Nothing you open here leaves your browser. Apache-2.0; photographs and models carry their own credits.",
  dynamicPaths: [
    "/isolation-worker.js",
    ...served("data/models", /\.safetensors$/),
    ...served("data/samples", /\.jpg$/),
    ...served("vendor/tfjs-wasm", /\.wasm$/)
  ]
};
