import path from "node:path";
import {group} from "d3-array";
import {transform} from "esbuild";
import {rollup} from "rollup";
import type {GetManualChunk, OutputChunk, Plugin} from "rollup";
import {withoutInlineHandlers} from "./handlers.js";
import {packageParts, publishedPackage} from "./packages.js";

/**
 * What became of some modules: by the id of an entry, or of a module that is loaded when it is needed and has a bundle of its own, that
 * bundle, and those that this imports by itself.
 */
export type Bundles = ReadonlyMap<string, {readonly file: string; readonly imports: readonly string[]}>;

/** Characters from which on a library that several entries share is a bundle of its own: who does not need it does not load it. */
const LARGE = 50_000;

/** Bytes below which a bundle joins another that is loaded with it, as far as that does nothing else. */
const SMALL = 10_000;

/**
 * Bundles modules for browsers.
 *
 * @param options.entries ids of modules, which `plugin` may make
 * @param options.folder where the bundles go
 * @param options.prefix what the names of bundles begin with that are no entry's
 * @param options.shared names the bundle of a module that several entries need, given those entries. The more names, the more requests
 * a page makes; the fewer, the more it loads that it does not need
 */
export async function bundled(options: {
  readonly entries: readonly string[];
  readonly folder: string;
  readonly prefix?: string;
  readonly plugin?: Plugin;
  readonly shared?: (entries: readonly string[]) => string;
}): Promise<Bundles> {
  const {entries, folder, prefix = "", plugin, shared} = options;
  const bundle = await rollup({
    input: [...entries],
    // TensorFlow.js asks for it where it runs in Node.
    external: ["util"],
    preserveEntrySignatures: "allow-extension",
    plugins: [...(plugin ? [plugin] : []), packageParts, withoutInlineHandlers, minified],
    onwarn(warning, warn) {
      // Framework's module of seedrandom lacks a generator that TensorFlow.js names; nothing here draws with it.
      if (!QUIET.has(warning.code ?? "")) warn(warning);
    }
  });
  const {output} = await bundle.write({
    dir: folder,
    format: "es",
    entryFileNames: ({facadeModuleId}) => `${nameOf(facadeModuleId!)}-[hash].js`,
    chunkFileNames: `${prefix}[name]-[hash].js`,
    onlyExplicitManualChunks: true,
    hoistTransitiveImports: false,
    experimentalMinChunkSize: SMALL,
    minifyInternalExports: false,
    ...(shared && {manualChunks: sharedBundles(entries, shared)})
  });
  await bundle.close();
  const chunks = new Map(output.filter((each): each is OutputChunk => each.type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  return new Map(
    [...chunks.values()]
      .filter(({facadeModuleId}) => facadeModuleId !== null)
      .map(({facadeModuleId, fileName}) => [facadeModuleId!, {file: fileName, imports: staticImports(chunks, fileName)}])
  );
}

const QUIET = new Set(["MISSING_EXPORT", "CIRCULAR_DEPENDENCY", "EVAL", "UNUSED_EXTERNAL_IMPORT"]);

/**
 * Names the bundle of each module that several entries need. A large library is a bundle of its own, and what needs one is apart from what
 * needs none: no entry loads a library for what it shares with others.
 */
function sharedBundles(entries: readonly string[], shared: (entries: readonly string[]) => string): GetManualChunk {
  let roots: Needed | undefined;
  let libraries: Needed | undefined;
  return (id, {getModuleInfo, getModuleIds}) => {
    roots ??= neededFrom(new Map(entries.map((entry) => [entry, [entry]])), (module) => getModuleInfo(module)!.importedIds);
    const needing = roots.get(id) ?? [];
    if (needing.length < 2) return undefined;
    const isLarge = (module: string) =>
      roots!.has(module) && (publishedPackage(module) !== undefined || (getModuleInfo(module)!.code?.length ?? 0) > LARGE);
    libraries ??= neededFrom(group([...getModuleIds()].filter(isLarge), libraryOf), (module) => getModuleInfo(module)!.importers);
    const names = libraries.get(id) ?? [];
    return isLarge(id) ? names.join("-") : [shared(needing), ...names.toSorted()].join("-");
  };
}

/** `tfjs-core` of one of its modules, `katex` of the one that is made of it. */
function libraryOf(module: string): string {
  return path.basename(publishedPackage(module) ?? path.dirname(module)).split("@")[0]!;
}

/** By each module, the names of those that it is reached from. */
type Needed = ReadonlyMap<string, readonly string[]>;

/** Which of some modules lead to each other one. @param starts by name @param next the modules that a module leads to */
function neededFrom(starts: ReadonlyMap<string, readonly string[]>, next: (module: string) => readonly string[]): Needed {
  const found = new Map<string, string[]>();
  for (const [name, modules] of starts) {
    const ahead = [...modules];
    for (let module = ahead.pop(); module !== undefined; module = ahead.pop()) {
      const known = found.get(module) ?? [];
      if (known.at(-1) === name) continue;
      found.set(module, [...known, name]);
      ahead.push(...next(module));
    }
  }
  return found;
}

const minified: Plugin = {
  name: "minified",
  async renderChunk(code) {
    const {code: small} = await transform(code, {
      target: "es2022",
      format: "esm",
      minifyWhitespace: true,
      minifyIdentifiers: true,
      minifySyntax: true,
      legalComments: "eof",
      logLevel: "error"
    });
    return {code: small, map: null};
  }
};

function staticImports(chunks: ReadonlyMap<string, OutputChunk>, file: string, found: string[] = []): string[] {
  for (const imported of chunks.get(file)?.imports ?? []) {
    if (found.includes(imported) || !chunks.has(imported)) continue;
    found.push(imported);
    staticImports(chunks, imported, found);
  }
  return found;
}

/** `worker` of `.../worker.0a1b2c3d.js` and `workbench` of `page:workbench.html`. */
function nameOf(module: string): string {
  return path.basename(module.replace(/^.*:/, "")).split(".")[0]!;
}
