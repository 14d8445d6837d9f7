import type {Checkpoint} from "../formats/checkpoint.js";
import {FormatError} from "../formats/format-error.js";

/** The variables of a checkpoint that make up a layer, by what they are to it. */
export type LayerVariables = Readonly<Partial<Record<VariableRole, string>>> & {readonly kernel: string};

type VariableRole = "kernel" | "biases" | "gamma" | "beta" | "mean" | "variance";

/** How the name of a layer's variable ends. */
const ENDINGS: readonly (readonly [ending: string, role: VariableRole])[] = [
  ["/depthwise_weights", "kernel"],
  ["/weights", "kernel"],
  ["/biases", "biases"],
  ["/BatchNorm/gamma", "gamma"],
  ["/BatchNorm/beta", "beta"],
  ["/BatchNorm/moving_mean", "mean"],
  ["/BatchNorm/moving_variance", "variance"]
];
/** How that of its average over the last steps of training ends. */
const AVERAGE = "/ExponentialMovingAverage";

export interface CheckpointLayers {
  /** By what the file calls the layer. */
  readonly layers: ReadonlyMap<string, LayerVariables>;
  /** Variables that belong to no layer, and are more than a single number. */
  readonly others: readonly string[];
  /** Whether there are averages of the variables. */
  readonly hasAverages: boolean;
}

/**
 * Sorts variables into layers. What stands under another variable's name is its optimiser's and left out, and so are single numbers
 * (the step, the optimiser's own).
 *
 * @param averaged whether a variable's average over the last steps of training is taken in its place, where there is one
 */
export function checkpointLayers({variables}: Checkpoint, averaged: boolean): CheckpointLayers {
  const layers = new Map<string, Partial<Record<VariableRole, string>>>();
  const others: string[] = [];
  let hasAverages = false;
  for (const [name, {shape}] of variables) {
    const isAverage = name.endsWith(AVERAGE);
    hasAverages ||= isAverage;
    const variable = isAverage ? name.slice(0, -AVERAGE.length) : name;
    const isTwice = isAverage ? variables.has(variable) : variables.has(name + AVERAGE);
    if ((isTwice && isAverage !== averaged) || isUnderAnother(variable, variables)) continue;
    const [ending, role] = ENDINGS.find(([ending]) => variable.endsWith(ending)) ?? [];
    if (!ending || !role) {
      if (shape.length > 0) others.push(name);
      continue;
    }
    const layer = variable.slice(0, -ending.length);
    layers.set(layer, {...layers.get(layer), [role]: name});
  }
  for (const [layer, {kernel, ...rest}] of layers) {
    if (kernel === undefined) throw new FormatError(`The checkpoint holds "${Object.values(rest)[0]}", but no weights of "${layer}".`);
  }
  return {layers: layers as Map<string, LayerVariables>, others, hasAverages};
}

/** How far under a variable's name stands what is an optimiser's: a name made to confuse has hundreds of parts. */
const MOST_PARTS = 4;

function isUnderAnother(name: string, variables: Checkpoint["variables"]): boolean {
  let at = name.length;
  for (let part = 0; part < MOST_PARTS; part++) {
    at = name.lastIndexOf("/", at - 1);
    if (at <= 0) return false;
    if (variables.has(name.slice(0, at))) return true;
  }
  return false;
}
