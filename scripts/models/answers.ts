import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {LABEL_SET_IDS, labelSet} from "../../data/labels/index.js";
import {PREPROCESSINGS, PREPROCESSING_IDS} from "../../src/engine/backbones/normalise.js";
import type {PreprocessingId} from "../../src/engine/backbones/normalise.js";
import {answerInWords, classNamesIn} from "../../src/engine/questions.js";
import type {Answers, Question} from "../../src/engine/questions.js";

/** The questions that a file leaves open, as flags of a command line. */

type Flag = "preprocessing" | "rates" | "output-stride" | "grid" | "averages" | "classes";

const FLAGS: Readonly<Record<keyof Answers, Flag>> = {
  preprocessing: "preprocessing",
  rates: "rates",
  outputStride: "output-stride",
  grid: "grid",
  averages: "averages",
  classes: "classes"
};

/** For `parseArgs`. */
export const ANSWER_OPTIONS = Object.fromEntries(Object.values(FLAGS).map((flag) => [flag, {type: "string"}])) as Readonly<
  Record<Flag, {readonly type: "string"}>
>;

/** What each takes, for the usage. */
export const ANSWERS_USAGE = `  --preprocessing imagenet  how photos are prepared: ${PREPROCESSING_IDS.map((id) => `${id} (${PREPROCESSINGS[id].title})`).join(", ")}
  --rates 6,12,18           ASPP rates
  --output-stride 16        the output stride at which it was trained, and these rates are stated
  --grid 1,2,4              factors on the rates of the last block (multi-grid)
  --averages no             the weights themselves, not their averages over the last steps of training
  --classes names.txt       names of the classes in the order of their ids: a file with one a line, a,b,c, or ${LABEL_SET_IDS.join(", ")}`;

/** What was given of them. */
export type GivenAnswers = Readonly<Partial<Record<Flag, string>>>;

/**
 * The answers that flags give.
 *
 * @returns null where they cannot be meant
 * @throws Error where the file of names cannot be read
 */
export async function answersOf(given: GivenAnswers): Promise<Answers | null> {
  const {preprocessing, averages, classes, ...lists} = given;
  const [rates, grid, stride] = [lists.rates, lists.grid, lists["output-stride"]].map(numbers);
  if ([rates, grid, stride].some((list) => list?.some(Number.isNaN))) return null;
  if ((grid && grid.length !== 3) || (stride && stride.length !== 1)) return null;
  if (preprocessing !== undefined && !PREPROCESSING_IDS.includes(preprocessing as PreprocessingId)) return null;
  if (averages !== undefined && averages !== "yes" && averages !== "no") return null;
  return {
    ...(preprocessing !== undefined && {preprocessing: preprocessing as PreprocessingId}),
    ...(rates && {rates}),
    ...(stride && {outputStride: stride[0]!}),
    ...(grid && {grid: grid as [number, number, number]}),
    ...(averages !== undefined && {averages: averages === "yes"}),
    ...(classes !== undefined && {classes: await namesOf(classes)})
  };
}

function numbers(text: string | undefined): number[] | undefined {
  return text?.split(",").map((number) => (/^\s*\d+\s*$/.test(number) ? Number(number) : NaN));
}

async function namesOf(said: string): Promise<readonly string[]> {
  const set = labelSet(said);
  if (set) return set.classes;
  return classNamesIn(existsSync(said) ? await readFile(said, "utf8") : said);
}

/** A question that nobody answered, with what was taken and how to say otherwise. */
export function takenInWords(asked: Question): string {
  return `${asked.question} Taken: ${answerInWords(asked, asked.usual)} (or say --${FLAGS[asked.about]}).`;
}
