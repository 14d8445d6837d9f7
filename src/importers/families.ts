import {mobileNetV2} from "../engine/backbones/mobilenetv2.js";
import type {AfterDepthwise, Network} from "../engine/network.js";
import {isPointwise} from "./folded-graph.js";
import type {FoldedGraph} from "./folded-graph.js";
import {FAMILY_NAMES} from "./recognise.js";

/** A backbone, how its strided convolutions are padded and what follows its depthwise ones. */
export type FamilyBackbone = Pick<Network, "backbone" | "padding" | "depthwise">;

/** A family of backbones that a file is compared with. */
export interface Family {
  /** As a sentence names it. */
  readonly name: string;
  /** What its units are called, and what their names begin with. */
  readonly units: {readonly called: string; readonly prefix: string};
  /** The backbones of this family that a graph could hold, the likeliest first. */
  backbones(graph: FoldedGraph): FamilyBackbone[];
}

/** Channels of MobileNetV2's first convolution and of its last unit at width 1. */
const STEM_CHANNELS = 32;
const LAST_CHANNELS = 320;

const MOBILENET_V2: Family = {
  name: FAMILY_NAMES.mobilenet_v2,
  units: {called: "inverted residual units", prefix: "block_"},
  backbones(graph) {
    const stems = graph.layers.filter(({op, kernel}) => op === "conv" && kernel.shape[2] === 3);
    const projections = graph.layers.filter((layer) => isPointwise(layer) && layer.activation === "linear");
    const last = new Set(projections.map(({bias}) => bias.length));
    const depthwise = afterDepthwise(graph);
    return stems.flatMap(({bias: {length: stem}, activation, padding: stated}) => {
      // Rounded to whole channels, the last unit tells the width more finely than the first convolution.
      const widths = [...last].map((channels) => channels / LAST_CHANNELS).filter((width) => Math.round(width * STEM_CHANNELS) === stem);
      const padding = stated === "fixed" ? "fixed" : "same";
      return [...widths, stem / STEM_CHANNELS].map((width) => ({
        backbone: mobileNetV2({width, activation}),
        padding,
        ...(depthwise && {depthwise})
      }));
    });
  }
};

/** What follows every depthwise convolution of a graph where that is no activation; undefined where they are like their neighbours. */
function afterDepthwise({layers}: FoldedGraph): AfterDepthwise | undefined {
  const depthwise = layers.filter(({op}) => op === "depthwise");
  if (depthwise.length === 0 || depthwise.some(({activation}) => activation !== "linear")) return undefined;
  return {activation: "linear", bias: depthwise.some(({bias}) => bias.some((value) => value !== 0))};
}

/** Every family that is read. A new one is a line here. */
export const FAMILIES: readonly Family[] = [MOBILENET_V2];
