/** Runs inside Chromium: this project's engine, of this checkout or of another one. What it imports is all that both must have. */
import {readModel} from "../../../src/importers/model-file.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {openOurs} from "./ours.js";
import type {Segmenter} from "./segmenter.js";

export interface BuildSetting {
  readonly backend: BackendId;
  readonly inputSize: number;
  readonly outputStride: number;
  /** Addresses in the page. */
  readonly urls: {readonly model: string; readonly photo: string};
}

let opened: {readonly segmenter: Segmenter; readonly rgb: Uint8Array} | null = null;

/** Makes ready to segment, in place of what was opened before. @returns the label map of a run that is not counted */
export async function open({backend, inputSize, outputStride, urls}: BuildSetting): Promise<number[]> {
  opened?.segmenter.dispose();
  await activateBackend(backend);
  const [model, rgb] = await Promise.all([fetchBytes(urls.model), fetchBytes(urls.photo)]);
  opened = {segmenter: openOurs(readModel(model), inputSize, outputStride), rgb};
  return Array.from(await opened.segmenter.segment(rgb));
}

/** Milliseconds of one run, from the photo's pixels to its label map. */
export async function time(): Promise<number> {
  const {segmenter, rgb} = opened!;
  const start = performance.now();
  await segmenter.segment(rgb);
  return performance.now() - start;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
