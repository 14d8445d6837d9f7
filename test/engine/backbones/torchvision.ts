import {readFileSync} from "node:fs";
import type {Step} from "../../../src/engine/plan.js";
import {convolutionOf} from "../../../src/engine/steps/convolution.js";
import type {ConvolutionStep} from "../../../src/engine/steps/convolution.js";

const FIXTURES = new URL("../../fixtures/torchvision/", import.meta.url);

/** Shapes of the parameters of a network of torchvision by its own names, batch norms and auxiliary classifier included. */
export function torchvisionShapes(name: string): Record<string, number[]> {
  return fixture<Record<string, number[]>>("shapes.json", name);
}

export function fixture<T>(file: string, name: string): T {
  return (JSON.parse(readFileSync(new URL(file, FIXTURES), "utf8")) as Record<string, T>)[name]!;
}

/** The convolutions of a plan: torchvision registers its own in the same order. */
export function convolutions(steps: readonly Step[]): ConvolutionStep[] {
  return steps.flatMap((step) => convolutionOf(step) ?? []);
}

/** The shape of a kernel as PyTorch has it: outputs first, and of a depthwise one no inputs to speak of. */
export function torchShape({op, kernel, from, channels}: ConvolutionStep): number[] {
  return [channels, op === "depthwise" ? 1 : from[0]!.channels, ...kernel];
}
