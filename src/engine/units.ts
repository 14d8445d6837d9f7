import type {StrideAndRate} from "./dilation.js";
import type {
  AffineUnit,
  AfterDepthwise,
  BasicUnit,
  BottleneckUnit,
  ConvUnit,
  InvertedUnit,
  PoolUnit,
  SeparableUnit,
  Squeeze,
  Unit
} from "./network.js";
import type {Padding} from "./padding.js";
import type {StepList} from "./step-list.js";

/** How a unit of a description is laid out as steps. */

/** Where and how a unit stands. */
export interface UnitPlace extends StrideAndRate {
  /** End point that the unit reads. */
  readonly input: string;
  /** End point of the unit's output where it ends in a step of its own. */
  readonly output: string;
  /** End point of one of the unit's layers. */
  part(name: string): string;
  /** Of its layers that stride with a kernel above 1x1. */
  readonly stridedPadding: Padding;
  readonly afterDepthwise?: AfterDepthwise | undefined;
}

/** The end points of a unit that was laid out. */
export interface LaidUnit {
  readonly output: string;
  /** The layer that carries the unit's stride and rate. */
  readonly carrier: string;
}

type Layout<U extends Unit> = (steps: StepList, unit: U, place: UnitPlace) => LaidUnit;

const paddingAt = ({stride, stridedPadding}: UnitPlace, kernel: number): Padding => (stride > 1 && kernel > 1 ? stridedPadding : "same");

const conv: Layout<ConvUnit> = (steps, {kernel, channels, activation, padding}, place) => {
  const {input, output, stride, rate} = place;
  steps.conv(output, input, {kernel, channels, stride, rate, padding: padding ?? paddingAt(place, kernel), activation});
  return {output, carrier: output};
};

const pool: Layout<PoolUnit> = (steps, {pool, window, padding = "same"}, {input, output, stride}) => {
  steps.pool(output, input, {pool, window: [window, window], stride, padding});
  return {output, carrier: output};
};

const affine: Layout<AffineUnit> = (steps, {activation}, {input, output}) => {
  steps.batchNorm(output, input, activation);
  return {output, carrier: output};
};

/** The skip: the input itself, every stride-th cell of it, or a linear 1x1 of it. */
function shortcut(steps: StepList, kind: "identity" | "projection", channels: number, from: string, {part, stride}: UnitPlace): string {
  if (kind === "projection") return steps.conv(part("shortcut"), from, {kernel: 1, channels, stride, activation: "linear"});
  return stride === 1 ? from : steps.pool(part("shortcut"), from, {pool: "max", window: [1, 1], stride, padding: "valid"});
}

const basic: Layout<BasicUnit> = (steps, {channels, activation, ...unit}, place) => {
  const {input, output, part, stride, rate} = place;
  const carrier = steps.conv(part("conv_1"), input, {kernel: 3, channels, stride, rate, padding: paddingAt(place, 3), activation});
  const second = steps.conv(part("conv_2"), carrier, {kernel: 3, channels, rate, activation: "linear"});
  steps.add(output, [shortcut(steps, unit.shortcut, channels, input, place), second], activation);
  return {output, carrier};
};

const inverted: Layout<InvertedUnit> = (steps, unit, place) => {
  const {kernel, inputChannels, expandedChannels, channels, activation, squeeze, residual, zerosAround} = unit;
  const {input, output, part, stride, rate, afterDepthwise} = place;
  const expands = expandedChannels !== inputChannels;
  const before = expands && zerosAround === "input" ? {padding: {margin: (rate * (kernel - 1)) / 2}} : undefined;
  const expanded = expands ? steps.conv(part("expand"), input, {kernel: 1, channels: expandedChannels, activation, ...before}) : input;
  const padding = before ? "valid" : paddingAt(place, kernel);
  const carrier = steps.depthwise(part("depthwise"), expanded, {kernel, stride, rate, padding, activation, ...afterDepthwise});
  const gated = squeeze ? squeezed(steps, squeeze, carrier, part) : carrier;
  const project = steps.conv(part("project"), gated, {kernel: 1, channels, activation: "linear"});
  return {output: residual ? steps.add(output, [input, project]) : project, carrier};
};

