import * as tf from "@tensorflow/tfjs-core";
import {labelsFromLogits} from "../../engine/labels/labels.js";
import type {LogitsArray} from "../../engine/labels/pixel.js";
import type {Covered} from "../../engine/labels/postprocess.js";
import type {Mask} from "../../formats/mask-picture.js";
import {crossEntropy} from "../../train/cross-entropy.js";
import {photoLabels} from "../../train/photo-labels.js";
import {readLogits} from "../read-back.js";

export interface LabelSizesInput {
  /** Where descent begins. */
  readonly logits: LogitsArray;
  /** Labels of the photo, in an input of this size. */
  readonly labels: Mask;
  readonly input: {readonly height: number; readonly width: number};
  /** What the photo covers of the logits. */
  readonly covered: Covered;
  /** The same made as small as the logits. */
  readonly small: Mask;
  /** The class whose gradient is wanted. */
  readonly id: number;
  /** Steps, in order, after which a mask is wanted. */
  readonly moments: readonly number[];
  /** Learning rate of a cell, where the loss is a sum over cells. */
  readonly rate: number;
}

/** What one way to compare logits and labels of different size asks for, and leads to. */
export interface LabelSizeCourse {
  /** Gradient with respect to the logits of the class, row by row; of the mean over cells, times the number of cells. */
  readonly gradient: Float32Array;
  /** After so many steps, one class id a pixel of the photo. */
  readonly masks: readonly {readonly step: number; readonly labels: Uint8Array}[];
}

export interface LabelSizesAnswer {
  /** Logits enlarged to the labels. */
  readonly enlarged: LabelSizeCourse;
  /** Labels made as small as the logits. */
  readonly shrunk: LabelSizeCourse;
}

/** Descends on logits themselves, as a network could that gives whatever is asked of it, by both ways to compare them with labels. */
export async function labelSizes(given: LabelSizesInput): Promise<LabelSizesAnswer> {
  const {logits, labels, input, small} = given;
  const full = photoLabels(labels, input);
  const few = photoLabels(small, logits);
  try {
    return {enlarged: await course(given, full), shrunk: await course(given, few)};
  } finally {
    tf.dispose([full, few]);
  }
}

async function course(
  {logits, labels: {height, width}, covered, id, moments, rate}: LabelSizesInput,
  labels: tf.Tensor3D
): Promise<LabelSizeCourse> {
  const cells = logits.height * logits.width;
  const slopeOf = (map: tf.Tensor4D): tf.Tensor4D => tf.tidy(() => tf.mul(crossEntropy(map, labels).gradient, cells));
  let map = tf.tensor4d(logits.values.slice(), [1, logits.height, logits.width, logits.classes]);
  try {
    const gradient = tf.tidy(() => tf.slice(slopeOf(map), [0, 0, 0, id], [1, logits.height, logits.width, 1]));
    const values = (await gradient.data()).slice() as Float32Array;
    gradient.dispose();
    const masks = [];
    let step = 0;
    for (const moment of moments) {
      for (; step < moment; step++) {
        const next: tf.Tensor4D = tf.tidy(() => tf.sub(map, tf.mul(slopeOf(map), rate)));
        map.dispose();
        map = next;
      }
      masks.push({step, labels: labelsFromLogits(await readLogits(map), covered, height, width)});
    }
    return {gradient: values, masks};
  } finally {
    map.dispose();
  }
}
