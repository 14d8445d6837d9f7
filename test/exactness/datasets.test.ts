import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {decodePhoto, photoSize} from "../../scripts/evaluate/photo.js";
import {checkUp} from "../../src/datasets/check-up.js";
import {openDataset} from "../../src/datasets/open.js";
import {BAD_SETS, wholeSet} from "../datasets/bad-sets.js";
import {treeOf} from "../datasets/trees.js";
import {hasBrowser} from "./browser.js";
import {largestDifference} from "./difference.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/datasets.js";

const WIDTH = 48;
const HEIGHT = 32;
const data = Uint8Array.from({length: WIDTH * HEIGHT * 3}, (_, i) => {
  const [x, y, channel] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH), i % 3];
  return 128 + 100 * Math.sin((x * (channel + 1)) / 9 + y / 7);
});
const base = () => sharp(data, {raw: {width: WIDTH, height: HEIGHT, channels: 3}});
/** Transparent to the right. */
const alpha = () =>
  sharp(
    Uint8Array.from({length: WIDTH * HEIGHT}, (_, i) => 5 * (i % WIDTH)),
    {raw: {width: WIDTH, height: HEIGHT, channels: 1}}
  );

describe.skipIf(!hasBrowser)("data sets in the browser", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/datasets.ts");
  });
  afterAll(() => session?.close());

  it.each<[string, () => Promise<Buffer>, number]>([
    ["a JPEG photo", () => base().jpeg({quality: 90, chromaSubsampling: "4:4:4"}).toBuffer(), 0],
    ["one with less colour than light", () => base().jpeg({quality: 90, chromaSubsampling: "4:2:0"}).toBuffer(), 0],
    ["a progressive one", () => base().jpeg({progressive: true}).toBuffer(), 0],
    ["a grey one", () => base().greyscale().jpeg().toBuffer(), 0],
    ["one that EXIF turns", () => base().withMetadata({orientation: 6}).jpeg().toBuffer(), 0],
    ["a PNG", () => base().png().toBuffer(), 0],
    ["a palette", () => base().png({palette: true, colours: 16}).toBuffer(), 0],
    ["16 bits", () => base().toColourspace("rgb16").png().toBuffer(), 0],
    [
      "transparency",
      async () =>
        base()
          .joinChannel(await alpha().raw().toBuffer(), {raw: {width: WIDTH, height: HEIGHT, channels: 1}})
          .png()
          .toBuffer(),
      1
    ],
    ["a WebP", () => base().webp({lossless: true}).toBuffer(), 0],
    ["a lossy WebP", () => base().webp().toBuffer(), 0]
  ])("%s: the pixels are the commands'", async (_, file, tolerance) => {
    const bytes = await file();
    const {width, height, rgb} = await decodePhoto(bytes, "photo");
    const page = await session.call("decoded", bytes.toString("base64"));
    expect([page.width, page.height]).toEqual([width, height]);
    expect(largestDifference(page.rgb, [...rgb])).toBeLessThanOrEqual(tolerance);
  });

  it("the check-up finds in every bad data set what the commands find", async () => {
    for (const [name, {files: changed, expected = {}}] of Object.entries(BAD_SETS)) {
      const files = wholeSet(changed);
      const base64 = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content).toString("base64")]));
      const dataset = await openDataset(treeOf(files));
      const {findings, census} = await checkUp(dataset, await dataset.read(dataset.splits[0]!), expected, {photoSize, withOthers: true});
      const page = await session.call("found", base64, expected);
      // What decoders say of damage is each one's own.
      const plain = (sentence: string) => sentence.replace(/(cannot be decoded): .*/, "$1");
      expect([name, ...page.findings.map(plain)]).toEqual([name, ...findings.map(({sentence}) => plain(sentence))]);
      expect([name, ...page.pixels]).toEqual([name, ...census.pixels]);
    }
  });
});
