import {build} from "esbuild";
import type {Plugin} from "esbuild";

/** Bundles a TypeScript module and all that it imports into one browser module, source map inside. */
export async function bundle(entry: string): Promise<string> {
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
    plugins: [wasmBackendFromPackage],
    logLevel: "error"
  });
  return outputFiles[0]!.text;
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
