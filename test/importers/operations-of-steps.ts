import type {WeightMap} from "../../src/engine/model.js";
import type {Activation} from "../../src/engine/network.js";
import type {Step} from "../../src/engine/plan.js";
import {sides} from "../../src/engine/steps/window.js";
import type {Operation} from "../../src/importers/operations.js";

/**
 * Any plan's steps as the operations of an exported graph: bias, scale, shift and activation apart, MobileNetV3's activations in
 * TensorFlow's pieces, "fixed" padding as zeros before a convolution without.
 */
export function operationsOfSteps(steps: readonly Step[], weights: WeightMap): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  const ends = new Map<string, string>();
  const push = (operation: Operation): string => {
    const name = `n${operations.size}`;
    operations.set(name, operation);
    return name;
  };
  const activated = (input: string, activation: Activation): string => {
    if (activation === "linear") return input;
    if (activation !== "hard_sigmoid" && activation !== "hard_swish") return push({op: "activation", input, activation});
    const clipped = push({op: "activation", input: push({op: "affine", input, shift: new Float32Array([3])}), activation: "relu6"});
    const sigmoid = push({op: "affine", input: clipped, scale: new Float32Array([1 / 6])});
    return activation === "hard_sigmoid" ? sigmoid : push({op: "multiply", inputs: [input, sigmoid]});
  };
  for (const step of steps) {
    const inputs = step.inputs.map((name) => ends.get(name)!);
    const weight = (role: string) => weights[`${step.name}/${role}`];
    const end = activated(bare(step, inputs, weight, push), step.activation);
    ends.set(step.name, end);
  }
  return operations;
}

function bare(
  step: Step,
  inputs: readonly string[],
  weight: (role: string) => WeightMap[string] | undefined,
  push: (operation: Operation) => string
): string {
  const [input = ""] = inputs;
  switch (step.op) {
    case "input":
      return push({op: "other", inputs: []});
    case "conv":
    case "depthwise": {
      const {op, stride, rate, padding, kernel} = step;
      const half = kernel.map((side) => ((side - 1) * rate) / 2) as [number, number];
      const read = padding === "fixed" ? push({op: "pad", input, margins: {before: half, after: half}}) : input;
      const convolved = push({op, input: read, kernel: weight("kernel")!, stride, rate, padding: padding === "same" ? "same" : "valid"});
      const bias = weight("bias");
      return bias ? push({op: "affine", input: convolved, shift: bias.values}) : convolved;
    }
    case "affine": {
      const scaled = step.scale ? push({op: "affine", input, scale: weight("scale")!.values}) : input;
      return step.shift ? push({op: "affine", input: scaled, shift: weight("shift")!.values}) : scaled;
    }
    case "pool": {
      const {pool: kind, window, stride, padding} = step;
      if (window === "all") return push({op: "mean", input});
      return push({op: "pool", input, kind, window, stride: sides(stride), padding: padding === "valid" ? "valid" : "same"});
    }
    case "upsample":
      return push({op: "resize", input, mode: step.sampling, size: [step.height, step.width]});
    case "add":
    case "multiply":
    case "concat":
      return push({op: step.op, inputs});
  }
}
