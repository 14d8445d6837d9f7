import type {Activation} from "./network.js";

export type StepOp = "input" | "conv" | "depthwise" | "batch_norm" | "add" | "mean" | "upsample" | "concat";

/** One step of a run: an end point of the network with everything that is known before running it. */
export interface Step {
  /** End point, e.g. `backbone/block_03/depthwise`; its weights are `<name>/kernel` and `<name>/bias`. */
  readonly name: string;
  readonly op: StepOp;
  /** Names of the steps whose outputs this one reads. */
  readonly inputs: readonly string[];
  /** Side of the square kernel; 0 where there is none. */
  readonly kernelSize: number;
  readonly stride: number;
  /** Atrous rate of this run, after output stride and ASPP rates were applied. */
  readonly rate: number;
  readonly activation: Activation;
  readonly inputChannels: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Multiplications of a convolution, zero padding included, as the papers count; 0 for other steps. */
  readonly multiplyAdds: number;
  /** Weights and biases. */
  readonly parameters: number;
}

/** Name of the step that holds the preprocessed photo. */
export const INPUT = "input";

/** The step of this name. @throws RangeError where there is none */
export function findStep(steps: readonly Step[], name: string): Step {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new RangeError(`The network has no end point "${name}".`);
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

export interface Convolution {
  kernelSize: number;
  channels: number;
  stride?: number;
  rate?: number;
  activation: Activation;
  /** False where a batch norm follows, whose shift takes the bias's place. */
  bias?: boolean;
}

/** Steps under construction; each method appends one and returns its name. */
export class StepList {
  readonly list: Step[] = [];
  private readonly byName = new Map<string, Step>();

  constructor({height, width, channels}: {height: number; width: number; channels: number}) {
    this.push({...NO_COST, name: INPUT, op: "input", inputs: [], inputChannels: channels, height, width, channels});
  }

  get(name: string): Step {
    const step = this.byName.get(name);
    if (!step) throw new RangeError(`The network has no end point "${name}".`);
    return step;
  }

  conv(name: string, input: string, {kernelSize, channels, stride = 1, rate = 1, activation, bias = true}: Convolution): string {
    const from = this.get(input);
    const height = Math.ceil(from.height / stride);
    const width = Math.ceil(from.width / stride);
    const kernel = kernelSize ** 2 * from.channels * channels;
    return this.push({
      name,
      op: "conv",
      inputs: [input],
      kernelSize,
      stride,
      rate,
      activation,
      inputChannels: from.channels,
      height,
      width,
      channels,
      multiplyAdds: height * width * kernel,
      parameters: kernel + (bias ? channels : 0)
    });
  }

  depthwise(name: string, input: string, {stride, rate, activation}: Pick<Step, "stride" | "rate" | "activation">): string {
    const {channels, ...from} = this.get(input);
    const kernelSize = 3;
    const height = Math.ceil(from.height / stride);
    const width = Math.ceil(from.width / stride);
    const kernel = kernelSize ** 2 * channels;
    return this.push({
      name,
      op: "depthwise",
      inputs: [input],
      kernelSize,
      stride,
      rate,
      activation,
      inputChannels: channels,
      height,
      width,
      channels,
      multiplyAdds: height * width * kernel,
      parameters: kernel + channels
    });
  }

  /** Atrous separable convolution (v3+, section 3.1): the depthwise part carries the rate. */
  separable(name: string, input: string, {channels, stride = 1, rate = 1, activation}: Convolution): string {
    const depthwise = this.depthwise(`${name}/depthwise`, input, {stride, rate, activation});
    return this.conv(`${name}/pointwise`, depthwise, {kernelSize: 1, channels, activation});
  }

  /** Batch norm as what is left of it after training: a scale and a shift a channel. Where it precedes its convolution it cannot be folded. */
  batchNorm(name: string, input: string, activation: Activation): string {
    const {height, width, channels} = this.get(input);
    return this.push({
      ...NO_COST,
      name,
      op: "batch_norm",
      inputs: [input],
      activation,
      inputChannels: channels,
      height,
      width,
      channels,
      parameters: 2 * channels
    });
  }

  /** The sum of two activations of one shape. */
  add(name: string, a: string, b: string, activation: Activation = "linear"): string {
    const {height, width, channels} = this.get(a);
    return this.push({...NO_COST, name, op: "add", inputs: [a, b], activation, inputChannels: channels, height, width, channels});
  }

  mean(name: string, input: string): string {
    const {channels} = this.get(input);
    return this.push({...NO_COST, name, op: "mean", inputs: [input], inputChannels: channels, height: 1, width: 1, channels});
  }

  upsample(name: string, input: string, height: number, width: number): string {
    const {channels} = this.get(input);
    return this.push({...NO_COST, name, op: "upsample", inputs: [input], inputChannels: channels, height, width, channels});
  }

  concat(name: string, inputs: string[]): string {
    const from = inputs.map((input) => this.get(input));
    const {height, width} = from[0]!;
    const channels = from.reduce((sum, step) => sum + step.channels, 0);
    return this.push({...NO_COST, name, op: "concat", inputs, inputChannels: channels, height, width, channels});
  }

  private push(step: Step): string {
    this.list.push(step);
    this.byName.set(step.name, step);
    return step.name;
  }
}

const NO_COST = {kernelSize: 0, stride: 1, rate: 1, activation: "linear", multiplyAdds: 0, parameters: 0} as const;
