import {PREPROCESSINGS, PREPROCESSING_IDS} from "../engine/backbones/normalise.js";
import type {PreprocessingId} from "../engine/backbones/normalise.js";
import type {Model} from "../engine/model.js";
import type {Question} from "../engine/questions.js";

/** A model as it was read, and what its file left open; nothing where it tells all. */
export interface ImportedModel extends Model {
  readonly questions?: readonly Question[] | undefined;
}

/** How photos are prepared: asked wherever a file does not say it. */
export function preprocessingQuestion(usual: PreprocessingId): Question {
  return {
    about: "preprocessing",
    question: "How were photos prepared for it?",
    usual,
    choices: PREPROCESSING_IDS.map((value) => ({value, title: PREPROCESSINGS[value].title}))
  };
}

const STRIDES = [8, 16, 32] as const;
const USUAL_STRIDE = 16;

/** The rates of the atrous branches: asked where names and shapes alone are known. @param usual at output stride 16; empty for no branch */
export function ratesQuestions(usual: readonly number[]): readonly Question[] {
  if (usual.length === 0) return [];
  return [
    {about: "rates", question: "With which ASPP rates was it trained?", usual},
    {
      about: "outputStride",
      question: "At which output stride was it trained, and are these rates stated?",
      usual: USUAL_STRIDE,
      choices: STRIDES.map((value) => ({value, title: String(value)}))
    }
  ];
}

/** What its classes are called: asked wherever a file does not say it. */
export function classesQuestion(usual: readonly string[]): Question {
  return {about: "classes", question: `What are its ${usual.length} classes called?`, usual};
}
