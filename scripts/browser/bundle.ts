import {build} from "esbuild";

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
    logLevel: "error"
  });
  return outputFiles[0]!.text;
}
