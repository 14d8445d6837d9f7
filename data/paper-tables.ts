import type {PaperTable} from "../components/tables/paper-table.js";
import {SOURCES} from "./sources.js";

/** mIoU of DeepLab v3+ on VOC 2012 val at output stride 16, with and without its decoder. */
export const V3PLUS_DECODER = {
  resnet: {without: 0.7721, oneConvolution: 0.7821, whole: 0.7885},
  xception: {without: 0.7917, whole: 0.7993}
};

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** Rows of papers' tables that lessons set beside what is computed here. */
export const PAPER_TABLES = {
  v3MultiGrid: {
    title: "Multi-grid in the paper",
    columns: ["Multi-grid", "Block 4 is the last", "With blocks 5 to 7"],
    rows: [
      ["(1, 1, 1)", "68.39 %", "75.76 %"],
      ["(1, 2, 1)", "70.23 %", "76.66 %"],
      ["(1, 2, 3)", "73.14 %", "76.11 %"],
      ["(1, 2, 4)", "73.45 %", "76.02 %"],
      ["(2, 2, 2)", "71.45 %", "74.62 %"]
    ],
    measured: "mIoU of ResNet-101 on VOC 2012 val at output stride 16",
    from: {source: SOURCES.v3, place: "table 3, first and last column"}
  },
  v3Aspp: {
    title: "Multi-grid, rates and image pooling in the paper",
    columns: ["Multi-grid and rates", "mIoU"],
    rows: [
      ["(1, 1, 1), rates 6, 12, 18", "75.36 %"],
      ["(1, 2, 1), rates 6, 12, 18", "75.93 %"],
      ["(1, 2, 4), rates 6, 12, 18", "76.58 %"],
      ["(1, 2, 4), rates 6, 12, 18, 24", "76.46 %"],
      ["(1, 2, 4), rates 6, 12, 18, and image pooling", "77.21 %"]
    ],
    measured: "mIoU on VOC 2012 val at output stride 16, each row a network trained for itself",
    from: {source: SOURCES.v3, place: "table 5"}
  },
  v3plusDecoder: {
    title: "The decoder in the paper",
    columns: ["Network", "mIoU"],
    rows: [
      ["ResNet-101, scores enlarged at once", percent(V3PLUS_DECODER.resnet.without)],
      ["ResNet-101, decoder with one 3 × 3 convolution", percent(V3PLUS_DECODER.resnet.oneConvolution)],
      ["ResNet-101, decoder with two", percent(V3PLUS_DECODER.resnet.whole)],
      ["Xception, scores enlarged at once", percent(V3PLUS_DECODER.xception.without)],
      ["Xception, decoder with two", percent(V3PLUS_DECODER.xception.whole)]
    ],
    measured: "mIoU on VOC 2012 val at output stride 16, each row a network trained for itself",
    from: {source: SOURCES.v3plus, place: "tables 2, 3 and 5"}
  }
} as const satisfies Record<string, PaperTable>;
