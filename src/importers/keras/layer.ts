import type {Activation} from "../../engine/network.js";
import {isObject, isText} from "../../formats/json.js";
import type {KerasCall} from "../../formats/keras-calls.js";
import type {GraphConstant} from "../../formats/node-graph.js";
import type {MapSize} from "../map-sizes.js";
import type {Operation} from "../operations.js";

/** A call of a layer, with what its steps are made from. */
export interface Layer extends KerasCall {
  /** The first of its inputs; empty where it has none. */
  readonly input: string;
  /** Sizes of what it is given. */
  readonly sizes: readonly MapSize[];
  /** Of the Keras that wrote the model. */
  readonly version: string;
  /** What the layer has learnt. @throws FormatError where that is missing */
  weight(index: number, ...roles: readonly string[]): GraphConstant;
  /** The same for a value a channel. @throws FormatError also where these are more than any layer has */
  list(index: number, ...roles: readonly string[]): Float32Array;
}

/** The steps of a layer; null where it is not one that our networks are made of. */
export type ToSteps = (layer: Layer) => readonly Operation[] | null;

/** Keras's names of activations. Its hard sigmoid and swish are others in Keras 2 than in Keras 3, and others than MobileNetV3's. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {linear: "linear", relu: "relu", relu6: "relu6", sigmoid: "sigmoid"};

/** The step of an activation, from its name or its description; none where there is none. */
export function activationSteps(activation: unknown, input: string): Operation[] {
  const name = nameOf(activation);
  const known = Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name]! : undefined;
  if (known === "linear") return [];
  return [known ? {op: "activation", input, activation: known} : {op: "other", inputs: [input], what: `the activation ${name}`}];
}

/** "relu", or as Keras 3 writes functions: `{"class_name": "function", "config": "relu6"}`. */
function nameOf(activation: unknown): string {
  if (activation === undefined || activation === null) return "linear";
  if (isText(activation)) return activation;
  if (isObject(activation)) return nameOf(isText(activation["config"]) ? activation["config"] : activation["class_name"]);
  return "unknown";
}

/** A number for rows and one for columns, from one for both or two; null where it is neither. */
export function pairOf(value: unknown): readonly [number, number] | null {
  const pair = Array.isArray(value) ? (value as unknown[]) : [value, value];
  return pair.length === 2 && pair.every((side) => Number.isInteger(side)) ? (pair as [number, number]) : null;
}

/** A number that is one for rows and columns, null where they differ. */
export function squareOf(value: unknown): number | null {
  const pair = pairOf(value);
  return pair && pair[0] === pair[1] ? pair[0] : null;
}
