import {Tensor, loadAndCompile, loadLiteRt} from "@litertjs/core";
import type {Segmenter} from "./segmenter.js";

/** LiteRT.js can be loaded once a page. */
let loaded: Promise<unknown> | undefined;

/** LiteRT.js segments pixels with alpha too, as a canvas gives them. */
export interface LiteRt extends Segmenter {
  /** @param pixels 3 or 4 bytes each */
  segment(pixels: Uint8Array | Uint8ClampedArray): Promise<Uint8Array>;
}

/** A float TFLite file by LiteRT.js, on WebAssembly with all threads that it takes or on WebGPU. */
export async function openLiteRt(url: string, accelerator: "wasm" | "webgpu"): Promise<LiteRt> {
  await (loaded ??= loadLiteRt("/litert-wasm/", {threads: true}));
  const model = await loadAndCompile(url, {accelerator, cpuOptions: {numThreads: navigator.hardwareConcurrency}});
  const {shape} = model.getInputDetails()[0]!;
  const count = shape[1]! * shape[2]!;
  return {
    async segment(pixels) {
      const input = new Tensor(normalised(pixels, count), shape);
      const [output] = await model.run(input);
      const scores = (await output!.data()) as Float32Array;
      input.delete();
      output!.delete();
      return largest(scores, count);
    },
    dispose: () => model.delete()
  };
}

/** Red, green and blue of each pixel, brought to [-1, 1]. */
function normalised(pixels: Uint8Array | Uint8ClampedArray, count: number): Float32Array {
  const channels = pixels.length / count;
  const values = new Float32Array(count * 3);
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += 3) {
    values[to] = pixels[from]! / 127.5 - 1;
    values[to + 1] = pixels[from + 1]! / 127.5 - 1;
    values[to + 2] = pixels[from + 2]! / 127.5 - 1;
  }
  return values;
}

/** The class with the largest score at each pixel. A plain loop: faster than going through another runtime's argmax. */
function largest(scores: Float32Array, pixels: number): Uint8Array {
  const classes = scores.length / pixels;
  const labels = new Uint8Array(pixels);
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += classes) {
    let best = 0;
    let bestScore = scores[at]!;
    for (let c = 1; c < classes; c++) {
      const score = scores[at + c]!;
      if (score > bestScore) {
        bestScore = score;
        best = c;
      }
    }
    labels[pixel] = best;
  }
  return labels;
}
