import * as tf from "@tensorflow/tfjs-core";
import type {Photo} from "../engine/photo.js";
import {photoInput} from "../engine/photo-input.js";
import type {Fit} from "../engine/preprocess.js";
import {keptLast} from "./kept.js";
import {settle} from "./settle.js";

/** The network's inputs from photos, kept on the device, so that another run on the same photo uploads nothing. */
export interface Inputs {
  /**
   * [1, fit.height, fit.width, 3], values in [-1, 1], all there on the current backend. It stays the keeper's, until so many others were
   * asked for.
   */
  of(photo: Photo, fit: Fit): Promise<tf.Tensor4D>;
  /** Disposes them all. */
  clear(): void;
}

/** @param most how many are kept */
export function keptInputs(most: number): Inputs {
  const kept = keptLast<string, tf.Tensor4D>(most, (input) => input.dispose());
  const numbers = new WeakMap<Photo, number>();
  let last = 0;
  const numberOf = (photo: Photo) => {
    if (!numbers.has(photo)) numbers.set(photo, ++last);
    return numbers.get(photo)!;
  };
  return {
    async of(photo, fit) {
      const {resizedHeight, resizedWidth, height, width} = fit;
      const key = [tf.getBackend(), numberOf(photo), resizedHeight, resizedWidth, height, width].join(" ");
      const found = kept.find(key);
      if (found) return found;
      const input = kept.keep(key, inputFrom(photo, fit));
      await settle(input);
      return input;
    },
    clear: kept.clear
  };
}

/** The network's input from a photo on the current backend. The caller disposes it. */
export function inputFrom({height, width, rgba}: Photo, fit: Fit): tf.Tensor4D {
  return photoInput({height, width, channels: 4, values: rgba}, fit);
}
