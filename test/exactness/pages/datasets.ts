/** Runs inside Chromium: what the worker answers of data sets, by the same functions. */
import type {Expected} from "../../../src/datasets/finding.js";
import {decodePixels, photoSize} from "../../../src/media/decode-pixels.js";
import {datasetAnswers} from "../../../src/worker/datasets/datasets.js";

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel. */
  readonly rgb: number[];
}

/** A photo file as a page decodes it. */
export async function decoded(base64: string): Promise<Decoded> {
  const bytes = bytesOf(base64);
  const {width, height, values} = await decodePixels(bytes, "photo");
  const size = await photoSize(bytes, "photo");
  if (size.width !== width || size.height !== height) throw new Error(`${size.width} x ${size.height} is not ${width} x ${height}`);
  return {width, height, rgb: [...values].filter((_, i) => i % 4 !== 3)};
}

/** What is found in the first list of a data set, in words. @param files in base 64 by their paths */
export async function found(files: Readonly<Record<string, string>>, expected: Expected) {
  const given = {
    kind: "files of a data set",
    files: Object.entries(files).map(([path, base64]) => ({path, content: new Blob([bytesOf(base64)])}))
  } as const;
  const answers = datasetAnswers(() => {});
  const choice = {given, mends: []};
  const {splits, layout} = await answers.open(choice);
  const {findings, census} = await answers.check({...choice, split: splits[0]!}, expected, new AbortController().signal);
  return {layout, splits, findings: findings.map(({sentence}) => sentence), pixels: [...census.pixels]};
}
