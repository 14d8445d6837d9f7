import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";
import {FormatError} from "../formats/format-error.js";
import {inputsOf} from "./operations.js";
import type {Operation, Operations} from "./operations.js";

/** A convolution with everything that follows it folded in: batch normalisation, bias, activation. */
export interface Layer {
  readonly op: "conv" | "depthwise";
  readonly name: string;
  readonly inputs: readonly [string];
  readonly kernel: Weight;
  readonly bias: Float32Array;
  readonly stride: number;
  readonly rate: number;
  readonly activation: Activation;
}

/** A node of the folded network; `inputs` name other parts. */
export type Part =
  Layer | {readonly op: "add" | "concat" | "mean" | "resize" | "other"; readonly name: string; readonly inputs: readonly string[]};

/**
 * Folds elementary operations into layers, in an order in which every part comes after those that it reads.
 *
 * Scales are multiplied into kernels and summands into biases in double precision, then rounded to float32. What
 * cannot be folded (an affine map of something that is not a bare convolution) stays as "other".
 *
 * @throws FormatError where the graph has a cycle or a list does not fit the channels it applies to
 */
export function foldLayers(operations: Operations): Map<string, Part> {
  const parts = new Map<string, Part>();
  /** Part that holds the value of each operation. */
  const holder = new Map<string, string>();
  /** Rates of SpaceToBatchND operations that a convolution has yet to take. */
  const pending = new Map<string, number>();
  const readers = countReaders(operations);
  const part = (input: string) => holder.get(input) ?? input;

  for (const [name, operation] of inOrder(operations)) {
    const keep = (kept: Part) => {
      parts.set(name, kept);
      holder.set(name, name);
    };
    /** The layer before, if this operation alone reads it and nothing but an affine map was applied to it. */
    const foldable = (input: string): Layer | null => {
      const before = parts.get(part(input));
      return before && isLayer(before) && before.activation === "linear" && readers.get(input) === 1 ? before : null;
    };
    switch (operation.op) {
      case "conv":
      case "depthwise": {
        const {op, input, kernel, stride, rate} = operation;
        const channels = op === "conv" ? kernel.shape[3]! : kernel.shape[2]!;
        const layer: Layer = {
          op,
          name,
          inputs: [part(input)],
          kernel,
          bias: new Float32Array(channels),
          stride,
          rate: rate * (pending.get(input) ?? 1),
          activation: "linear"
        };
        keep(layer);
        break;
      }
      case "affine": {
        const layer = foldable(operation.input);
        if (!layer) {
          keep({op: "other", name, inputs: [part(operation.input)]});
          break;
        }
        parts.set(layer.name, withAffine(layer, operation.scale, operation.shift));
        holder.set(name, layer.name);
        break;
      }
      case "activation": {
        const layer = foldable(operation.input);
        if (!layer) {
          keep({op: "other", name, inputs: [part(operation.input)]});
          break;
        }
        parts.set(layer.name, {...layer, activation: operation.activation});
        holder.set(name, layer.name);
        break;
      }
      case "atrous":
        pending.set(name, operation.rate);
        holder.set(name, part(operation.input));
        break;
      case "same":
        holder.set(name, part(operation.input));
        // Some exports pad between SpaceToBatchND and the convolution.
        if (pending.has(operation.input)) pending.set(name, pending.get(operation.input)!);
        break;
      default:
        keep({op: operation.op, name, inputs: inputsOf(operation).map(part)});
    }
  }
  return parts;
}

export function isLayer(part: Part): part is Layer {
  return part.op === "conv" || part.op === "depthwise";
}

function withAffine(layer: Layer, scale: Float32Array | undefined, shift: Float32Array | undefined): Layer {
  const channels = layer.bias.length;
  const at = (list: Float32Array, channel: number) => list[list.length === 1 ? 0 : channel]!;
  for (const list of [scale, shift]) {
    if (list && list.length !== 1 && list.length !== channels) {
      throw new FormatError(`The file is damaged: "${layer.name}" has ${channels} channels, but ${list.length} values for them.`);
    }
  }
  let {kernel} = layer;
  if (scale) {
    // Output channels are the fastest axis of a kernel (HWIO), and of a depthwise kernel (HWC1) too.
    kernel = {shape: kernel.shape, values: kernel.values.map((value, i) => value * at(scale, i % channels))};
  }
  const bias = layer.bias.map((value, channel) => value * (scale ? at(scale, channel) : 1) + (shift ? at(shift, channel) : 0));
  return {...layer, kernel, bias};
}

function countReaders(operations: Operations): Map<string, number> {
  const readers = new Map<string, number>();
  for (const operation of operations.values()) {
    for (const input of inputsOf(operation)) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  return readers;
}

/** Operations, each after those that it reads. Depth first, without recursion: a graph can be thousands deep. */
function* inOrder(operations: Operations): Generator<[string, Operation]> {
  const state = new Map<string, "open" | "done">();
  for (const root of operations.keys()) {
    const stack = [root];
    while (stack.length > 0) {
      const name = stack.at(-1)!;
      const operation = operations.get(name);
      if (!operation || state.get(name) === "done") {
        stack.pop();
      } else if (state.get(name) === "open") {
        state.set(name, "done");
        stack.pop();
        yield [name, operation];
      } else {
        state.set(name, "open");
        for (const input of inputsOf(operation)) {
          if (state.get(input) === "open") throw new FormatError(`The graph is damaged: "${input}" depends on itself.`);
          if (state.get(input) !== "done") stack.push(input);
        }
      }
    }
  }
}
