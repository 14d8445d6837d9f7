import type {Activation, Backbone, InvertedUnit, Unit} from "../network.js";
import {depthwiseSkips} from "./skips.js";
import {inEights, scaledBy} from "./width.js";

/** Expansion, channels, repeats and first stride of each stage: MobileNetV2, table 2, without the last 1x1. */
const STAGES = [
  {expansion: 1, channels: 16, repeats: 1, stride: 1},
  {expansion: 6, channels: 24, repeats: 2, stride: 2},
  {expansion: 6, channels: 32, repeats: 3, stride: 2},
  {expansion: 6, channels: 64, repeats: 4, stride: 2},
  {expansion: 6, channels: 96, repeats: 3, stride: 1},
  {expansion: 6, channels: 160, repeats: 3, stride: 2},
  {expansion: 6, channels: 320, repeats: 1, stride: 1}
] as const;

const STEM_CHANNELS = 32;
const STEM_STRIDE = 2;

export interface MobileNetV2Options {
  /** Width multiplier. */
  readonly width?: number;
  readonly activation?: Activation;
  /** Whether the channels after an expansion are rounded to multiples of eight, as in the release, which shows at widths such as 0.35. */
  readonly expansions?: "plain" | "in_eights";
  /** Channels in place of those at width 1, of a unit by its number or of the stem (null), for makers who round them otherwise. */
  readonly channels?: (published: number, unit: number | null) => number;
}

/**
 * MobileNetV2 as DeepLab uses it: the stem and seventeen inverted residual units, up to the 320
 * channels (at width 1) that feed ASPP.
 *
 * @param options.width width multiplier, a positive number (the papers use 0.35 to 1.4). As in the
 * DeepLab release, a width other than 1 rounds channels to the nearest integer and not to multiples of eight.
 * @throws RangeError when the width is not a positive finite number
 */
export function mobileNetV2({width = 1, activation = "relu6", expansions = "plain", channels: given}: MobileNetV2Options = {}): Backbone {
  const scale: NonNullable<MobileNetV2Options["channels"]> = given ?? scaledBy(width);
  const expand = (channels: number, expansion: number) =>
    expansion > 1 && expansions === "in_eights" ? inEights(channels * expansion) : channels * expansion;
  const stemChannels = scale(STEM_CHANNELS, null);
  const units: InvertedUnit[] = [];
  let inputChannels = stemChannels;
  for (const stage of STAGES) {
    for (let repeat = 0; repeat < stage.repeats; repeat++) {
      const channels = scale(stage.channels, units.length);
      const stride = repeat === 0 ? stage.stride : 1;
      units.push({
        kind: "inverted",
        name: `block_${String(units.length).padStart(2, "0")}`,
        kernel: 3,
        inputChannels,
        expandedChannels: expand(inputChannels, stage.expansion),
        channels,
        stride,
        activation,
        residual: stride === 1 && inputChannels === channels
      });
      inputChannels = channels;
    }
  }
  return {
    family: "mobilenet_v2",
    options: {width},
    units: [{kind: "conv", name: "conv", kernel: 3, channels: stemChannels, stride: STEM_STRIDE, activation}, ...units],
    skips: depthwiseSkips(units, STEM_STRIDE)
  };
}

/** What VainF's decoder reads: the unit before its MobileNetV2 is cut in two. */
const VAINF_SKIP = {stride: 4, endPoint: "block_02"} as const;

/**
 * The same as VainF's DeepLabV3Plus-Pytorch has it: zeros stand around each unit's input, before its expansion, and around the photo none,
 * so that maps are a cell smaller than others'. Its networks are padded "fixed".
 */
export function vainfMobileNetV2(options: MobileNetV2Options): Backbone {
  const backbone = mobileNetV2(options);
  const units = backbone.units.map((unit): Unit => {
    if (unit.kind === "inverted") return {...unit, zerosAround: "input"};
    return unit.kind === "conv" ? {...unit, padding: "valid"} : unit;
  });
  return {...backbone, units, skips: {[VAINF_SKIP.stride]: VAINF_SKIP.endPoint}};
}

/** The same as Hugging Face has it: the first unit, part of a stem there, adds nothing even where it could. */
export function huggingFaceMobileNetV2(options: MobileNetV2Options): Backbone {
  const backbone = mobileNetV2(options);
  const first = backbone.units.findIndex(({kind}) => kind === "inverted");
  const units = backbone.units.map((unit, index) => (unit.kind === "inverted" && index === first ? {...unit, residual: false} : unit));
  return {...backbone, units};
}
