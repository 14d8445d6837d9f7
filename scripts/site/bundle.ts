import {readFile, readdir, rm, writeFile} from "node:fs/promises";
import path from "node:path";
import {build} from "esbuild";
import {isLesson} from "../../data/lessons.js";
import {PART_OF, announcement, photoHref} from "./announce.js";
import {bundled} from "./bundled.js";
import type {Bundles} from "./bundled.js";
import {FIRST_PHOTO} from "./first-masks.js";
import {DIST} from "./root.js";
import {hasPlace, withStandIn} from "./stand-in.js";
import type {StandIn} from "./stand-in.js";

/** Where the bundles stand: one folder deep, as the site's modules before them, so that what they address relatively stays right. */
const FOLDER = "_app";
/** How Framework writes a page's imports, and how it announces modules. */
const PAGE_IMPORT = /import\("\.\/((?:_import|_node)\/[^"]+\.js)"\)/g;
const ANNOUNCED = /<link rel="modulepreload" href="\.\/(?:_import|_node)\/[^"]+">\n/g;
/** How a module names a worker's. */
const WORKER = /import\.meta\.resolve\("([^"]+)"\)/g;
/** The module of the worker that all pages but the notebook's compute with. */
const ENGINE = /\/worker\/worker\.[^/]*$/;
/** What a page's own module is called before it is one. */
const PAGE = "page:";
/** How Framework names the JSON files that a page fetches. */
const DATA = /"path":"(\.\/_file\/[^"]+\.json)"/g;

/** Pages that most readers come to first. */
const FIRST_PAGES = ["/", "/workbench"];

/** Pages that share no bundle: what else they need than all others would come with what others share. */
const ALONE = ["/notebook"];

/** What first masks need besides scripts. */
interface FirstNeeds {
  readonly best: string | undefined;
  readonly standIns: readonly StandIn[];
}

/** Bundles of the worker that are loaded. */
interface WorkerBundles {
  /** When it starts. */
  readonly start: readonly string[];
  /** With one of its parts, by that one's name; none where that is in those of the start. */
  part(name: string): readonly string[];
}

/**
 * Makes a few bundles of the built site's some 300 modules: one for each page, one for the worker, and what they share or load when it is
 * needed. A chain of imports is a chain of round trips, and each request takes time of its own.
 *
 * @param needs.best id of the best model that there is, if there is any
 * @param needs.standIns what may stand in for a page's first mask
 */
export async function bundleModules(needs: FirstNeeds): Promise<void> {
  const pages = (await readdir(DIST)).filter((name) => name.endsWith(".html"));
  const sources = new Map(await Promise.all(pages.map(async (page) => [page, await readFile(path.join(DIST, page), "utf8")] as const)));
  const worker = await bundleWorkers();
  const bundles = await bundlePages(sources);
  const made = {...needs, bundles, worker};
  await Promise.all([...sources].map(([page, html]) => writeFile(path.join(DIST, page), rewritten(html, page, made))));
  await bundleInPlace();
  await removeModules();
}

/** Scripts with an address of their own, which Framework makes stand-ins for a module: the module itself, at that address. */
async function bundleInPlace(): Promise<void> {
  const scripts = (await readdir(DIST)).filter((name) => name.endsWith(".js")).map((name) => path.join(DIST, name));
  await Promise.all(
    scripts.map((script) => build({entryPoints: [script], outfile: script, allowOverwrite: true, bundle: true, format: "esm"}))
  );
}

/**
 * Bundles the module that each worker starts with, and lets the modules that start it name the bundle, which a bundler takes for text. None
 * shares a bundle with another: what one page's own worker needs is nothing that the others' should fetch in more pieces.
 */
async function bundleWorkers(): Promise<WorkerBundles> {
  const folder = path.join(DIST, "_import");
  const files = (await readdir(folder, {recursive: true})).filter((name) => name.endsWith(".js")).map((name) => path.join(folder, name));
  const texts = await Promise.all(files.map(async (file) => ({file, text: await readFile(file, "utf8")})));
  const moduleOf = (file: string, name: string) => path.resolve(path.dirname(file), name);
  const workers = new Set(texts.flatMap(({file, text}) => [...text.matchAll(WORKER)].map(([, name]) => moduleOf(file, name!))));
  const made = new Map(
    await Promise.all(
      [...workers].map(async (worker) => {
        // A page and a worker each load their own: named alike, what is the same in both would look loaded twice.
        const prefix = `${path.basename(worker).split(".")[0]!}-`;
        return [worker, await bundled({entries: [worker], folder: path.join(DIST, FOLDER), prefix})] as const;
      })
    )
  );
  const bundleAt = (file: string, name: string) => {
    const worker = moduleOf(file, name);
    return bundleOf(made.get(worker)!, worker).file;
  };
  await Promise.all(
    texts
      .filter(({text}) => text.search(WORKER) >= 0)
      .map(({file, text}) =>
        writeFile(
          file,
          text.replace(WORKER, (_, name: string) => `import.meta.resolve("./${bundleAt(file, name)}")`)
        )
      )
  );
  const isEngine = (module: string) => ENGINE.test(module);
  const engine: Bundles = [...made].find(([worker]) => isEngine(worker))?.[1] ?? new Map();
  const loaded = (wanted: (module: string) => boolean) =>
    [...engine].flatMap(([module, {file, imports}]) => (wanted(module) ? [file, ...imports] : []));
  return {
    start: loaded(isEngine),
    part: (name) => loaded((module) => module.includes(`/worker/${name}/index.`))
  };
}

