import * as tf from "@tensorflow/tfjs-core";
import {inputValues} from "./input-values.js";
import type {Pixels} from "./input-values.js";
import {labelsFromLogits} from "./labels/labels.js";
import type {labelsAlongEdges} from "./labels/live-logits.js";
import type {LogitsArray} from "./labels/pixel.js";
import type {Covered} from "./labels/postprocess.js";
import type {Fit} from "./preprocess.js";

/** What the CPU does with pictures before a network, and with its logits behind it. */
export interface Pictures {
  /** As `inputValues`. */
  input(photo: Pixels, fit: Fit): Float32Array;
  /** As `labelsFromLogits`, ties aside. */
  labels(logits: LogitsArray, extent: Covered, height: number, width: number): Uint8Array;
  /** As `labelsAlongEdges`, ties aside: who wants it asks for that one where there is no other. */
  readonly labelsAlongEdges?: typeof labelsAlongEdges;
}

/** In plain TypeScript. */
export const PLAIN: Pictures = {input: inputValues, labels: labelsFromLogits};

/** The current backend's own, where it has them. */
export function picturesHere(): Pictures {
  // Who has chosen no backend yet has none of its own.
  return tf.getBackend() ? ((tf.backend() as {pictures?: Pictures}).pictures ?? PLAIN) : PLAIN;
}
