/** A file as its maker released it. */
export interface ReleasedFile {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Pretrained models that this project knows. Self-contained: pages, scripts and tests read it. */
export interface RegisteredModel {
  readonly id: string;
  readonly title: string;
  /** Name of its file in this folder. */
  readonly file: string;
  /** SHA-256 of that file; the conversion from what is released is deterministic. */
  readonly sha256: string;
  /** What is released: the file that is imported, then those that it needs beside it. Empty where the model is bundled. */
  readonly release: readonly ReleasedFile[];
  readonly license: string;
  readonly source: string;
  /** Accuracy with data and setting, as its authors state it; then what else is to be known, where that misleads. */
  readonly published: string;
}

/** Where the maker of `people` keeps its files, up to their endings. */
const PEOPLE =
  "https://raw.githubusercontent.com/nolanliou/PeopleSegmentationDemo/d6bd852e1339459bb8af8d8db4aef4f8202ad220/app/src/main/assets/deeplab_v3_plus_mobilenet_v2_quant";

/** Best first: the first of these that is there is the one to start with, but where pictures are of people (`peopleFirst`). */
export const MODELS: readonly RegisteredModel[] = [
  {
    id: "mobilenetv2-100-pascal",
    title: "MobileNetV2 1.0, PASCAL VOC",
    file: "mobilenetv2-100-pascal.safetensors",
    sha256: "66836043e35562f46e5659d87cb6e451496f51d528a96efdd1b7af2a6b34f56a",
    release: [
      {
        url: "https://raw.githubusercontent.com/google-coral/test_data/master/deeplabv3_mnv2_pascal_quant.tflite",
        sha256: "350af47fd346ea6d74b58833a351f583ba860e9806ec5bd292ff8d8f1f249398",
        bytes: 2193224
      }
    ],
    license: "Apache-2.0",
    source: "deeplabv3_mnv2_pascal_quant.tflite (Google, DeepLab release; quantisation-aware uint8, dequantised)",
    published: "PASCAL VOC 2012 val 74.26 % mIoU (mobilenetv2_coco_voc_trainaug_8bit, output stride 16)"
  },
  {
    id: "mobilenetv2-050-pascal",
    title: "MobileNetV2 0.5, PASCAL VOC",
    file: "mobilenetv2-050-pascal.safetensors",
    sha256: "fe099bf9bcd83b1be6aea07969cf1af0b9bfdd7ed8c1a8377c93935abce95676",
    release: [
      {
        url: "https://storage.googleapis.com/download.tensorflow.org/models/tflite/gpu/deeplabv3_257_mv_gpu.tflite",
        sha256: "68a539782c2c6a72f8aac3724600124a85ed977162b44e84cbae5db717c933c6",
        bytes: 2779264
      }
    ],
    license: "Apache-2.0",
    source: "deeplabv3_257_mv_gpu.tflite (Google, DeepLab release; float32)",
    published: "PASCAL VOC 2012 val 70.19 % mIoU (mobilenetv2_dm05_coco_voc_trainaug, output stride 16)"
  },
  {
    id: "nano",
    title: "nano: v3+ with atrous ASPP and decoder",
    file: "nano.safetensors",
    sha256: "22433ae9ec6f8fb7151dfc2a9f8a36559d143535a72fe35fc28056512b70605d",
    release: [],
    license: "Apache-2.0",
    source: "made for this project, from Google's released MobileNetV2 0.5 (see nano.md)",
    published: "44 photos that stand in for VOC: 57.5 % mIoU (input 513, output stride 16)"
  },
  {
    id: "people",
    title: "People: v3+ on MobileNetV2 1.0",
    file: "people.safetensors",
    sha256: "7b5a55f63f24d1c74fb8b02c43f294bc3fe718e5c3184efae7b78c448d8508a5",
    release: [
      {
        url: `${PEOPLE}.pb`,
        sha256: "15039d92d96e053cac7791b03f9fa65fecc25c058f0e3b6c8701cc3c8b9b983d",
        bytes: 39273
      },
      {
        url: `${PEOPLE}.data`,
        sha256: "7a5beb18db584b2b5c0135e270ca1ad88705a1b91738837a5b88503aaf9b0024",
        bytes: 2270776
      }
    ],
    license: "Apache-2.0",
    source:
      "deeplab_v3_plus_mobilenet_v2_quant.pb and .data (GitHub nolanliou/PeopleSegmentationDemo at d6bd852; quantised to uint8 after training, dequantised)",
    published:
      "89.55 % mIoU on its maker's own photos of people (input 513; likely this very network before it was quantised, which its maker says is within one point of it). Made for portraits: on 44 photos of VOC it has 32.8 % IoU of person, where nano has more than twice that"
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