/** Bundles the modules of each page into one that exports each of them as `m0`, `m1`, ... in the order in which the page imports them. */
async function bundlePages(pages: ReadonlyMap<string, string>): Promise<Bundles> {
  const entries = [...pages.keys()].map((page) => PAGE + page);
  const isAlone = (page: string) => ALONE.includes(addressOf(page));
  const [site, ...alone] = await Promise.all([
    bundledPages(
      pages,
      entries.filter((page) => !isAlone(page))
    ),
    ...entries.filter(isAlone).map((page) => bundledPages(pages, [page]))
  ]);
  return new Map([site!, ...alone].flatMap((bundles) => [...bundles]));
}

function bundledPages(pages: ReadonlyMap<string, string>, entries: readonly string[]): Promise<Bundles> {
  return bundled({
    entries,
    folder: path.join(DIST, FOLDER),
    plugin: {
      name: "pages",
      resolveId: (id) => (id.startsWith(PAGE) ? id : null),
      load: (id) =>
        id.startsWith(PAGE)
          ? importsOf(pages.get(id.slice(PAGE.length))!)
              .map((module, index) => `export * as m${index} from ${JSON.stringify(path.join(DIST, module))};`)
              .join("\n")
          : null
    },
    // What several pages need comes in a few bundles, however many pages there are: lessons, which are read one after the other, share
    // with each other, and so do tools. The two that most readers come to first load nothing that only others share.
    shared(needed) {
      const first = FIRST_PAGES.filter((page) => needed.some((each) => addressOf(each) === page));
      if (first.length === FIRST_PAGES.length) return "shared";
      if (first.length > 0) return `shared${first.join("").replaceAll("/", "-")}`;
      const lessons = needed.filter((page) => isLesson(addressOf(page)));
      return lessons.length === 0 ? "tools" : lessons.length === needed.length ? "lessons" : "site";
    }
  });
}

/** The address of a page in the site. */
function addressOf(page: string): string {
  return `/${page
    .slice(PAGE.length)
    .replace(/\.html$/, "")
    .replace(/^index$/, "")}`;
}

/** The modules that a page imports, its own and packages that its cells name, each once. */
export function importsOf(html: string): string[] {
  return [...new Set([...html.matchAll(PAGE_IMPORT)].map(([, module]) => module!))];
}

/** A page that imports its bundle, and announces all that it will load at once. */
function rewritten(
  html: string,
  page: string,
  {bundles, worker, best, standIns}: FirstNeeds & {readonly bundles: Bundles; readonly worker: WorkerBundles}
): string {
  const at = addressOf(PAGE + page);
  const modules = importsOf(html);
  const {file, imports} = bundleOf(bundles, PAGE + page);
  const address = (name: string) => `./${FOLDER}/${name}`;
  const announced = [file, ...imports].map((name) => `<link rel="modulepreload" href="${address(name)}">\n`);
  const data = [...html.matchAll(DATA)].map(([, name]) => name!);
  const part = PART_OF[at];
  const ahead = [...new Set([...worker.start, ...(part ? worker.part(part) : [])])].map(address);
  const shown = hasPlace(html) ? standIns : [];
  return withStandIn(html, photoHref(FIRST_PHOTO), shown)
    .replace(ANNOUNCED, "")
    .replace(/(?=<link rel="preload" as="style")/, announcement(at, {data, worker: ahead, best, standIns: shown}))
    .replace(/(?=<link rel="icon")/, announced.join(""))
    .replace(PAGE_IMPORT, (_, module: string) => `import("./${FOLDER}/${file}").then(({m${modules.indexOf(module)}: m}) => m)`);
}

/** @throws Error where no bundle was made of a module */
function bundleOf(bundles: Bundles, module: string): {readonly file: string; readonly imports: readonly string[]} {
  const found = bundles.get(module);
  if (!found) throw new Error(`No bundle was made of ${module}.`);
  return found;
}

/** Removes the single modules. Beside their folders stand styles, which stay. */
async function removeModules(): Promise<void> {
  await rm(path.join(DIST, "_node"), {recursive: true});
  const entries = await readdir(path.join(DIST, "_import"), {withFileTypes: true});
  const modules = entries.filter((entry) => entry.isDirectory() || entry.name.endsWith(".js"));
  await Promise.all(modules.map(({name}) => rm(path.join(DIST, "_import", name), {recursive: true})));
}
