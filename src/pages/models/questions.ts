import {choiceField, selectField} from "../../components/fields/fields.js";
import {numbersField} from "../../components/fields/numbers-field.js";
import {openQuestions} from "../../components/models/open-questions.js";
import {answerInWords} from "../../engine/questions.js";
import type {Answers, Question} from "../../engine/questions.js";
import type {KeptModel} from "../../shelf/shelf.js";

/** The question about one thing. */
type About<Name extends keyof Answers> = Extract<Question, {readonly about: Name}>;

/** What can be answered once a model is kept; names of classes are labels, which can be changed at any time. */
const ANSWERED_HERE = ["preprocessing", "rates", "outputStride"] as const;
/** Before an answer, where it does not say by itself what it is. */
const CALLED = {preprocessing: "", rates: "rates ", outputStride: "output stride "} as const;
/** What has to be known while a file is read, and the flag that says it. */
const READ_WITH = ["grid", "averages"] as const;

/**
 * What a kept model's file left open, as a form; nothing where it told all that can be answered here.
 *
 * @param actions.onCompare called with the answers as they are shown, and where to show results
 */
export function questionsView(
  {title, questions = [], answers}: KeptModel,
  actions: {onAnswer(answers: Answers): void; onCompare(answers: Answers, place: HTMLElement): void}
): HTMLElement[] {
  const asked = <Name extends keyof Answers>(name: Name) => questions.find((question): question is About<Name> => question.about === name);
  const open = ANSWERED_HERE.flatMap((name) => asked(name) ?? []);
  if (open.length === 0) return [];
  let shown: Answers = {...Object.fromEntries(open.map(({about, usual}) => [about, usual])), ...answers};
  const set = (change: Answers) => (shown = {...shown, ...change});
  const [preprocessing, rates, stride] = [asked("preprocessing"), asked("rates"), asked("outputStride")];
  const fields = [
    ...(preprocessing ? [preprocessingField(preprocessing, shown, set)] : []),
    ...(rates ? [ratesField(rates, shown, set)] : []),
    ...(stride ? [strideField(stride, shown, set)] : [])
  ];
  const taken = READ_WITH.flatMap((name) => asked(name) ?? []).map(
    (question) =>
      `${question.question} Taken: ${answerInWords(question, question.usual)}; to say otherwise, add it on the command line with --${question.about}.`
  );
  return [
    openQuestions({
      title,
      answered: answers
        ? open.map((question) => CALLED[question.about] + answerInWords(question, answers[question.about] ?? question.usual)).join("; ")
        : null,
      fields,
      taken,
      onAnswer: () => actions.onAnswer(shown),
      ...(preprocessing && {onCompare: (place) => actions.onCompare(shown, place)})
    })
  ];
}

type SetAnswers = (change: Answers) => void;

function preprocessingField({question, choices = []}: About<"preprocessing">, {preprocessing}: Answers, set: SetAnswers): HTMLElement {
  return choiceField({
    label: question,
    choices: choices.map(({value, title}) => ({value, label: title})),
    value: preprocessing ?? "",
    onChange: (chosen) => set({preprocessing: choices.find(({value}) => value === chosen)!.value})
  });
}

function ratesField({question, usual}: About<"rates">, {rates = usual}: Answers, set: SetAnswers): HTMLElement {
  const parse = (text: string) => {
    const list = text.split(",").map(Number);
    return list.length === usual.length && list.every((rate) => Number.isInteger(rate) && rate > 0) ? list : undefined;
  };
  return numbersField({
    label: question,
    value: rates,
    wrong: `Write ${usual.length} whole numbers from 1 up, e.g. ${usual.join(", ")}.`,
    parse,
    onChange: (list) => set({rates: list.length > 0 ? list : usual})
  });
}

function strideField({question, choices = []}: About<"outputStride">, {outputStride}: Answers, set: SetAnswers): HTMLElement {
  return selectField({
    label: question,
    choices: choices.map(({value, title}) => ({value: String(value), label: title})),
    value: String(outputStride),
    onChange: (value) => set({outputStride: Number(value)})
  });
}
