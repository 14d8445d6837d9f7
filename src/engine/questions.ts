import type {PreprocessingId} from "./backbones/normalise.js";

/** What files do not all tell of a network; each has a usual answer. */
export interface Answers {
  /** How a photo is prepared before the network is given it. */
  readonly preprocessing?: PreprocessingId | undefined;
  /** Rates of the atrous branches, in their order, stated at `outputStride`. */
  readonly rates?: readonly number[] | undefined;
  /** Output stride at which it was trained. */
  readonly outputStride?: number | undefined;
  /** Factors on the rates of the backbone's last block. */
  readonly grid?: readonly [number, number, number] | undefined;
  /** Whether a variable's average over the last steps of training is taken in its place, where there is one. */
  readonly averages?: boolean | undefined;
  /** Names of the classes in the order of their ids. */
  readonly classes?: readonly string[] | undefined;
}

/** A question that a file leaves open, and what is taken where nobody answers it. Plain data. */
export type Question = {
  readonly [About in keyof Answers]-?: {
    readonly about: About;
    readonly question: string;
    readonly usual: NonNullable<Answers[About]>;
    /** All that can be answered, where that is not for the reader to write. */
    readonly choices?: readonly {readonly value: NonNullable<Answers[About]>; readonly title: string}[];
  };
}[keyof Answers];

/** Names of classes as a reader writes them: one a line, or all in one line with commas. */
export function classNamesIn(text: string): readonly string[] {
  const lines = text.trim().split(/\r?\n/);
  return (lines.length === 1 ? lines[0]!.split(",") : lines).map((name) => name.trim());
}

/** An answer in words, e.g. "6, 12, 18" or "x / 127.5 − 1". */
export function answerInWords({choices}: Question, answer: Question["usual"]): string {
  const chosen = choices?.find(({value}) => value === answer)?.title;
  if (chosen !== undefined) return chosen;
  if (typeof answer === "boolean") return answer ? "yes" : "no";
  if (typeof answer !== "object") return String(answer);
  return answer.length > 6 ? `${answer.slice(0, 4).join(", ")}, ... ${answer.at(-1)}` : answer.join(", ");
}
