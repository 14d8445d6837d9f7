/** Runs inside Chromium: TFLite files by LiteRT.js. */
import {Tensor, loadAndCompile, loadLiteRt} from "@litertjs/core";
import {fetchBytes} from "./fetch-bytes.js";

/** LiteRT.js can be loaded once a page. */
let loaded: Promise<unknown> | undefined;

/**
 * Label map of a TFLite file by LiteRT.js on WebAssembly: the largest of the output's values at each pixel, or the
 * output itself where it holds labels.
 *
 * @param photoUrl raw RGB of the size that the file takes
 */
export async function labels(modelUrl: string, photoUrl: string): Promise<number[]> {
  await (loaded ??= loadLiteRt("/litert-wasm/", {threads: true}));
  const model = await loadAndCompile(modelUrl, {accelerator: "wasm"});
  const rgb = await fetchBytes(photoUrl);
  const {dtype, shape} = model.getInputDetails()[0]!;
  const input = new Tensor(dtype === "float32" ? Float32Array.from(rgb, (value) => value / 127.5 - 1) : rgb, shape);
  const [output] = await model.run(input);
  const values = output!.toTypedArray();
  const pixels = rgb.length / 3;
  const classes = values.length / pixels;
  const found = Array.from({length: pixels}, (_, pixel) => {
    if (classes === 1) return values[pixel]!;
    const scores = values.subarray(pixel * classes, (pixel + 1) * classes);
    return scores.indexOf(Math.max(...scores));
  });
  input.delete();
  output!.delete();
  model.delete();
  return found;
}
