import {TORCHVISION_GATE, gatedHead} from "../../engine/heads.js";
import type {AsppBranch, Backbone} from "../../engine/network.js";
import {FormatError} from "../../formats/format-error.js";
import type {StateDict} from "../../formats/state-dict.js";
import {orderOf} from "../channel-order.js";
import {countOf, outputsOf} from "./named-shapes.js";
import {byRules} from "./sources.js";
import type {DictBackbone, DictHead, SourceRule} from "./sources.js";

/** The heads of torchvision and of VainF's DeepLabV3Plus-Pytorch. Both enlarge with half-pixel centres, as PyTorch does by default. */

const SAMPLING = {sampling: "half_pixel"} as const;
/** Stride of what VainF's decoder and torchvision's LR-ASPP read of the backbone. */
const LOW_LEVEL_STRIDES = {decoder: 4, lraspp: 8} as const;

/** The head of a state dict; undefined where it is none of these. @throws FormatError where something of it is missing */
export function torchHead(dict: StateDict, {backbone, rates}: DictBackbone): DictHead | undefined {
  const separable = [...dict.keys()].find((name) => /^classifier\..*\.body\.0\.weight$/.test(name));
  if (separable !== undefined) {
    throw new FormatError(`The head was made with --separable_conv ("${separable}"), which is not read; give one without it.`);
  }
  const has = (module: string) => dict.has(`${module}.weight`);
  if (has("classifier.aspp.convs.0.0")) return v3Plus(dict, backbone, rates);
  for (const at of ["classifier", "classifier.classifier"]) if (has(`${at}.0.convs.0.0`)) return v3(dict, at, rates);
  return has("classifier.cbr.0") ? lraspp(dict, backbone) : undefined;
}

function v3(dict: StateDict, at: string, rates: readonly number[]): DictHead {
  const {branches, projectionChannels, rules} = aspp(dict, `${at}.0`, rates);
  const convolutions = [{name: "conv_0", channels: outputsOf(dict, `${at}.1`), separable: false}];
  return {
    title: "DeepLab v3",
    head: {aspp: {branches, projectionChannels, convolutions}, decoder: [], logits: "conv", activation: "relu"},
    classes: outputsOf(dict, `${at}.4`),
    ...SAMPLING,
    sources: byRules([...rules, ["aspp/conv_0", {conv: `${at}.1`, norm: `${at}.2`}], ["logits", {conv: `${at}.4`}]])
  };
}

function v3Plus(dict: StateDict, backbone: Backbone, rates: readonly number[]): DictHead {
  const {branches, projectionChannels, rules} = aspp(dict, "classifier.aspp", rates);
  const lowLevelChannels = outputsOf(dict, "classifier.project.0");
  // The skip first there, what comes from below first here.
  const order = orderOf([
    {start: lowLevelChannels, channels: projectionChannels, order: null},
    {start: 0, channels: lowLevelChannels, order: null}
  ]);
  const convolutions = [{name: "conv_0", channels: outputsOf(dict, "classifier.classifier.0"), separable: false}];
  const lowLevelEndPoint = backbone.skips[LOW_LEVEL_STRIDES.decoder]!;
  return {
    title: "DeepLab v3+",
    head: {
      aspp: {branches, projectionChannels},
      decoder: [{lowLevelEndPoint, lowLevelChannels, merge: "concat", convolutions}],
      logits: "conv",
      activation: "relu"
    },
    classes: outputsOf(dict, "classifier.classifier.3"),
    ...SAMPLING,
    sources: byRules([
      ...rules,
      ["decoder/low_level", {conv: "classifier.project.0", norm: "classifier.project.1"}],
      ["decoder/conv_0", {conv: "classifier.classifier.0", norm: "classifier.classifier.1", order}],
      ["logits", {conv: "classifier.classifier.3"}]
    ])
  };
}

/** torchvision's LR-ASPP: a gate over the whole map, and class scores of both depths that are added. */
function lraspp(dict: StateDict, backbone: Backbone): DictHead {
  const lowLevelEndPoint = backbone.skips[LOW_LEVEL_STRIDES.lraspp]!;
  const classes = outputsOf(dict, "classifier.high_classifier");
  return {
    title: "LR-ASPP",
    head: gatedHead({channels: outputsOf(dict, "classifier.cbr.0"), lowLevelEndPoint, classes, gate: TORCHVISION_GATE}),
    classes,
    ...SAMPLING,
    sources: byRules([
      ["aspp/conv_1x1", {conv: "classifier.cbr.0", norm: "classifier.cbr.1"}],
      ["aspp/gate", {conv: "classifier.scale.1"}],
      ["decoder/low_level", {conv: "classifier.low_classifier"}],
      ["decoder/deep", {conv: "classifier.high_classifier"}]
    ])
  };
}

/** Both makers' ASPP: 1x1, atrous branches, image pooling, in this order, and a projection. */
function aspp(
  dict: StateDict,
  at: string,
  rates: readonly number[]
): {branches: AsppBranch[]; projectionChannels: number; rules: readonly SourceRule[]} {
  const branch = (index: number) => `${at}.convs.${index}.0`;
  const atrousBranches = countOf(dict, branch) - 1;
  if (atrousBranches !== rates.length) {
    throw new FormatError(
      `The ASPP of this state dict has ${atrousBranches} atrous branches; networks of these names have ${rates.length}.`
    );
  }
  const pooling = `${at}.convs.${rates.length + 1}`;
  return {
    branches: [
      {kind: "conv_1x1", name: "conv_1x1", channels: outputsOf(dict, branch(0))},
      ...rates.map(
        (rate, index) =>
          ({kind: "atrous", name: `atrous_${index}`, channels: outputsOf(dict, branch(index + 1)), rate, separable: false}) as const
      ),
      {kind: "image_pooling", name: "image_pooling", channels: outputsOf(dict, `${pooling}.1`)}
    ],
    projectionChannels: outputsOf(dict, `${at}.project.0`),
    rules: [
      ["aspp/image_pooling", {conv: `${pooling}.1`, norm: `${pooling}.2`}],
      ["aspp/conv_1x1", {conv: branch(0), norm: `${at}.convs.0.1`}],
      ["aspp/atrous_{n}", {conv: `${at}.convs.{n+1}.0`, norm: `${at}.convs.{n+1}.1`}],
      ["aspp/projection", {conv: `${at}.project.0`, norm: `${at}.project.1`}]
    ]
  };
}
