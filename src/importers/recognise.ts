import {MODEL_FORMATS} from "../data/models/formats.js";
import {mobileNetV2} from "../engine/backbones/mobilenetv2.js";
import type {Activation, Aspp, AsppBranch, DecoderConvolution, DecoderStage, Network} from "../engine/network.js";
import {weightShapes} from "../engine/plan.js";
import {FormatError} from "../formats/format-error.js";

/** A file was read, but what it holds is not a network that the engine runs. */
export class NotDeepLabError extends FormatError {
  override readonly name = "NotDeepLabError";
}

/** What cannot be seen from the shapes of the weights. */
export interface NetworkFacts {
  /** Width multiplier of the backbone; by default that of its last channels. */
  readonly widthMultiplier?: number | undefined;
  /** Rates of the atrous branches at output stride 16, in their order. */
  readonly asppRates?: readonly number[] | undefined;
  /** End point that the decoder's skip reads, relative to `backbone/`. */
  readonly lowLevelEndPoint?: string | undefined;
  /** Activation of the backbone. */
  readonly activation: Activation;
  /** Activation of ASPP and decoder. */
  readonly headActivation: Activation;
}

export type Shapes = Readonly<Record<string, readonly number[]>>;

/** Channels after the last unit of MobileNetV2 at width 1. */
const LAST_CHANNELS = 320;

/** As sentences name the families of backbones that are known. */
export const FAMILY_NAMES = {
  mobilenet_v2: "MobileNetV2",
  mobilenet_v3: "MobileNetV3",
  resnet_v1: "ResNet-v1",
  xception: "Xception"
} as const;

/** Kinds of them that differ in where strides stand or how maps are padded, with the maker's name. */
export const BACKBONE_NAMES: Readonly<Record<string, string>> = {
  ...FAMILY_NAMES,
  torchvision_mobilenet_v3: "MobileNetV3 as torchvision has it",
  resnet_v2: "ResNet-v2",
  torchvision_resnet: "ResNet as torchvision has it",
  keras_resnet: "ResNet as Keras has it"
};

/** What to do with a file that is refused. */
export const WHAT_IS_READ = `Give a DeepLab v3 or v3+ whose backbone is ${either(Object.values(FAMILY_NAMES))} as ${either([
  ...new Set<string>(MODEL_FORMATS.map(({files}) => files))
])}.`;

/**
 * The description of the network that holds weights of these canonical names and shapes.
 *
 * @throws NotDeepLabError where a layer that every DeepLab has is missing
 * @throws FormatError where a layer is missing, superfluous or of another shape than the others imply
 */
export function recogniseNetwork(shapes: Shapes, facts: NetworkFacts): Network {
  for (const layer of ["backbone/conv", "backbone/block_16/project", "aspp/projection", "logits"]) {
    if (!shapes[`${layer}/kernel`]) {
      const layers = Object.keys(shapes).filter((name) => name.endsWith("/kernel")).length;
      throw new NotDeepLabError(
        `This file holds ${layers} layers in our naming, but none is "${layer}", which every DeepLab has. ${WHAT_IS_READ}`
      );
    }
  }
  const backbone = mobileNetV2({
    width: facts.widthMultiplier ?? outputs(shapes, "backbone/block_16/project") / LAST_CHANNELS,
    activation: facts.activation
  });
  const network: Network = {backbone, ...headOf(shapes, facts), padding: "same"};
  checkShapes(shapes, network);
  return network;
}

/** What of a head cannot be seen from the shapes of its weights. */
export type HeadFacts = Pick<NetworkFacts, "asppRates" | "lowLevelEndPoint" | "headActivation">;

/**
 * The v3 or v3+ head that weights of these canonical names and shapes belong to.
 *
 * @throws NotDeepLabError where it has no branch; FormatError where facts are missing or do not fit
 */
export function headOf(shapes: Shapes, facts: HeadFacts): Pick<Network, "head" | "classes"> {
  const decoder = decoderOf(shapes, facts);
  return {
    head: {aspp: asppOf(shapes, facts), decoder: decoder ? [decoder] : [], logits: "conv", activation: facts.headActivation},
    classes: outputs(shapes, "logits")
  };
}

