import sharp from "sharp";
import {expect, it} from "vitest";
import {exifOrientation} from "../../src/formats/exif.js";

const jpeg = () => sharp({create: {width: 4, height: 2, channels: 3, background: "red"}}).jpeg();

it.each([1, 3, 6, 8])("an orientation of %d is read, and what is cut off or no JPEG says nothing", async (orientation) => {
  const file = await jpeg().withMetadata({orientation}).toBuffer();
  expect((await sharp(file).metadata()).orientation).toBe(orientation);
  expect(exifOrientation(file)).toBe(orientation);
  for (const length of [0, 3, 12, 24]) expect(exifOrientation(file.subarray(0, length))).toBe(1);
});

it("a photo without it stands upright", async () => {
  expect(exifOrientation(await jpeg().toBuffer())).toBe(1);
  expect(exifOrientation(await jpeg().png().toBuffer())).toBe(1);
});
