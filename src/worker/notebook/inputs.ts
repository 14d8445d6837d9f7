import type {ShownInput} from "./shown.js";

/** What the reader can set. It is described here and drawn by the page; `view` gives its value, and gives it anew when it is set. */
export class Input {
  constructor(
    readonly shown: ShownInput,
    /** From what the page says was set to the value that the cell gets. */
    readonly valueOf: (set: unknown) => unknown = (set) => set
  ) {}
}

interface Labelled {
  readonly label?: string;
}

/** The inputs of the notebook, by the names and options of Observable Inputs. */
export const Inputs = {
  range([min, max]: readonly [number, number] = [0, 1], {label = "", step = (max - min) / 100, value = min}: RangeOptions = {}): Input {
    if (!(Number.isFinite(min) && max > min && step > 0))
      throw new RangeError("Inputs.range takes [least, most] and a step above zero, e.g. Inputs.range([1, 24], {step: 1}).");
    return new Input({type: "range", label, min, max, step, value: Math.min(Math.max(value, min), max)}, Number);
  },
  select: (options: readonly unknown[], chosen: ChoiceOptions = {}): Input => choice("select", options, chosen),
  radio: (options: readonly unknown[], chosen: ChoiceOptions = {}): Input => choice("radio", options, chosen),
  toggle: ({label = "", value = false}: Labelled & {readonly value?: boolean} = {}): Input =>
    new Input({type: "toggle", label, value}, Boolean),
  text: ({label = "", value = ""}: Labelled & {readonly value?: string} = {}): Input => new Input({type: "text", label, value}, String)
} as const;

interface RangeOptions extends Labelled {
  readonly step?: number;
  readonly value?: number;
}

interface ChoiceOptions extends Labelled {
  /** One of the options; the first by default. */
  readonly value?: unknown;
  /** An option in words. */
  readonly format?: (option: never) => unknown;
}

function choice(type: "select" | "radio", options: readonly unknown[], {label = "", value, format = String}: ChoiceOptions): Input {
  if (!Array.isArray(options) || options.length === 0)
    throw new RangeError(`Inputs.${type} takes a list of options, e.g. Inputs.${type}(["zero", "none"]).`);
  const list = options as readonly unknown[];
  const words = list.map((option) => String((format as (option: unknown) => unknown)(option)));
  const place = Math.max(0, list.indexOf(value));
  return new Input({type, label, options: words, value: place}, (set) => list[Number(set)]);
}
