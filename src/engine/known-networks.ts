import {mobileNetV3, torchvisionMobileNetV3} from "./backbones/mobilenetv3.js";
import type {MobileNetV3Size} from "./backbones/mobilenetv3.js";
import {resNetV1, resNetV2, torchvisionResNet} from "./backbones/resnet.js";
import type {ResNetDepth, ResNetOptions} from "./backbones/resnet.js";
import {xception} from "./backbones/xception.js";
import type {XceptionDepth} from "./backbones/xception.js";
import {reducedHead, torchvisionHead, torchvisionReducedHead, v3Head, v3PlusHead} from "./heads.js";
import type {Backbone, Network} from "./network.js";
import {released} from "./released.js";

/** The networks that DeepLab's papers, its release and torchvision publish, with what they say that these cost. */

export interface Published {
  /** Batch norm included. */
  readonly parameters?: number;
  /** Channels of batch norm, and how many parameters each is counted with: folded into its convolution it has one. */
  readonly norms?: {readonly channels: number; readonly parameters: 2 | 4};
  readonly multiplyAdds?: number;
  /** What is counted in both that is no step of the network here. */
  readonly besides?: {readonly what: string; readonly parameters: number; readonly multiplyAdds: number};
  /** Where that is stated. */
  readonly source: string;
  /** Why what is counted here is another number all the same. */
  readonly gap?: string;
}

export interface KnownNetwork {
  /** As its maker names it. */
  readonly name: string;
  readonly maker: "paper" | "release" | "torchvision";
  /** Its description. */
  build(): Network;
  /** Output stride that it was made for, and at which its cost is stated. */
  readonly outputStride: number;
  /** Height and width of the photo at which its cost is stated. */
  readonly size: readonly [height: number, width: number];
  readonly published?: Published;
}

const VOC_CLASSES = 21;
const CITYSCAPES_CLASSES = 19;
const VOC_SIZE = [513, 513] as const;
const CITYSCAPES_SIZE = [1025, 2049] as const;
const TORCHVISION_SIZE = [520, 520] as const;

const ZOO = "github.com/tensorflow/models, research/deeplab/g3doc/model_zoo.md";
/** Counts parameters of Keras twins of the release's networks, 4 a channel of batch norm, and once more with these folded. */
const KITO = "github.com/ZFTurbo/Keras-inference-time-optimizer, README.md";
const V3_PLUS = "Chen et al. 2018 (arXiv 1802.02611), table 3";
const MOBILENET_V3 = "Howard et al. 2019 (arXiv 1905.02244), tables 7 and 8";
const TORCHVISION = "pytorch.org/vision, models/segmentation: num_params and GFLOPS of the weights";

const RESNET_GAP =
  "The paper's ResNet-101 multiplies 31 G more than resnet_v1_101 of the release does; what its decoder adds, 21.74 G, is what is counted here.";

const enlarging = (classes: number, [height, width]: readonly [number, number]) => ({
  what: "enlarging the logits to the photo's size, two multiply-adds a value",
  parameters: 0,
  multiplyAdds: 2 * height * width * classes
});

/** Of `num_params` and GFLOPS. */
const auxiliary = (parameters: number, multiplyAdds: number) => ({what: "the auxiliary classifier of training", parameters, multiplyAdds});

function ofRelease(backbone: Backbone, head: Network["head"]): Network {
  return {backbone, head, classes: VOC_CLASSES, padding: "fixed"};
}

function xceptionV3Plus(depth: XceptionDepth): Network {
  const backbone = xception({depth});
  return ofRelease(backbone, v3PlusHead(backbone));
}

function resNetV3Plus(options: ResNetOptions): Network {
  const backbone = resNetV1(options);
  return ofRelease(backbone, v3PlusHead(backbone, {separable: options.root === "3x3"}));
}

function mobileNetV3Reduced(size: MobileNetV3Size): Network {
  const backbone = mobileNetV3({size});
  return {backbone, head: reducedHead(backbone, CITYSCAPES_CLASSES), classes: CITYSCAPES_CLASSES, padding: "same"};
}

function ofTorchvision(backbone: Backbone, head: Network["head"]): Network {
  return {backbone, head, classes: VOC_CLASSES, padding: "fixed", sampling: "half_pixel"};
}

/** (12, 24, 36) at output stride 8. */
const torchvisionResNetV3 = (depth: ResNetDepth) => ofTorchvision(torchvisionResNet({depth}), torchvisionHead([6, 12, 18]));

