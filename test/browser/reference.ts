import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import {classShares, logitsAt, softmaxAt} from "../../src/engine/pixel.js";
import {plan} from "../../src/engine/plan.js";
import {covered, labelMap} from "../../src/engine/postprocess.js";
import {fitInput, pixelsToTensor, preprocess} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {modelNamed} from "../../scripts/evaluate/model.js";
import {useBackend} from "../backend.js";

export interface Reference {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
  /** Share of the pixels a class, 0-1. */
  readonly shares: Float64Array;
  readonly names: readonly string[];
  /** Probabilities and logits at a pixel of the photo, the most probable first. */
  softmax(y: number, x: number): {name: string; probability: number; logit: number}[];
}

/** What the engine says of a PNG photo in Node, to compare the page with. */
export async function segmentInNode(
  photo: string,
  options: {model: string; outputStride: number; inputSize: number; rates?: number[]; replaced?: Record<string, "zero">}
): Promise<Reference> {
  await useBackend("wasm");
  const model = await modelNamed(options.model);
  const {data, info} = await sharp(photo).removeAlpha().raw().toBuffer({resolveWithObject: true});
  const {width, height} = info;
  const fit = fitInput(height, width, options.inputSize);
  const weights = loadWeights(model);
  const pixels = pixelsToTensor(data, height, width, 3);
  const input = preprocess(pixels, fit);
  const {logits} = run(
    plan(model.network, {height: fit.height, width: fit.width, outputStride: options.outputStride, ...(options.rates && {rates: options.rates})}),
    weights,
    input,
    {...(options.replaced && {replaced: options.replaced})}
  );
  const extent = covered(fit);
  const map = labelMap(logits, extent, height, width);
  const [, rows, columns, classes] = logits.shape;
  const array = {height: rows, width: columns, classes, values: (await logits.data()) as Float32Array};
  const labels = Uint8Array.from(await map.data());
  tf.dispose([pixels, input, logits, map]);
  weights.dispose();
  const names = model.card.classes;
  return {
    width,
    height,
    labels,
    shares: classShares(labels, classes),
    names,
    softmax: (y, x) => {
      const place = [(y / (height - 1)) * extent.height * (rows - 1), (x / (width - 1)) * extent.width * (columns - 1)] as const;
      const logits = logitsAt(array, ...place);
      return [...softmaxAt(array, ...place)]
        .map((probability, id) => ({name: names[id]!, probability, logit: logits[id]!}))
        .sort((a, b) => b.probability - a.probability);
    }
  };
}
