import {Tensor, loadAndCompile, loadLiteRt} from "@litertjs/core";
import type {Segmenter} from "./segmenter.js";

/** LiteRT.js can be loaded once a page. */
let loaded: Promise<unknown> | undefined;

/** A float TFLite file by LiteRT.js, on WebAssembly with all threads that it takes or on WebGPU. */
export async function openLiteRt(url: string, accelerator: "wasm" | "webgpu"): Promise<Segmenter> {
  await (loaded ??= loadLiteRt("/litert-wasm/", {threads: true}));
  const model = await loadAndCompile(url, {accelerator, cpuOptions: {numThreads: navigator.hardwareConcurrency}});
  const {shape} = model.getInputDetails()[0]!;
  return {
    async segment(rgb) {
      const values = new Float32Array(rgb.length);
      for (let i = 0; i < rgb.length; i++) values[i] = rgb[i]! / 127.5 - 1;
      const input = new Tensor(values, shape);
      const [output] = await model.run(input);
      const scores = (await output!.data()) as Float32Array;
      input.delete();
      output!.delete();
      return largest(scores, rgb.length / 3);
    },
    dispose: () => model.delete()
  };
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
