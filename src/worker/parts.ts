import {part} from "../part.js";

/** What few readers need, or none before the first mask stands: each is loaded with the first call that asks for it. */
export const PARTS = {
  answerModel: () => part(() => import("./answer-model.js")),
  datasets: () => part(() => import("./datasets/datasets.js")),
  demonstrations: () => part(() => import("./demonstrations/index.js")),
  faster: () => part(() => import("./faster-on-cpu.js")),
  importModels: () => part(() => import("./import-models.js")),
  inspections: () => part(() => import("./inspections/index.js")),
  live: () => part(() => import("./live/session.js")),
  maskFiles: () => part(() => import("./mask-files.js")),
  measured: () => part(() => import("./datasets/measured.js")),
  onnx: () => part(() => import("../exporters/onnx/write-onnx.js")),
  plainKernels: () => part(() => import("@tensorflow/tfjs-backend-cpu")),
  refine: () => part(() => import("./refine.js")),
  snapped: () => part(() => import("../engine/labels/snapped.js")),
  trainings: () => part(() => import("./training/trainings.js"))
} as const;
