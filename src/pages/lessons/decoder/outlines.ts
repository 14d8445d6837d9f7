import type {BandCurve, DecoderGain} from "../../../components/charts/band-figure.js";

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
  {name: "ResNet-101, the paper's", narrowest: 0.048, whole: 0.7885 - 0.7721},
  {name: "Xception, the paper's", narrowest: 0.054, whole: 0.7993 - 0.7917}
];

export const PAPER_NOTES =
  "The paper prints its curve (figure 5a, VOC 2012 val, output stride 16); of it only what its text and tables state is shown here: how much the decoder brought in its narrowest band (section 4.4) and over whole photos (tables 3 and 5). Its networks without a decoder were trained without one.";