function squeezed(steps: StepList, {channels, activation, gate}: Squeeze, input: string, part: UnitPlace["part"]): string {
  const mean = steps.mean(part("squeeze/mean"), input);
  const reduced = steps.conv(part("squeeze/reduce"), mean, {kernel: 1, channels, activation});
  const restored = steps.conv(part("squeeze/expand"), reduced, {kernel: 1, channels: steps.get(input).channels, activation: gate});
  return steps.multiply(part("squeeze"), input, restored);
}

const bottleneck: Layout<BottleneckUnit> = (steps, unit, place) => {
  const {order, reducedChannels, channels, activation, strideAt = "conv", norms = "folded"} = unit;
  const {input, output, part, rate} = place;
  const strideOf = (layer: "reduce" | "conv") => (layer === strideAt ? place.stride : 1);
  const apart = order === "pre" && norms === "apart";
  const norm = (number: number, from: string) => steps.batchNorm(part(`norm_${number}`), from, activation);
  const inner = apart ? ({activation: "linear", bias: false} as const) : {activation};

  const entered = order === "pre" ? norm(1, input) : input;
  const reduce = steps.conv(part("reduce"), entered, {kernel: 1, channels: reducedChannels, stride: strideOf("reduce"), ...inner});
  const reduced = apart ? norm(2, reduce) : reduce;
  const carrier = steps.conv(part("conv"), reduced, {
    kernel: 3,
    channels: reducedChannels,
    stride: strideOf("conv"),
    rate,
    padding: paddingAt({...place, stride: strideOf("conv")}, 3),
    ...inner
  });
  const convolved = apart ? norm(3, carrier) : carrier;
  const restore = steps.conv(part("restore"), convolved, {kernel: 1, channels, activation: "linear"});
  // A projection reads what batch norm and activation made of the input, an identity the input itself.
  const skip = shortcut(steps, unit.shortcut, channels, unit.shortcut === "projection" ? entered : input, place);
  steps.add(output, [skip, restore], order === "post" ? activation : "linear");
  return {output, carrier};
};

const separable: Layout<SeparableUnit> = (steps, unit, place) => {
  const {parts, multiGrid = [1, 1, 1], activationAt, activation, channels} = unit;
  const {input, output, part, stride, rate, afterDepthwise} = place;
  let last = input;
  parts.forEach((partChannels, index) => {
    const name = part(`separable_${index + 1}`);
    const isLast = index === parts.length - 1;
    const read = activationAt === "before" ? steps.activation(`${name}/activation`, last, activation) : last;
    last = steps.separable(name, read, {
      kernel: 3,
      channels: partChannels,
      rate: rate * multiGrid[index]!,
      stride: isLast ? stride : 1,
      padding: isLast ? paddingAt(place, 3) : "same",
      activation: activationAt === "inside" ? activation : "linear",
      afterDepthwise
    });
  });
  const carrier = `${part(`separable_${parts.length}`)}/depthwise`;
  if (unit.shortcut === "none") return {output: last, carrier};
  const kind = unit.shortcut === "conv" ? "projection" : "identity";
  return {output: steps.add(output, [shortcut(steps, kind, channels, input, place), last]), carrier};
};

const LAYOUTS: {readonly [Kind in Unit["kind"]]: Layout<Extract<Unit, {kind: Kind}>>} = {
  conv,
  pool,
  affine,
  basic,
  inverted,
  bottleneck,
  separable
};

/** Appends the steps of a unit. */
export function layUnit(steps: StepList, unit: Unit, place: UnitPlace): LaidUnit {
  return (LAYOUTS[unit.kind] as Layout<Unit>)(steps, unit, place);
}
