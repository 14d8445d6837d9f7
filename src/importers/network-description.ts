import type {
  Activation,
  AffineUnit,
  AfterDepthwise,
  AsppBranch,
  BasicUnit,
  BottleneckUnit,
  ConvUnit,
  DecoderConvolution,
  DecoderStage,
  Gate,
  InvertedUnit,
  Network,
  PoolUnit,
  SeparableUnit,
  Squeeze,
  Unit
} from "../engine/network.js";
import {ACTIVATIONS} from "../engine/steps/activation.js";
import {FormatError} from "../formats/format-error.js";
import {either, kinds, list, object, one, optional, positive, table, text, truth, whole} from "./checked.js";
import type {Check} from "./checked.js";

/** The description of a network as the JSON that a model file carries. */

const count = whole(1);
const activation: Check<Activation> = one(...(Object.keys(ACTIVATIONS) as Activation[]));
const unit = {name: text, channels: count, stride: count, rateFactor: optional(count)};

const units: Check<Unit> = kinds<Unit>({
  conv: object<ConvUnit>({...unit, kind: one("conv"), kernel: count, activation, padding: optional(one("valid", "same"))}),
  pool: object<PoolUnit>({...unit, kind: one("pool"), pool: one("max", "mean"), window: count, padding: optional(one("same", "fixed"))}),
  affine: object<AffineUnit>({...unit, kind: one("affine"), stride: one(1), activation}),
  basic: object<BasicUnit>({...unit, kind: one("basic"), shortcut: one("identity", "projection"), activation}),
  inverted: object<InvertedUnit>({
    ...unit,
    kind: one("inverted"),
    kernel: count,
    inputChannels: count,
    expandedChannels: count,
    activation,
    squeeze: optional(object<Squeeze>({channels: count, activation, gate: activation})),
    residual: truth,
    zerosAround: optional(one("input"))
  }),
  bottleneck: object<BottleneckUnit>({
    ...unit,
    kind: one("bottleneck"),
    order: one("post", "pre"),
    reducedChannels: count,
    shortcut: one("identity", "projection"),
    activation,
    strideAt: optional(one("reduce")),
    norms: optional(one("folded", "apart"))
  }),
  separable: object<SeparableUnit>({
    ...unit,
    kind: one("separable"),
    parts: three(count),
    multiGrid: optional(three(count)),
    activationAt: one("before", "inside"),
    activation,
    shortcut: one("conv", "sum", "none")
  })
});

const branch = {name: text, channels: count};
const branches: Check<AsppBranch> = kinds<AsppBranch>({
  image_pooling: object({...branch, kind: one("image_pooling")}),
  conv_1x1: object({...branch, kind: one("conv_1x1")}),
  atrous: object<Extract<AsppBranch, {kind: "atrous"}>>({...branch, kind: one("atrous"), rate: count, separable: truth})
});

const convolutions = list(object<DecoderConvolution>({name: text, channels: count, separable: truth}));

const network: Check<Network> = object<Network>({
  backbone: object<Network["backbone"]>({
    family: text,
    options: table(either(positive, text)),
    units: list(units),
    dilatesFrom: optional(one("next", "itself")),
    skips: table(text)
  }),
  head: object<Network["head"]>({
    aspp: object<Network["head"]["aspp"]>({
      branches: list(branches),
      projectionChannels: either(one(null), count),
      gate: optional(object<Gate>({window: either(one("all"), count), stride: pair(count), activation, bias: optional(truth)})),
      convolutions: optional(convolutions)
    }),
    decoder: list(
      object<DecoderStage>({
        lowLevelEndPoint: text,
        lowLevelChannels: count,
        merge: one("concat", "sum"),
        convolutions
      })
    ),
    logits: one("conv", "decoder"),
    activation
  }),
  classes: count,
  depthwise: optional(object<AfterDepthwise>({activation, bias: truth})),
  padding: one("same", "fixed"),
  sampling: optional(one("half_pixel"))
});

/**
 * Reads a description; whether it fits the weights is another question.
 *
 * @throws FormatError saying which part of it is not what it should be
 */
export function parseDescription(json: string): Network {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new FormatError("The model file's description of its network is damaged: it is not JSON.", {cause: error});
  }
  return network(value, "");
}

/** Writes a description; the same network gives the same text, in whatever order its keys were set. */
export function writeDescription(described: Network): string {
  return JSON.stringify(network(described, ""));
}

function three<T>(item: Check<T>): Check<readonly [T, T, T]> {
  return several(item, 3, "three") as Check<readonly [T, T, T]>;
}

function pair<T>(item: Check<T>): Check<readonly [T, T]> {
  return several(item, 2, "two") as Check<readonly [T, T]>;
}

function several<T>(item: Check<T>, count: number, inWords: string): Check<readonly T[]> {
  return (value, at) => {
    const items = list(item)(value, at);
    if (items.length === count) return items;
    throw new FormatError(`The model file's description of its network is damaged: "${at}" has ${items.length} numbers, not ${inWords}.`);
  };
}
