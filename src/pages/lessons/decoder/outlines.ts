import type {BandCurve, DecoderGain} from "../../../components/charts/band-figure.js";
import {V3PLUS_DECODER} from "../../../data/paper-tables.js";
import {SOURCES} from "../../../data/sources.js";

/** The runs that the figure about outlines draws, by their names in data/models/nano-ablation.json. */
export const CURVES: readonly BandCurve[] = [
  {run: "As trained", colour: "var(--concept-decoder)"},
  {run: "Skip muted", colour: "var(--ink)", dashes: "2 5"},
  {run: "Enlarged at once", colour: "var(--rate-12)", dashes: "9 5"}
];

/**
 * What DeepLab v3+ says that its decoder brought over bilinear upsampling, on VOC 2012 val at output stride 16: in the narrowest
 * band (section 4.4), and over whole photos (table 3 for ResNet-101, table 5 for Xception). Its curve (figure 5a) is only drawn,
 * so the other bands cannot be quoted.
 */
export const PAPER_GAINS: readonly DecoderGain[] = [
  {name: "ResNet-101, the paper's", narrowest: 0.048, whole: V3PLUS_DECODER.resnet.whole - V3PLUS_DECODER.resnet.without},
  {name: "Xception, the paper's", narrowest: 0.054, whole: V3PLUS_DECODER.xception.whole - V3PLUS_DECODER.xception.without}
];

/** Where they stand. */
export const PAPER_PLACE = {source: SOURCES.v3plus, place: "section 4.4 and tables 3 and 5"};

export const PAPER_NOTES =
  "The paper states of its curve (figure 5a, VOC 2012 val, output stride 16) only what is shown here; its networks without a decoder were trained without one.";
