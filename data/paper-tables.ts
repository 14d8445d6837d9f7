import type {PaperTable} from "../components/tables/paper-table.js";

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
    source: "DeepLab v3, table 3 (first and last column), mIoU of ResNet-101 on VOC val at output stride 16"
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
    source: "DeepLab v3, table 5, mIoU on VOC val at output stride 16, each row a network trained for itself"
  }
} as const satisfies Record<string, PaperTable>;
