import {stackExtent} from "../../../engine/teaching/layer-stack.js";
import type {StackLayer} from "../../../engine/teaching/layer-stack.js";
import {inShort} from "../../../in-short.js";
import type {Parameter} from "../../../lab/state.js";
import {whole} from "../../../lab/quantities.js";

/** What a layer of a stack may have. */
export const LIMITS = {kernel: 15, stride: 8, rate: 64} as const;
export const MOST_LAYERS = 24;
/** Pixels along a side that are drawn at most. */
const LARGEST_FIELD = 2048;

/** A stack in short: `3s2r4` is a layer of 3 × 3 at stride 2 and rate 4; what is not said is 1. */
export function stackText(layers: readonly StackLayer[]): string {
  const short = (letter: string, value: number) => (value === 1 ? "" : `${letter}${value}`);
  return layers.map(({kernel, stride, rate}) => `${kernel}${short("s", stride)}${short("r", rate)}`).join(",");
}

/** The stack that a text stands for; where it stands for none, a sentence that says what is wrong and what to write. */
export function readStack(text: string): readonly StackLayer[] | string {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const layers: StackLayer[] = [];
  for (const word of words) {
    const layer = readLayer(word);
    if (!layer)
      return `“${inShort(word, 20)}” is no layer. Write its kernel, then s and its stride, then r and its rate, as in 3s2r4; what is 1 may be left out.`;
    layers.push(layer);
  }
  return stackProblem(layers) ?? layers;
}

function readLayer(word: string): StackLayer | null {
  const found = /^(?<kernel>\d{1,6})(?:s(?<stride>\d{1,6}))?(?:r(?<rate>\d{1,6}))?$/i.exec(word)?.groups;
  return found ? {kernel: Number(found["kernel"]), stride: Number(found["stride"] ?? 1), rate: Number(found["rate"] ?? 1)} : null;
}

/** What is wrong with a stack, and what to do; null where nothing is. */
export function stackProblem(layers: readonly StackLayer[]): string | null {
  if (layers.length === 0) return "A stack has at least one layer. Write its kernel, as 3.";
  if (layers.length > MOST_LAYERS) return `These are ${layers.length} layers; up to ${MOST_LAYERS} fit here. Take some away.`;
  for (const [index, layer] of layers.entries()) {
    for (const [name, most] of Object.entries(LIMITS)) {
      const value = layer[name as keyof StackLayer];
      if (!Number.isInteger(value) || value < 1 || value > most)
        return `The ${name} of layer ${index + 1} is a whole number from 1 to ${most}${Number.isNaN(value) ? "." : `, not ${value}.`}`;
    }
  }
  const side = stackExtent(layers);
  return side <= LARGEST_FIELD
    ? null
    : `Such a stack sees ${whole(side)} pixels along a side; up to ${whole(LARGEST_FIELD)} are drawn here. Take a layer, a stride or a rate away.`;
}

/** A stack in a state table. */
export function stackParameter(key: string, initial: string): Parameter<readonly StackLayer[]> {
  const parse = (text: string) => {
    const layers = readStack(text);
    return typeof layers === "string" ? undefined : layers;
  };
  return {key, initial: parse(initial)!, parse, format: stackText, wrong: (text) => String(readStack(text))};
}
