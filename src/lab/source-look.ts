import {CONSTANT} from "../engine/aspp.js";

/** What a source of the logits is called, and its colour. */
export interface SourceLook {
  readonly title: string;
  /** CSS colour. */
  readonly colour: string;
}

const OTHERS: Readonly<Record<string, SourceLook>> = {
  "aspp/conv_1x1": {title: "1 × 1", colour: "var(--rate-1)"},
  "aspp/image_pooling": {title: "image pooling", colour: "var(--concept-pooling)"},
  "decoder/low_level": {title: "low-level skip", colour: "var(--concept-decoder)"},
  [CONSTANT]: {title: "biases and clipped ReLUs", colour: "var(--concept-cost)"}
};

/** Three steps of one hue: the larger the rate, the deeper. */
const ATROUS = ["var(--rate-6)", "var(--rate-12)", "var(--rate-18)"];

/** The look of an ASPP branch, the skip or the constant part, by an end point of it; the same on every page. */
export function sourceLook(endPoint: string): SourceLook {
  const [, branch, index] = /^(aspp\/(?:atrous_(\d+)|\w+))/.exec(endPoint) ?? [];
  if (index !== undefined) return {title: `atrous ${Number(index) + 1}`, colour: ATROUS[Math.min(Number(index), ATROUS.length - 1)]!};
  return OTHERS[branch ?? endPoint] ?? {title: endPoint, colour: "var(--concept-cost)"};
}
