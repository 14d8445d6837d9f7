/** What the bench runs inside Chromium. Arguments and results are plain data. */
import {getThreadsCount} from "@tensorflow/tfjs-backend-wasm";
import {readModel} from "../../../src/importers/model-file.js";
import {activateBackend, probeBackends} from "../../../src/worker/backends.js";
import type {BackendInfo} from "../../../src/worker/protocol.js";
import type {Comparison} from "../comparisons.js";
import {openGraphModel} from "./graph-model.js";
import {openLiteRt} from "./litert.js";
import {openOurs} from "./ours.js";
import type {Segmenter} from "./segmenter.js";

export {compareLive} from "./live.js";

/** Milliseconds of every run, in the order in which they were made. */
export interface Timed {
  readonly peerMs: number[];
  /** One for each output stride of the comparison. */
  readonly ours: {
    readonly outputStride: number;
    readonly ms: number[];
    /** Share of the pixels on which the label maps agree, 0-1. */ readonly agreement: number;
  }[];
}

/** The backends that this browser has. */
export function backends(): Promise<BackendInfo[]> {
  return probeBackends();
}

/** Threads that TensorFlow.js's WASM backend really started. */
export async function wasmThreads(): Promise<number> {
  await activateBackend("wasm");
  return getThreadsCount();
}

/**
 * Times ours and a peer on the same photo, in turn, after a run of each that is not counted and whose label maps
 * are compared.
 */
export async function compare({peer, backend, inputSize, outputStrides, urls}: Comparison, runs: number): Promise<Timed> {
  await activateBackend(backend);
  const rgb = await fetchBytes(urls.photo);
  const model = readModel(await fetchBytes(urls.ours));
  const theirs =
    peer === "graph-model"
      ? await openGraphModel(urls.peer, inputSize)
      : await openLiteRt(urls.peer, backend === "webgpu" ? "webgpu" : "wasm");
  const ours = outputStrides.map((outputStride) => ({
    outputStride,
    segmenter: openOurs(model, inputSize, outputStride),
    ms: [] as number[],
    agreement: 0
  }));
  const peerMs: number[] = [];
  try {
    const expected = await theirs.segment(rgb);
    for (const one of ours) one.agreement = agreement(await one.segmenter.segment(rgb), expected);
    for (let i = 0; i < runs; i++) {
      for (const {segmenter, ms} of ours) ms.push(await time(segmenter, rgb));
      peerMs.push(await time(theirs, rgb));
    }
  } finally {
    theirs.dispose();
    for (const {segmenter} of ours) segmenter.dispose();
  }
  return {peerMs, ours: ours.map(({outputStride, ms, agreement}) => ({outputStride, ms, agreement}))};
}

async function time(segmenter: Segmenter, rgb: Uint8Array): Promise<number> {
  const start = performance.now();
  await segmenter.segment(rgb);
  return performance.now() - start;
}

function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let equal = 0;
  for (let i = 0; i < b.length; i++) if (a[i] === b[i]) equal++;
  return equal / b.length;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
