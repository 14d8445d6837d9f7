import path from "node:path";
import {build} from "esbuild";
import type {Plugin} from "esbuild";
import {ROOT} from "../site/root.js";

/**
 * Bundles a TypeScript module and all that it imports into one browser module, source map inside.
 *
 * @param checkout folder of another checkout of this project, whose modules the entry imports in place of ours
 */
export async function bundle(entry: string, checkout?: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    sourcemap: "inline",
    sourcesContent: false,
    preserveSymlinks: true,
    plugins: [wasmBackendFromPackage, ...(checkout ? [importsFrom(checkout, entry)] : [])],
    logLevel: "error"
  });
  return outputFiles[0]!.text;
}

/** What the entry imports by a relative path is that of the other checkout. */
function importsFrom(checkout: string, entry: string): Plugin {
  const here = path.dirname(path.resolve(entry));
  const there = path.join(checkout, path.relative(ROOT, here));
  return {
    name: "imports-from-another-checkout",
    setup({onResolve, resolve}) {
      onResolve({filter: /^\./}, ({path: name, importer, kind}) =>
        importer === path.resolve(entry) ? resolve(name, {resolveDir: there, kind}) : undefined
      );
    }
  };
}

/** The site imports a bundle of the WASM backend that its build makes; here the package itself will do, without a build. */
const wasmBackendFromPackage: Plugin = {
  name: "wasm-backend-from-package",
  setup({onResolve, resolve}) {
    onResolve({filter: /\/vendor\/tfjs-backend-wasm\.js$/}, ({resolveDir, kind}) =>
      resolve("@tensorflow/tfjs-backend-wasm", {resolveDir, kind})
    );
  }
};
