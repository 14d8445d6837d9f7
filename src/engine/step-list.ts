import type {AfterDepthwise} from "./network.js";
import type {ConvolvingOptions} from "./steps/convolving.js";
import type {PoolOptions} from "./steps/pool.js";
import type {Activation} from "./steps/activation.js";
import type {Shape} from "./steps/kind.js";
import {kindNamed} from "./steps/kinds.js";
import type {OptionsOf, Step, StepOp, StepOfOp} from "./steps/kinds.js";
import type {Sampling} from "./steps/upsample.js";
import {sides} from "./steps/window.js";

/** Name of the step that holds the preprocessed photo. */
export const INPUT = "input";

/** The step of this name. @throws RangeError where there is none */
export function findStep(steps: readonly Step[], name: string): Step {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new RangeError(`The network has no layer "${name}".`);
  return step;
}

/** The steps from the input to an end point, in order, but for those that lead there only through what is left out. */
export function stepsBetween(steps: readonly Step[], endPoint: string, without: readonly string[]): Step[] {
  const needed = new Set(without.includes(endPoint) ? [] : [endPoint]);
  const found: Step[] = [];
  for (const step of steps.toReversed()) {
    if (!needed.has(step.name)) continue;
    found.push(step);
    for (const name of step.inputs) if (!without.includes(name)) needed.add(name);
  }
  return found.reverse();
}

/** A convolution as builders say it: of a square kernel of one side, stride 1, rate 1, "same", with a bias, unless they say otherwise. */
export type Convolution = Partial<Omit<ConvolvingOptions, "kernel" | "activation">> & {
  readonly kernel: number | ConvolvingOptions["kernel"];
  readonly activation: Activation;
};

type SeparableConvolution = Convolution & {readonly channels: number; readonly afterDepthwise?: AfterDepthwise | undefined};

/** What stands by itself of a step: no weights of another's. */
type Borrowed = {readonly borrowed?: Step["borrowed"]};

/** Steps under construction; each method appends one and returns its name. */
export class StepList {
  readonly list: Step[] = [];
  private readonly byName = new Map<string, Step>();

  constructor(size: Shape) {
    this.push("input", INPUT, [], {size});
  }

  get(name: string): Step {
    const step = this.byName.get(name);
    if (!step) throw new RangeError(`The network has no layer "${name}".`);
    return step;
  }

  /**
   * Appends a step of any kind.
   *
   * @throws RangeError where its inputs are not there, its name is taken, or its options do not fit what it reads
   */
  push<Op extends StepOp>(op: Op, name: string, inputs: readonly string[], options: OptionsOf<Op> & Borrowed): string {
    if (this.byName.has(name)) throw new RangeError(`The network has two layers "${name}".`);
    const step = stepOf(
      op,
      name,
      inputs,
      inputs.map((input) => this.get(input)),
      options
    );
    this.list.push(step as Step);
    this.byName.set(name, step as Step);
    return name;
  }

  conv(name: string, input: string, {kernel, ...options}: Convolution & {readonly channels: number}): string {
    return this.push("conv", name, [input], {...CONVOLUTION, ...options, kernel: sides(kernel)});
  }

  depthwise(name: string, input: string, {kernel, ...options}: Convolution): string {
    return this.push("depthwise", name, [input], {...CONVOLUTION, ...options, kernel: sides(kernel)});
  }

  /** Atrous separable convolution (v3+, section 3.1): the depthwise part carries stride, rate and padding. */
  separable(name: string, input: string, {channels, bias, afterDepthwise, ...options}: SeparableConvolution): string {
    const depthwise = this.depthwise(`${name}/depthwise`, input, {...options, ...afterDepthwise});
    return this.conv(`${name}/pointwise`, depthwise, {
      kernel: 1,
      channels,
      activation: options.activation,
      ...(bias !== undefined && {bias})
    });
  }

  /** Batch norm that cannot be folded, because it precedes its convolution: a scale and a shift a channel. */
  batchNorm(name: string, input: string, activation: Activation): string {
    return this.push("affine", name, [input], {scale: true, shift: true, activation});
  }

  /** An activation by itself. */
  activation(name: string, input: string, activation: Activation): string {
    return this.push("affine", name, [input], {scale: false, shift: false, activation});
  }

  add(name: string, inputs: readonly string[], activation: Activation = "linear"): string {
    return this.push("add", name, inputs, {activation});
  }

  multiply(name: string, a: string, b: string): string {
    return this.push("multiply", name, [a, b], {activation: "linear"});
  }

  pool(name: string, input: string, options: PoolOptions): string {
    return this.push("pool", name, [input], options);
  }

  /** The mean over all positions. */
  mean(name: string, input: string): string {
    return this.pool(name, input, {pool: "mean", window: "all", stride: 1, padding: "valid"});
  }

  upsample(name: string, input: string, height: number, width: number, sampling: Sampling = "corners"): string {
    return this.push("upsample", name, [input], {height, width, sampling});
  }

  concat(name: string, inputs: readonly string[]): string {
    return this.push("concat", name, inputs, {});
  }
}

const CONVOLUTION = {stride: 1, rate: 1, padding: "same", bias: true} as const;

/**
 * A step by itself, for what it reads.
 *
 * @throws RangeError where the options do not fit
 */
export function stepOf<Op extends StepOp>(
  op: Op,
  name: string,
  inputs: readonly string[],
  read: readonly Shape[],
  options: OptionsOf<Op> & Borrowed
): StepOfOp<Op> {
  // Sizes alone, of what may be whole steps.
  const from = read.map(({height, width, channels}) => ({height, width, channels}));
  const kind = kindNamed(op) as unknown as {
    shape(options: object, from: readonly Shape[]): Shape;
    weights(options: object, from: readonly Shape[]): Readonly<Record<string, {readonly shape: readonly number[]}>>;
    multiplyAdds(options: object, from: readonly Shape[], to: Shape): number;
  };
  const shape = kind.shape(options, from);
  const {height, width, channels} = shape;
  const weights = Object.values(kind.weights(options, from));
  const parameters = weights.reduce((sum, weight) => sum + weight.shape.reduce((product, side) => product * side, 1), 0);
  const multiplyAdds = kind.multiplyAdds(options, from, shape);
  return {
    activation: "linear",
    ...options,
    name,
    op,
    inputs,
    from,
    height,
    width,
    channels,
    multiplyAdds,
    parameters
  } as unknown as StepOfOp<Op>;
}
