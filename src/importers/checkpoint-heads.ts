import {RELEASED_GATE, gatedHead} from "../engine/heads.js";
import type {Network} from "../engine/network.js";
import {headOf, outputs} from "./recognise.js";
import type {HeadFacts, Shapes} from "./recognise.js";
import type {NameRule} from "./renaming.js";

/** A kind of head as the variables of the DeepLab release are named, whatever the backbone. */
export interface CheckpointHead {
  readonly rules: readonly NameRule[];
  /** The layers that each head of this kind has. */
  readonly layers: readonly [string, ...string[]];
  /** The head that weights of these canonical shapes belong to. */
  of(shapes: Shapes, facts: Omit<HeadFacts, "headActivation">): Pick<Network, "head" | "classes">;
}

/** What batch normalisation adds to a variance in every head. */
export const HEAD_EPSILON = 1e-5;

/** The skip's 1x1 is called alike in every head. */
const SKIP: NameRule = ["decoder/low_level", "decoder/feature_projection0"];
const BRANCH: NameRule = ["aspp/conv_1x1", "aspp0"];

/** ASPP, the decoder of v3+ where there is one, and logits. */
const PYRAMID: CheckpointHead = {
  rules: [
    ["aspp/image_pooling", "image_pooling"],
    BRANCH,
    ["aspp/atrous_{n}/{part}", "aspp{n+1}_{part}"],
    ["aspp/atrous_{n}", "aspp{n+1}"],
    ["aspp/projection", "concat_projection"],
    SKIP,
    ["decoder/conv_{n}/{part}", "decoder/decoder_conv{n}_{part}"],
    ["decoder/conv_{n}", "decoder/decoder_conv0/decoder_conv0_{n+1}"],
    ["logits", "logits/semantic"]
  ],
  layers: ["logits", "aspp/projection"],
  of: (shapes, facts) => headOf(shapes, {...facts, headActivation: "relu"})
};

/** R-ASPP of MobileNetV3: the decoder's sum is the logits, by the flags of the release's model_zoo.md. */
const REDUCED: CheckpointHead = {
  rules: [["aspp/gate", "image_pooling"], BRANCH, SKIP, ["decoder/deep", "decoder/decoder_conv0"]],
  layers: ["decoder/deep", "decoder/low_level", "aspp/conv_1x1", "aspp/gate"],
  of: (shapes, {lowLevelEndPoint = ""}) => {
    const classes = outputs(shapes, "decoder/low_level");
    return {head: gatedHead({channels: outputs(shapes, "aspp/conv_1x1"), lowLevelEndPoint, classes, gate: RELEASED_GATE}), classes};
  }
};

/** The kind of head that layers of these names, as the file has them, make up. */
export function checkpointHead(layers: ReadonlyMap<string, unknown>): CheckpointHead {
  return layers.has("decoder/decoder_conv0") ? REDUCED : PYRAMID;
}
