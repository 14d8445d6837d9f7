import {fileURLToPath} from "node:url";
import type {Browser} from "@playwright/test";
import {kernelsOf} from "../kernels/of-checkout.js";
import {bundle} from "./bundle.js";
import {launchChromium} from "./chromium.js";
import {serve} from "./server.js";
import type {Served} from "./server.js";

/** A module whose exports can be called from here: arguments and results are plain data. */
export type Callable = Record<string, (...args: never[]) => unknown>;

export interface Session<Entry extends Callable> {
  /** Version of the browser. */
  readonly version: string;
  /** Calls an exported function of the entry in the page and waits for its result. */
  call<Name extends keyof Entry & string>(name: Name, ...args: Parameters<Entry[Name]>): Promise<Awaited<ReturnType<Entry[Name]>>>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** What the page may fetch besides the entry, by path. */
  readonly files?: Readonly<Record<string, Served>>;
  /** Gives a browser, which the session closes; by default a Chromium of its own that computes in software, the same everywhere. */
  readonly start?: () => Promise<Browser>;
  /** Folder of another checkout, whose modules the entry imports in place of ours. */
  readonly checkout?: string;
  /** Called with each line that the page writes to its console. */
  readonly onConsole?: (line: string) => void;
}

/** The wasm files that TensorFlow.js and LiteRT.js fetch, by the path at which the entries expect them. */
const RUNTIMES: Readonly<Record<string, Served>> = {
  "/vendor/tfjs-wasm/": {folder: nodeModule("@tensorflow/tfjs-backend-wasm/dist")},
  "/litert-wasm/": {folder: nodeModule("@litertjs/core/wasm")}
};

/** Our own kernels, as the site has them. @param checkout whose */
async function servedKernels(checkout: string | undefined): Promise<Record<string, Served>> {
  const files = [...(await kernelsOf(checkout))];
  return Object.fromEntries(files.map(([name, content]) => [`/vendor/kernels/${name}`, {content, type: "application/wasm"}]));
}

const PAGE = `<!doctype html>
<html lang="en">
<title>Harness</title>
<link rel="icon" href="data:,">
<script type="module">
  import * as harness from "/entry.js";
  globalThis.harness = harness;
</script>
</html>`;

/**
 * Opens a TypeScript module in Chromium, in a page that is cross-origin isolated (WebAssembly threads work) and
 * sees nothing but what is served here.
 *
 * @param entry path of the module; its type is the parameter: `import type * as Page from "./page.js"`, then
 * `openInBrowser<typeof Page>("page.ts")`
 * @throws Error when there is no Chromium, or the entry does not build or start
 */
export async function openInBrowser<Entry extends Callable>(
  entry: string,
  {files = {}, start = () => launchChromium("software"), checkout, onConsole}: SessionOptions = {}
): Promise<Session<Entry>> {
  const server = await serve({
    ...RUNTIMES,
    ...(await servedKernels(checkout)),
    ...files,
    "/": {content: PAGE, type: "text/html"},
    "/entry.js": {content: await bundle(entry, checkout), type: "text/javascript"}
  });
  try {
    const browser = await start();
    try {
      const page = await browser.newPage();
      if (onConsole) page.on("console", (message) => onConsole(message.text()));
      const errors: Error[] = [];
      page.on("pageerror", (error) => errors.push(error));
      await page.goto(`${server.url}/`);
      if (!(await page.evaluate("'harness' in globalThis"))) {
        throw new Error(`${entry} did not start in the browser: ${errors[0]?.message ?? "no reason given"}.`, {cause: errors[0]});
      }
      return {
        version: browser.version(),
        // Source text instead of a function: tools that compile this file would leave their helpers' names in it.
        call: (name, ...args) => page.evaluate(`harness[${JSON.stringify(name)}](...${JSON.stringify(args)})`),
        close: async () => {
          await browser.close();
          await server.close();
        }
      };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Path of a file or folder of a package. */
export function nodeModule(name: string): string {
  return fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url));
}
