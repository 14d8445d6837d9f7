import {readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import type MarkdownIt from "markdown-it";
import {GLOSSARY} from "./data/glossary.js";
import {LESSONS, isLesson} from "./data/lessons.js";
import {explainTerms} from "./scripts/site/glossary.js";
import {setWords} from "./scripts/site/set-words.js";
import {standInLine} from "./scripts/site/stand-in-line.js";
import {layLessons} from "./scripts/site/lesson-layout.js";
import {siteFooter, siteHeader} from "./scripts/site/header.js";

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

/** What the site is made from and of, for a report of a fault. */
function versions(): string {
  const versionOf = (folder: string) =>
    (JSON.parse(readFileSync(path.join(import.meta.dirname, folder, "package.json"), "utf8")) as {readonly version: string}).version;
  return `DeepLab workbench ${versionOf("")}, TensorFlow.js ${versionOf("node_modules/@tensorflow/tfjs-core")}`;
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
  head: `<link rel="icon" href="${ICON}"><meta name="version" content="${versions()}">`,
  pages: [...LESSONS, ...TOOLS].map(({name, path}) => ({name, path})),
  sidebar: false,
  toc: false,
  pager: false,
  // A plain static server adds no ending to an address, and a plain bucket not even the name of a folder's index.
  preserveExtension: true,
  preserveIndex: true,
  search: false,
  header: ({path: here}: {path: string}) => siteHeader(pageOf(here), LESSONS, TOOLS),
  footer: ({path: here}: {path: string}) => siteFooter(pageOf(here), LESSONS, TOOLS),
  markdownIt: (md: MarkdownIt) =>
    explainTerms(
      layLessons(standInLine(setWords(md)), (here) => isLesson(pageOf(here))),
      GLOSSARY,
      LESSONS,
      pageOf
    ),
  dynamicPaths: [
    "/service-worker.js",
    ...served("data/models", /\.safetensors$/),
    ...served("data/samples", /\.jpg$/),
    ...served("vendor/thumbnails", /\.jpg$/),
    ...served("vendor/kernels", /\.wasm$/),
    ...served("vendor/tfjs-wasm", /\.wasm$/),
    "/vendor/katex/katex.min.css",
    ...served("vendor/katex/fonts", /\.woff2$/)
  ]
};
