import {MINIMUM_SIDE, OUTPUT_STRIDES} from "../../../engine/plan.js";
import type {Lesson} from "../../../lab/lesson.js";
import {oneOf, range} from "../../../lab/state.js";

/** Stands for a point that the reader has not chosen: the page then finds one. */
export const NOT_CHOSEN = -1;

/** @param models ids of those that can be chosen, the first by default */
export function strideTable(models: readonly string[]) {
  return {
    model: oneOf("model", models, models[0]!),
    inputSize: oneOf("size", ["257", "321", "385", "513", "641", "769"], "257"),
    outputStride: oneOf("os", OUTPUT_STRIDES, 8),
    x: range("x", NOT_CHOSEN, 1000, NOT_CHOSEN),
    y: range("y", NOT_CHOSEN, 1000, NOT_CHOSEN),
    /** Side of an imagined input in pixels. */
    side: range("side", MINIMUM_SIDE, 1025, 513)
  };
}
export type StrideLessonTable = ReturnType<typeof strideTable>;
export type StrideLesson = Lesson<StrideLessonTable>;
