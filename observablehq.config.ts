import {readdirSync} from "node:fs";
import path from "node:path";
import {LESSONS} from "./data/lessons.js";

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

/** What comes after the lessons. */
const TOOLS = [
  {path: "/workbench", name: "Workbench"},
  {path: "/webcam", name: "Webcam"},
  {path: "/models", name: "Models"},
  {path: "/label", name: "Label"},
  {path: "/train", name: "Train"},
  {path: "/evaluate", name: "Evaluate"},
  {path: "/notebook", name: "Notebook"}
];

/** The lessons and the tools; the page that the reader is on is marked. */
function header({path: here}: {path: string}): string {
  const link = (to: string, name: string) => `<a href="${to}"${to === pageOf(here) ? ' aria-current="page"' : ""}>${name}</a>`;
  const lessons = LESSONS.map(({path: to, name}, index) => `<li>${link(to, `${index + 1} <span>${name}</span>`)}</li>`).join("");
  const tools = TOOLS.map(({path: to, name}) => `<li>${link(to, name)}</li>`).join("");
  return `<nav class="site-nav lesson-nav" aria-label="Site"><a class="site-name" href="/">DeepLab workbench</a><ol>${lessons}${tools}</ol></nav>`;
}

/** The pages before and after this one. */
function footer({path: here}: {path: string}): string {
  const pages = [...LESSONS, ...TOOLS];
  const index = pages.findIndex(({path: to}) => to === pageOf(here));
  const before = pages[index - 1];
  const after = index < 0 ? undefined : pages[index + 1];
  const pager =
    before || after
      ? `<nav class="lesson-pager" aria-label="Before and after">${before ? `<a rel="prev" href="${before.path}">← ${before.name}</a>` : "<span></span>"}${after ? `<a rel="next" href="${after.path}">${after.name} →</a>` : ""}</nav>`
      : "";
  return `${pager}Nothing you open here leaves your browser. Apache-2.0; photographs and models carry their own credits.`;
}

function pageOf(here: string): string {
  return here.replace(/\/index$/, "/");
}

export default {
  title: "DeepLab workbench",
  root: "src",
  output: "dist",
  style: "style.css",
  // No web fonts: the site asks no other host for anything.
  globalStylesheets: [],
  head: `<link rel="icon" href="${ICON}">`,
  pages: [...LESSONS, ...TOOLS].map(({name, path}) => ({name, path})),
  sidebar: false,
  toc: false,
  pager: false,
  // A plain static server adds no ending to an address.
  preserveExtension: true,
  search: false,
  header,
  footer,
  dynamicPaths: [
    "/service-worker.js",
    ...served("data/models", /\.safetensors$/),
    ...served("data/samples", /\.jpg$/),
    ...served("vendor/thumbnails", /\.jpg$/),
    ...served("vendor/tfjs-wasm", /\.wasm$/),
    "/vendor/katex/katex.min.css",
    ...served("vendor/katex/fonts", /\.woff2$/)
  ]
};
