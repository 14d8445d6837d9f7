import {readFile} from "node:fs/promises";
import path from "node:path";
import {median} from "d3-array";
import type {BackendId} from "../../../src/worker/protocol.js";
import {launchChromium} from "../../browser/chromium.js";
import type {Gpu} from "../../browser/chromium.js";
import {openInBrowser} from "../../browser/session.js";
import type * as Page from "../page/build.js";
import {squarePixels} from "../photo.js";
import type {BuildRow} from "./report.js";

/** What both builds run: the bundled model, at the sizes and strides of the pages. */
const SETTINGS = [
  {inputSize: 257, outputStride: 16},
  {inputSize: 257, outputStride: 8},
  {inputSize: 513, outputStride: 16},
  {inputSize: 513, outputStride: 8}
] as const;
const MODEL = "nano";

const HERE = path.join(import.meta.dirname, "../../..");
const ENTRY = path.join(import.meta.dirname, "../page/build.ts");

/**
 * Times this checkout's engine and another's on the same photo, in turn, run by run, each in a Chromium of its own.
 *
 * @param other the other checkout's folder, its packages installed
 * @throws Error where it cannot be bundled or started
 */
export async function compareBuilds(other: string, backend: BackendId, photo: string, runs: number, gpu: Gpu): Promise<BuildRow[]> {
  const model = await readFile(path.join(HERE, `data/models/${MODEL}.safetensors`));
  const type = "application/octet-stream";
  const files: Record<string, {content: Uint8Array; type: string}> = {"/model": {content: model, type}};
  for (const {inputSize} of SETTINGS) files[`/photo/${inputSize}`] = {content: await squarePixels(photo, inputSize), type};
  const start = () => launchChromium(gpu);
  const mine = await openInBrowser<typeof Page>(ENTRY, {files, start});
  try {
    const theirs = await openInBrowser<typeof Page>(ENTRY, {files, start, checkout: path.resolve(other)});
    try {
      const rows: BuildRow[] = [];
      for (const {inputSize, outputStride} of SETTINGS) {
        const setting = {backend, inputSize, outputStride, urls: {model: "/model", photo: `/photo/${inputSize}`}};
        const [a, b] = [await mine.call("open", setting), await theirs.call("open", setting)];
        const times = {mine: [] as number[], theirs: [] as number[]};
        for (let i = 0; i < runs; i++) {
          // Who goes first changes, so that neither always finds the machine as the other left it.
          for (const who of i % 2 === 0 ? (["mine", "theirs"] as const) : (["theirs", "mine"] as const)) {
            times[who].push(await (who === "mine" ? mine : theirs).call("time"));
          }
        }
        const [mineMs, theirMs] = [median(times.mine)!, median(times.theirs)!];
        const differing = a.filter((id, pixel) => id !== b[pixel]).length;
        rows.push({kind: "build", backend, inputSize, outputStride, mineMs, theirMs, ratio: theirMs / mineMs, differing});
      }
      return rows;
    } finally {
      await theirs.close();
    }
  } finally {
    await mine.close();
  }
}
