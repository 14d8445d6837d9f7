import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import path from "node:path";
import {build} from "esbuild";
import type {Plugin} from "esbuild";
import {kernelFiles} from "../kernels/compile.js";
import {writeModelIndex} from "./model-index.js";
import {ROOT} from "./root.js";
import {prepareStandardLibrary} from "./standard-library.js";
import {writeThumbnails} from "./thumbnails.js";

/** A kernel of the WASM backend, by the name of its module: helpers begin with a small letter. */
const KERNEL = /^_?[A-Z]\w*\.js$/;
/** Those of texts, sparse tensors, volumes and found boxes, of random numbers and of running sums. */
const NEVER_USED =
  /^(?:String|Sparse|NonMaxSuppression|\w*3D|Dilation2D|Bincount|DenseBincount|Multinomial|LinSpace|SearchSorted|Cum|Unique|RotateWithOffset|Transform\.|LRN)/;

/** What must stand in the source folder before Framework builds or previews the site. */
export async function prepareSources(): Promise<void> {
  await Promise.all([bundleWasmBackend(), bundleSucrase(), writeKernels(), prepareStandardLibrary(), writeModelIndex(), writeThumbnails()]);
}

/** Our own kernels, in every kind that browsers take. */
async function writeKernels(): Promise<void> {
  const folder = path.join(ROOT, "src/vendor/kernels");
  await mkdir(folder, {recursive: true});
  await Promise.all([...(await kernelFiles())].map(([name, bytes]) => writeFile(path.join(folder, name), bytes)));
}

/**
 * Makes the WASM backend of TensorFlow.js one browser module.
 *
 * Framework's own bundling of this package leaves imports of Node's "fs" in it, and minifies the function
 * whose source text the thread workers are started with; both fail in a browser. esbuild honours the package's
 * "browser" field. tfjs-core stays an import, so that there is one. Kernels that no network here
 * has any use for are left out.
 */
async function bundleWasmBackend(): Promise<void> {
  const files = await readdir(path.join(ROOT, "node_modules/@tensorflow/tfjs-backend-wasm/dist/kernels"));
  const kernels = files.filter((file) => KERNEL.test(file) && !NEVER_USED.test(file));
  const contents = [
    `import {registerKernel} from "@tensorflow/tfjs-core";`,
    `export * from "@tensorflow/tfjs-backend-wasm/dist/base.js";`,
    ...kernels.map((file, index) => `import * as k${index} from "@tensorflow/tfjs-backend-wasm/dist/kernels/${file}";`),
    `for (const kernel of [${kernels.map((_, index) => `k${index}`).join()}])`,
    `  for (const config of Object.values(kernel)) if (config.kernelName) registerKernel(config);`
  ].join("\n");
  await build({
    stdin: {contents, resolveDir: ROOT},
    outfile: path.join(ROOT, "src/vendor/tfjs-backend-wasm.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minifyWhitespace: true,
    legalComments: "inline",
    external: ["@tensorflow/tfjs-core"],
    plugins: [noIdleThreads]
  });
}

/** Makes what takes the types out of programs one module: Framework's own lacks the named exports of what it needs. */
async function bundleSucrase(): Promise<void> {
  await build({
    stdin: {contents: `export {transform} from "sucrase";`, resolveDir: ROOT},
    outfile: path.join(ROOT, "src/vendor/sucrase.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minifyWhitespace: true,
    legalComments: "inline"
  });
}

/**
 * The script starts eight workers, and waits for all of them, however many threads compute. As many as may compute are enough, which is
 * half of the cores that it is told of (`reportingCores` in src/worker/backends.ts).
 */
const noIdleThreads: Plugin = {
  name: "no-idle-threads",
  setup({onLoad}) {
    onLoad({filter: /tfjs-backend-wasm-threaded-simd\.js$/}, async ({path: file}) => {
      const text = await readFile(file, "utf8");
      const contents = text.replace("pthreadPoolSize=8;", "pthreadPoolSize=Math.min(8,navigator.hardwareConcurrency>>1);");
      if (contents === text) throw new Error(`${file} starts its workers in another way than known: see scripts/site/prepare.ts.`);
      return {contents};
    });
  }
};
