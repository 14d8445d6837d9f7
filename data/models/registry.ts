/** Pretrained models that this project knows. Self-contained: pages, scripts and tests read it. */
export interface RegisteredModel {
  readonly id: string;
  readonly title: string;
  /** Name of its file in this folder. */
  readonly file: string;
  /** SHA-256 of that file; the conversion from what is released is deterministic. */
  readonly sha256: string;
  /** What is released, where it is not bundled. */
  readonly release: {
    readonly url: string;
    readonly sha256: string;
    readonly bytes: number;
  } | null;
  readonly license: string;
  readonly source: string;
  /** Accuracy with data and setting, as its authors state it. */
  readonly published: string;
}

/** Best first: the first of these that is there is the one to start with. */
export const MODELS: readonly RegisteredModel[] = [
  {
    id: "mobilenetv2-100-pascal",
    title: "MobileNetV2 1.0, PASCAL VOC",
    file: "mobilenetv2-100-pascal.safetensors",
    sha256: "66836043e35562f46e5659d87cb6e451496f51d528a96efdd1b7af2a6b34f56a",
    release: {
      url: "https://raw.githubusercontent.com/google-coral/test_data/master/deeplabv3_mnv2_pascal_quant.tflite",
      sha256: "350af47fd346ea6d74b58833a351f583ba860e9806ec5bd292ff8d8f1f249398",
      bytes: 2193224
    },
    license: "Apache-2.0",
    source: "deeplabv3_mnv2_pascal_quant.tflite (Google, DeepLab release; quantisation-aware uint8, dequantised)",
    published: "PASCAL VOC 2012 val 74.26 % mIoU (mobilenetv2_coco_voc_trainaug_8bit, output stride 16)"
  },
  {
    id: "mobilenetv2-050-pascal",
    title: "MobileNetV2 0.5, PASCAL VOC",
    file: "mobilenetv2-050-pascal.safetensors",
    sha256: "fe099bf9bcd83b1be6aea07969cf1af0b9bfdd7ed8c1a8377c93935abce95676",
    release: {
      url: "https://storage.googleapis.com/download.tensorflow.org/models/tflite/gpu/deeplabv3_257_mv_gpu.tflite",
      sha256: "68a539782c2c6a72f8aac3724600124a85ed977162b44e84cbae5db717c933c6",
      bytes: 2779264
    },
    license: "Apache-2.0",
    source: "deeplabv3_257_mv_gpu.tflite (Google, DeepLab release; float32)",
    published: "PASCAL VOC 2012 val 70.19 % mIoU (mobilenetv2_dm05_coco_voc_trainaug, output stride 16)"
  },
  {
    id: "nano",
    title: "nano: v3+ with atrous ASPP and decoder",
    file: "nano.safetensors",
    sha256: "aa59e756f7d400463a56a00cabdaef35da2aaf7eaf1b8c882a2ef324ece8a8c4",
    release: null,
    license: "Apache-2.0",
    source: "made for this project, from Google's released MobileNetV2 0.5 (see nano.md)",
    published: "44 photos that stand in for VOC: 57.7 % mIoU (input 513, output stride 16)"
  }
];

/** The model that a build tries to add when it is missing. */
export const DEFAULT_MODEL_ID = "mobilenetv2-050-pascal";

/**
 * The registered model of this id.
 *
 * @throws RangeError where there is none
 */
export function registeredModel(id: string): RegisteredModel {
  const model = MODELS.find((candidate) => candidate.id === id);
  if (!model) throw new RangeError(`There is no registered model "${id}"; there are ${MODELS.map((known) => known.id).join(", ")}.`);
  return model;
}