export const KNOWN_NETWORKS: readonly KnownNetwork[] = [
  {
    name: "mobilenet_v2",
    maker: "release",
    build: () => released(1),
    outputStride: 16,
    size: VOC_SIZE,
    published: {
      multiplyAdds: 2.75e9,
      parameters: 2_146_645,
      norms: {channels: 16_544, parameters: 4},
      source: `${ZOO}; ${KITO}`
    }
  },
  {
    name: "mobilenet_v2, depth multiplier 0.5",
    maker: "release",
    build: () => released(0.5),
    outputStride: 16,
    size: VOC_SIZE,
    published: {multiplyAdds: 0.88e9, source: ZOO}
  },
  {name: "xception_41", maker: "release", build: () => xceptionV3Plus(41), outputStride: 16, size: VOC_SIZE},
  {
    name: "xception_65",
    maker: "release",
    build: () => xceptionV3Plus(65),
    outputStride: 16,
    size: VOC_SIZE,
    published: {
      multiplyAdds: 54.17e9,
      parameters: 41_258_213,
      norms: {channels: 101_400, parameters: 4},
      source: `${ZOO}; ${KITO}`
    }
  },
  {name: "xception_71", maker: "release", build: () => xceptionV3Plus(71), outputStride: 16, size: VOC_SIZE},
  {name: "resnet_v1_50_beta", maker: "release", build: () => resNetV3Plus({depth: 50, root: "3x3"}), outputStride: 16, size: VOC_SIZE},
  {name: "resnet_v1_101_beta", maker: "release", build: () => resNetV3Plus({depth: 101, root: "3x3"}), outputStride: 16, size: VOC_SIZE},
  {
    name: "DeepLab v3 on ResNet-101",
    maker: "paper",
    build: () => ofRelease(resNetV1({depth: 101, root: "7x7", multiGrid: [1, 2, 4]}), v3Head()),
    outputStride: 8,
    size: VOC_SIZE,
    published: {multiplyAdds: 276.18e9, source: V3_PLUS, gap: RESNET_GAP}
  },
  {
    name: "DeepLab v3+ on ResNet-101",
    maker: "paper",
    build: () => resNetV3Plus({depth: 101, root: "7x7", multiGrid: [1, 2, 4]}),
    outputStride: 8,
    size: VOC_SIZE,
    published: {multiplyAdds: 297.92e9, source: V3_PLUS, gap: RESNET_GAP}
  },
  {
    name: "DeepLab v3 on ResNet-50 v2",
    maker: "paper",
    build: () => ofRelease(resNetV2({multiGrid: [1, 2, 4]}), v3Head()),
    outputStride: 16,
    size: VOC_SIZE
  },
  {
    name: "mobilenet_v3_large_seg",
    maker: "release",
    build: () => mobileNetV3Reduced("large"),
    outputStride: 32,
    size: CITYSCAPES_SIZE,
    published: {
      multiplyAdds: 7.74e9,
      parameters: 1.51e6,
      norms: {channels: 9_016, parameters: 2},
      besides: enlarging(CITYSCAPES_CLASSES, CITYSCAPES_SIZE),
      // The release's model_zoo.md has 15.95 G, which counts multiplications and additions apart.
      source: MOBILENET_V3
    }
  },
  {
    name: "mobilenet_v3_small_seg",
    maker: "release",
    build: () => mobileNetV3Reduced("small"),
    outputStride: 32,
    size: CITYSCAPES_SIZE,
    published: {
      multiplyAdds: 2.06e9,
      parameters: 0.47e6,
      norms: {channels: 4_312, parameters: 2},
      besides: enlarging(CITYSCAPES_CLASSES, CITYSCAPES_SIZE),
      // The release's model_zoo.md has 4.63 G, which counts multiplications and additions apart.
      source: MOBILENET_V3
    }
  },
  {
    name: "deeplabv3_resnet50",
    maker: "torchvision",
    build: () => torchvisionResNetV3(50),
    outputStride: 8,
    size: TORCHVISION_SIZE,
    published: {
      parameters: 42_004_074,
      norms: {channels: 28_352, parameters: 2},
      multiplyAdds: 178.722e9,
      besides: auxiliary(2_365_205, 9.991e9),
      source: TORCHVISION
    }
  },
  {
    name: "deeplabv3_resnet101",
    maker: "torchvision",
    build: () => torchvisionResNetV3(101),
    outputStride: 8,
    size: TORCHVISION_SIZE,
    published: {
      parameters: 60_996_202,
      norms: {channels: 54_464, parameters: 2},
      multiplyAdds: 258.743e9,
      besides: auxiliary(2_365_205, 9.991e9),
      source: TORCHVISION
    }
  },
  {
    name: "deeplabv3_mobilenet_v3_large",
    maker: "torchvision",
    // (12, 24, 36) at output stride 16, which MobileNetV3 has there.
    build: () => ofTorchvision(torchvisionMobileNetV3(), torchvisionHead([12, 24, 36])),
    outputStride: 16,
    size: TORCHVISION_SIZE,
    published: {
      parameters: 11_029_328,
      norms: {channels: 13_992, parameters: 2},
      multiplyAdds: 10.452e9,
      besides: auxiliary(3_851, 0.016e9),
      source: TORCHVISION
    }
  },
  {
    name: "lraspp_mobilenet_v3_large",
    maker: "torchvision",
    build: () => {
      const backbone = torchvisionMobileNetV3();
      return ofTorchvision(backbone, torchvisionReducedHead(backbone, VOC_CLASSES));
    },
    outputStride: 16,
    size: TORCHVISION_SIZE,
    published: {
      parameters: 3_221_538,
      norms: {channels: 12_328, parameters: 2},
      multiplyAdds: 2.086e9,
      source: TORCHVISION
    }
  }
];
