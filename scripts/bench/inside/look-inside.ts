import path from "node:path";
import sharp from "sharp";
import type {Page} from "@playwright/test";
import type {BackendId} from "../../../src/worker/protocol.js";
import {bundle} from "../../browser/bundle.js";
import type {Gpu} from "../../browser/chromium.js";
import {MEASURED, onBuiltSite} from "../built-site.js";
import {mostComputed} from "../task-times.js";
import type {TraceEvent} from "../task-times.js";
import type * as InPage from "./in-page.js";
import {insideRow} from "./report.js";
import type {InsideRow} from "./report.js";

/** The released network, and of its layers one with many channels. */
export const INSIDE_MODEL = "mobilenetv2-100-pascal";
const SIZE = 513;
const OUTPUT_STRIDE = "16";
const SHAPE = "33 × 33 × 960";
const CHANNELS = 960;
/** Small and quick: what is open before. */
const BEFORE = {layer: "logits", channels: 21};
/** Emulated WebGL compiles and runs for so long. */
const TIMEOUT = 300_000;

/**
 * Times the inspector of the built site's workbench on a square photo: the network as the workbench tells it, a layer with 960
 * channels from the click on its button to the frame with its grid, and the frames while that grid is scrolled.
 *
 * @param photo path of a photo, which is stretched to a square
 * @throws Error when the layer or its grid does not come
 */
export async function lookInside(backend: BackendId, photo: string, runs: number, gpu: Gpu): Promise<InsideRow> {
  return onBuiltSite(gpu, async (browser, url) => {
    const tab = await browser.newPage({viewport: {width: 1280, height: 860}, ...MEASURED});
    tab.setDefaultTimeout(TIMEOUT);
    await tab.goto(`${url}/workbench?${new URLSearchParams({model: INSIDE_MODEL, backend, size: String(SIZE), os: OUTPUT_STRIDE})}`);
    await settled(tab);
    const square = await sharp(photo).resize(SIZE, SIZE, {fit: "fill"}).png().toBuffer();
    await changes(tab, () => tab.getByLabel("Image file").setInputFiles({name: "square.png", mimeType: "image/png", buffer: square}));
    await tab.addScriptTag({
      type: "module",
      content: `${await bundle(path.join(import.meta.dirname, "in-page.ts"))}\n;globalThis.bench = {layerOfShape, openLayer, scrollGrid, networkTime};`
    });
    await tab.waitForFunction("globalThis.bench");
    // Source text instead of a function: tools that compile this file would leave their helpers' names in it.
    const call = <Name extends keyof typeof InPage>(name: Name, ...args: unknown[]) =>
      tab.evaluate(`bench[${JSON.stringify(name)}](...${JSON.stringify(args)})`) as Promise<Awaited<ReturnType<(typeof InPage)[Name]>>>;

    const stride = tab.getByRole("combobox", {name: "Output stride"});
    const networkMs: number[] = [];
    for (let run = 0; run < runs; run++) {
      // Another stride and back: the network runs anew, its shaders compiled.
      await changes(tab, () => stride.selectOption("32"));
      await changes(tab, () => stride.selectOption(OUTPUT_STRIDE));
      networkMs.push(await call("networkTime"));
    }
    const layer = await call("layerOfShape", SHAPE);
    if (layer === null) throw new Error(`${INSIDE_MODEL} has no layer of ${SHAPE} at this size.`);
    const openMs: number[] = [];
    const scrolls: InPage.Scrolled[] = [];
    for (let run = 0; run < runs; run++) {
      await call("openLayer", BEFORE.layer, BEFORE.channels);
      openMs.push(await call("openLayer", layer, CHANNELS));
      scrolls.push(await call("scrollGrid"));
    }
    await browser.startTracing(tab, {categories: ["disabled-by-default-devtools.timeline"]});
    await call("scrollGrid");
    const trace = JSON.parse((await browser.stopTracing()).toString()) as {readonly traceEvents: readonly TraceEvent[]};
    return insideRow(
      {model: INSIDE_MODEL, backend, layer, shape: SHAPE},
      {networkMs, openMs, scrolls, computedMs: mostComputed(trace.traceEvents)}
    );
  });
}

async function settled(tab: Page): Promise<void> {
  await tab.waitForFunction(
    `document.querySelector("main")?.dataset.run && document.querySelector("main").getAttribute("aria-busy") === "false"`
  );
}

async function changes(tab: Page, action: () => Promise<unknown>): Promise<void> {
  const before = await tab.getAttribute("main", "data-run");
  await action();
  await tab.waitForFunction(`document.querySelector("main").dataset.run !== ${JSON.stringify(before)}`);
  await settled(tab);
}
