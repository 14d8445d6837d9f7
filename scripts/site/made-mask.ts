import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import {BACKGROUND} from "../../data/labels/index.js";
import {labelsFromLogits} from "../../src/engine/labels/labels.js";
import {covered} from "../../src/engine/labels/postprocess.js";
import type {PassSetting} from "../../src/engine/passes.js";
import {photoInput} from "../../src/engine/photo-input.js";
import {plan as planRun} from "../../src/engine/plan.js";
import {fitInput} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {overlayColours} from "../../src/formats/overlay-look.js";
import {readModel} from "../../src/importers/model-file.js";
import {readLogits} from "../../src/worker/read-back.js";
import {useWasmInNode} from "../evaluate/backend.js";
import {decodePixels} from "../evaluate/photo.js";

/**
 * What a model makes of a photo, as it lies over the photo in pages, as a PNG with a palette.
 *
 * @param file of the model
 * @throws Error where one of them cannot be read, or this machine has no WebAssembly
 */
export async function madeMask(file: Uint8Array, photo: Uint8Array, setting: PassSetting): Promise<Uint8Array> {
  const {network, weights: values, card} = readModel(file);
  await useWasmInNode();
  const weights = loadWeights({network, weights: values});
  try {
    const pixels = await decodePixels(photo, "of the site");
    const {width, height} = pixels;
    const fit = fitInput(height, width, setting.inputSize);
    const plan = planRun(network, {height: fit.height, width: fit.width, outputStride: setting.outputStride});
    const logits = tf.tidy(() => run(plan, weights, photoInput(pixels, fit)).logits);
    const labels = labelsFromLogits(await readLogits(logits), covered(fit), height, width);
    logits.dispose();
    const background = card.classes.flatMap((name, id) => (name === BACKGROUND ? [id] : []));
    const rgba = overlayColours({width, height, labels}, card.palette, new Set(background));
    return await sharp(rgba, {raw: {width, height, channels: 4}})
      .png({palette: true, dither: 0, compressionLevel: 9})
      .toBuffer();
  } finally {
    weights.dispose();
  }
}
