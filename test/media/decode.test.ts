import {expect, it} from "vitest";
import {fileKind, reducedSize} from "../../src/media/decode.js";

it.each([
  [800, 600, 800, 600],
  [6000, 4000, 2048, 1365],
  [1, 4000, 1, 2048],
  [1, 1, 1, 1]
])("a photo of %i x %i is worked with at %i x %i", (width, height, reducedWidth, reducedHeight) => {
  expect(reducedSize(width, height)).toEqual({width: reducedWidth, height: reducedHeight});
});

it.each([
  ["\x89PNG\r\n", "a PNG image"],
  ["\xff\xd8\xff\xe0", "a JPEG photo"],
  ["\0\0\0\x18ftypheic", "a HEIC photo"],
  ["\0\0\0\x18ftypavif", "an AVIF image"],
  ["\0\0\0\x18ftypisom", "a video"],
  ["%PDF-1.7", "a PDF document"],
  ["<?xml version='1.0'?><svg", "an SVG drawing"],
  ["II*\0", "a TIFF image"],
  ["hello", null]
])("fileKind tells %j", (head, kind) => {
  expect(fileKind(Uint8Array.from(head, (c) => c.charCodeAt(0)))).toBe(kind);
});
