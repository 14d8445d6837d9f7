import {namesParameter} from "../../lab/names-choice.js";
import {networkParameters, ratesParameter} from "../../lab/network-parameters.js";
import {flag, oneOf, range, text, words} from "../../lab/state.js";
import type {StateOf} from "../../lab/state.js";

/** Sides of a crop in pixels. */
export const CROPS = ["65", "129", "193", "257", "321", "385", "513"] as const;

/** The state table of the page that trains. @param models ids, the default first */
export function trainTable(models: readonly string[]) {
  const decoder = oneOf("decoder", ["own", "on", "off"], "own");
  return {
    ...networkParameters(models, CROPS, "257"),
    rates: ratesParameter("rates"),
    /** Whether the network has a decoder: as the model has it, or one is added, or taken away; addresses from before said 0 for that. */
    decoder: {...decoder, parse: (text: string) => (text === "0" ? "off" : decoder.parse(text))} satisfies typeof decoder,
    frozen: oneOf("freeze", ["backbone", "logits", "nothing"], "backbone"),
    /** The project of labelled photos to learn from; other data sets are not in the address. */
    project: text("project", ""),
    /** The list of photos to learn from, of a data set that has several. */
    list: text("list", ""),
    /** What is kept apart: another list, by its name; so many per cent of the photos, as "20 %"; "none"; or what suits the data set. */
    val: text("val", ""),
    /** Names of the classes where the data set tells none; the model's by default. */
    classes: words("classes"),
    steps: oneOf("steps", [10, 50, 100, 200, 500, 1000, 2000, 5000], 200),
    batch: oneOf("batch", [1, 2, 4, 8], 4),
    optimiser: oneOf("optimiser", ["adamw", "adam", "sgd"], "adamw"),
    rate: oneOf("lr", [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03], 0.001),
    /** Whether crops are scaled by 0.5 to 2, and half of them mirrored. */
    scaling: flag("scale", true),
    flip: flag("flip", true),
    /** How far brightness, contrast and saturation change, in per cent. */
    colour: oneOf("colour", [0, 10, 30], 10),
    /** Whether classes with few pixels count as much as those with many. */
    balance: flag("balance", false),
    seed: range("seed", 1, 9999, 1),
    /** Whether the regions' names stand on the masks. */
    names: namesParameter(false),
    /** The scale that losses are drawn on. */
    scale: oneOf("axis", ["linear", "log"], "log")
  };
}

export type TrainTable = ReturnType<typeof trainTable>;
export type TrainState = StateOf<TrainTable>;
