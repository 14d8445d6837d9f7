import type {Sample} from "../../../data/samples/samples.js";
import type {Lesson} from "../../../lab/lesson.js";
import {oneOf, range, text} from "../../../lab/state.js";
import {BUNDLED, LIKE_BUNDLED} from "../bundled-model.js";

/** End point that the low-level features leave towards the concatenation. */
export const SKIP = LIKE_BUNDLED.skips[0]!.endPoint;

/** What may stand in the skip's place. */
export const SKIPS = {on: "as trained", zeroed: "zeroed", other: "from another photo"};

/** @param models ids of those that have a decoder */
export function decoderTable(samples: readonly Sample[], models: readonly string[]) {
  return {
    model: oneOf<string>("model", models, BUNDLED.id),
    skip: oneOf("skip", ["on", "zeroed", "other"], "on"),
    other: oneOf(
      "other",
      samples.map(({id}) => id),
      // Neither what this lesson opens on nor what the others do.
      samples[2]!.id
    ),
    outputStride: oneOf("os", [16, 8], 16),
    inputSize: oneOf("size", ["257", "385", "513"], "513"),
    stage: text("stage", SKIP),
    /** The chosen point, in per mille of the photo. */
    x: range("x", 0, 1000, 741),
    y: range("y", 0, 1000, 717)
  };
}

export type DecoderTable = ReturnType<typeof decoderTable>;
export type DecoderLesson = Lesson<DecoderTable>;
