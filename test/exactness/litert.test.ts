import {readFile} from "node:fs/promises";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {importTflite} from "../../src/importers/import.js";
import {useBackend} from "../backend.js";
import {hasShared, shared} from "../shared.js";
import {hasBrowser} from "./browser.js";
import {agreement} from "./difference.js";
import {segment} from "./in-node.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/litert.js";
import {samplePhoto} from "./photo.js";
import {withoutArgMax} from "./tflite-output.js";

const BYTES = "application/octet-stream";
const NO_CARD = {name: "", license: "", source: "", measured: ""};

const FILES = [
  {file: "deeplabv3_257_mv_gpu.tflite", size: 257, outputStride: 8, share: 1},
  // Rounding of activations to a byte, which the engine does not do, moves some borders.
  {file: "deeplabv3_mnv2_pascal_quant.tflite", size: 513, outputStride: 16, share: 0.99}
];

describe.skipIf(!hasShared || !hasBrowser)("the released TFLite files", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    await useBackend("wasm");
    const files = FILES.map(async ({file, size}) => ({
      [`/${file}`]: {content: withoutArgMax(await readFile(shared(`models/${file}`))), type: BYTES},
      [`/photo-${size}.rgb`]: {content: (await samplePhoto(size)).rgb, type: BYTES}
    }));
    session = await openPage<typeof Page>("test/exactness/pages/litert.ts", {files: Object.assign({}, ...(await Promise.all(files)))});
  });
  afterAll(() => session?.close());

  it.each(FILES)("$file: at least a share of $share of the labels is that of LiteRT.js", async ({file, size, outputStride, share}) => {
    const expected = await session.call("labels", `/${file}`, `/photo-${size}.rgb`);
    const model = importTflite(await readFile(shared(`models/${file}`)), NO_CARD);
    const {labels} = await segment(model, await samplePhoto(size), outputStride);
    expect(new Set(labels).size).toBeGreaterThan(1);
    expect(agreement(labels, expected)).toBeGreaterThanOrEqual(share);
  });
});
