import type {Sample} from "../data/samples/samples.js";
import {namesParameter} from "./names-choice.js";
import {BACKEND_CHOICES} from "./network-parameters.js";
import {photoParameters} from "./photo-choice.js";
import {oneOf} from "./state.js";
import type {Parameter, StateOf, Table} from "./state.js";

/** What every lesson's state has: where it computes, whether names stand on masks, and the reader's photo. */
export function commonTable(samples: readonly Sample[]) {
  return {backend: oneOf("backend", BACKEND_CHOICES, "auto"), names: namesParameter(false), ...photoParameters(samples)};
}

export type CommonTable = ReturnType<typeof commonTable>;
export type LessonTable<T extends Table> = T & CommonTable;
export type LessonState<T extends Table> = StateOf<LessonTable<T>>;

/** Keys of a table whose values are of a type. */
export type NameOf<T extends Table, V> = {[K in keyof T & string]: T[K] extends Parameter<V> ? K : never}[keyof T & string];