function asppOf(shapes: Shapes, {asppRates = []}: HeadFacts): Aspp {
  const branches: AsppBranch[] = [];
  for (const kind of ["image_pooling", "conv_1x1"] as const) {
    if (shapes[`aspp/${kind}/kernel`]) branches.push({kind, name: kind, channels: outputs(shapes, `aspp/${kind}`)});
  }
  const atrous = atrousLayers(shapes);
  if (atrous.length !== asppRates.length) {
    throw new FormatError(`The model has ${atrous.length} atrous branches, but ${asppRates.length} rates are given for them.`);
  }
  atrous.forEach(({layer, separable}, index) => {
    const name = `atrous_${index}`;
    branches.push({kind: "atrous", name, channels: outputs(shapes, layer), rate: asppRates[index]!, separable});
  });
  if (branches.length === 0) throw new NotDeepLabError(`This file has a projection but no ASPP branch before it. ${WHAT_IS_READ}`);
  return {branches, projectionChannels: outputs(shapes, "aspp/projection")};
}

/** The layers that end the atrous branches of weights of these names, in order. */
export function atrousLayers(shapes: Shapes): readonly {layer: string; separable: boolean}[] {
  return numbered(shapes, "aspp/atrous_");
}

function decoderOf(shapes: Shapes, {lowLevelEndPoint}: HeadFacts): DecoderStage | undefined {
  if (!shapes["decoder/low_level/kernel"]) return undefined;
  if (!lowLevelEndPoint) throw new FormatError("The model has a decoder, but does not say which layer of the backbone its skip reads.");
  const convolutions = numbered(shapes, "decoder/conv_").map(({layer, separable}, index): DecoderConvolution => ({
    name: `conv_${index}`,
    channels: outputs(shapes, layer),
    separable
  }));
  return {lowLevelEndPoint, lowLevelChannels: outputs(shapes, "decoder/low_level"), merge: "concat", convolutions};
}

/** Layers `<prefix>0`, `<prefix>1`, ... as long as they follow each other. */
function numbered(shapes: Shapes, prefix: string): {layer: string; separable: boolean}[] {
  const found: {layer: string; separable: boolean}[] = [];
  for (;;) {
    const layer = prefix + found.length;
    if (shapes[`${layer}/kernel`]) found.push({layer, separable: false});
    else if (shapes[`${layer}/pointwise/kernel`]) found.push({layer: `${layer}/pointwise`, separable: true});
    else return found;
  }
}

/** Channels that a layer gives. @throws FormatError where its kernel has not four sides */
export function outputs(shapes: Shapes, layer: string): number {
  const shape = shapes[`${layer}/kernel`];
  const channels = shape?.[3];
  if (shape?.length !== 4 || !channels) {
    throw new FormatError(`"${layer}/kernel" has the shape [${shape?.join(", ") ?? ""}]; a kernel has four sides, none of them 0.`);
  }
  return channels;
}

/**
 * Checks that weights of these names and shapes are those of a network, no more and no less.
 *
 * @param called what a weight is called in the file, for sentences; by default what it is called here
 * @throws FormatError saying what is missing, superfluous or of another shape
 */
export function checkShapes(shapes: Shapes, network: Network, called = (name: string) => name): void {
  const expected = asDescribed(() => weightShapes(network));
  const {family, options} = network.backbone;
  const backbone = [BACKBONE_NAMES[family] ?? family, ...Object.values(options)].join(" ");
  checkFit(`${network.head.decoder.length > 0 ? "DeepLab v3+" : "DeepLab v3"} on ${backbone}`, shapes, expected, called);
}

/**
 * What is laid out along the description of a network that a file carries.
 *
 * @throws FormatError with the engine's sentence where that describes no network that there can be
 */
export function asDescribed<T>(layOut: () => T): T {
  try {
    return layOut();
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError(error.message, {cause: error});
    throw error;
  }
}

/**
 * Checks that what was found is what is expected, no more and no less.
 *
 * @param kind what it looks like, as a sentence names it
 * @param called what a name is called in the file, for sentences; by default the same
 * @throws FormatError saying what is missing, superfluous or of another shape
 */
export function checkFit(kind: string, found: Shapes, expected: Shapes, called = (name: string) => name): void {
  const misfit = (what: string) => new FormatError(`This looks like ${kind}, but ${what}.`);
  for (const [name, shape] of Object.entries(expected)) {
    const own = Object.hasOwn(found, name) ? found[name] : undefined;
    if (!own) throw misfit(`"${called(name)}" is missing`);
    if (own.join() !== shape.join()) {
      throw misfit(`"${called(name)}" has the shape [${own.join(", ")}] where [${shape.join(", ")}] is expected`);
    }
  }
  const stranger = Object.keys(found).find((name) => !Object.hasOwn(expected, name));
  if (stranger !== undefined) throw misfit(`it also holds "${called(stranger)}", which has no place there`);
}

function either(words: readonly string[]): string {
  return new Intl.ListFormat("en-GB", {type: "disjunction"}).format(words);
}
