import {mobileNetV3, torchvisionMobileNetV3} from "./backbones/mobilenetv3.js";
import type {MobileNetV3Size} from "./backbones/mobilenetv3.js";
import {resNetV1, resNetV2, torchvisionResNet} from "./backbones/resnet.js";
import type {ResNetDepth} from "./backbones/resnet.js";
import {xception} from "./backbones/xception.js";
import type {XceptionDepth} from "./backbones/xception.js";
import {reducedHead, torchvisionHead, torchvisionReducedHead, v3Head, v3PlusHead} from "./heads.js";
import type {Backbone, Network} from "./network.js";
import type {KnownNetwork} from "./published.js";
import {released} from "./released.js";

/** The networks that DeepLab's papers, its release and torchvision publish, with what they say that these cost. */

const VOC_CLASSES = 21;
const CITYSCAPES_CLASSES = 19;
const VOC_SIZE = [513, 513] as const;
const CITYSCAPES_SIZE = [1025, 2049] as const;
const TORCHVISION_SIZE = [520, 520] as const;

/** Sizes of the photo in evaluation, 0.5 to 1.75. */
const SCALES = [0.5, 0.75, 1, 1.25, 1.5, 1.75];

const ZOO = "github.com/tensorflow/models, research/deeplab/g3doc/model_zoo.md";
/** Counts parameters of Keras twins of the release's networks, 4 a channel of batch norm, and once more with these folded. */
const KITO = "github.com/ZFTurbo/Keras-inference-time-optimizer, README.md";
/** ResNet-101's figures are met with the root of three 3x3 and the multi-grid (1, 2, 4) alone. */
const V3_PLUS = "Chen et al. 2018 (arXiv 1802.02611), tables 3 (ResNet-101) and 5 (Xception)";
const MOBILENET_V3 = "Howard et al. 2019 (arXiv 1905.02244), tables 7 (parameters) and 8 (multiply-adds by output stride)";
const TORCHVISION = "github.com/pytorch/vision, torchvision/models/segmentation: num_params and _ops of the weights";

const enlarging = (classes: number, [height, width]: readonly [number, number]) => ({
  what: "enlarging the logits to the photo's size, two multiply-adds a value",
  parameters: 0,
  multiplyAdds: 2 * height * width * classes
});

/** Of `num_params` and `_ops`. */
const auxiliary = (parameters: number, multiplyAdds: number) => ({what: "the auxiliary classifier of training", parameters, multiplyAdds});

function ofRelease(backbone: Backbone, head: Network["head"]): Network {
  return {backbone, head, classes: VOC_CLASSES, padding: "fixed"};
}

function xceptionV3Plus(depth: XceptionDepth): Network {
  const backbone = xception({depth});
  return ofRelease(backbone, v3PlusHead(backbone));
}

function resNetV3Plus(depth: ResNetDepth): Network {
  const backbone = resNetV1({depth});
  return ofRelease(backbone, v3PlusHead(backbone));
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
      // 152.59 G for the photo and its mirror image.
      further: [{outputStride: 8, scales: SCALES, multiplyAdds: 152.59e9 / 2}],
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
    published: {multiplyAdds: 0.88e9, further: [{outputStride: 8, multiplyAdds: 2.84e9}], source: ZOO}
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
      further: [
        {outputStride: 8, multiplyAdds: 177.1e9},
        // 3055.35 G for the photo and its mirror image.
        {outputStride: 8, scales: SCALES, multiplyAdds: 3055.35e9 / 2}
      ],
      parameters: 41_258_213,
      norms: {channels: 101_400, parameters: 4},
      source: `${V3_PLUS}; ${ZOO}; ${KITO}`
    }
  },
  {name: "xception_71", maker: "release", build: () => xceptionV3Plus(71), outputStride: 16, size: VOC_SIZE},
  {name: "resnet_v1_50_beta", maker: "release", build: () => resNetV3Plus(50), outputStride: 16, size: VOC_SIZE},
  {name: "resnet_v1_101_beta", maker: "release", build: () => resNetV3Plus(101), outputStride: 16, size: VOC_SIZE},
  {
    name: "DeepLab v3 on ResNet-101",
    maker: "paper",
    build: () => ofRelease(resNetV1({depth: 101, multiGrid: [1, 2, 4]}), v3Head()),
    outputStride: 8,
    size: VOC_SIZE,
    published: {
      multiplyAdds: 276.18e9,
      further: [
        {outputStride: 16, multiplyAdds: 81.02e9},
        {outputStride: 32, multiplyAdds: 52.43e9},
        {outputStride: 8, scales: SCALES, multiplyAdds: 2435.37e9}
      ],
      source: V3_PLUS
    }
  },
  {
    name: "DeepLab v3+ on ResNet-101",
    maker: "paper",
    build: () => {
      const backbone = resNetV1({depth: 101, multiGrid: [1, 2, 4]});
      return ofRelease(backbone, v3PlusHead(backbone, {separable: false}));
    },
    outputStride: 8,
    size: VOC_SIZE,
    published: {
      multiplyAdds: 297.92e9,
      further: [
        {
          outputStride: 16,
          multiplyAdds: 101.28e9,
          gap: "1.3 G less than is counted here. No other row of the two tables is off; in this one the decoder adds 20.26 G, in those of other output strides 21.74 and 21.77."
        },
        {outputStride: 32, multiplyAdds: 74.2e9},
        {outputStride: 16, scales: SCALES, multiplyAdds: 898.69e9},
        {outputStride: 8, scales: SCALES, multiplyAdds: 2623.61e9}
      ],
      source: V3_PLUS
    }
  },
  {
    name: "DeepLab v3 on Xception-65",
    maker: "paper",
    build: () => ofRelease(xception({depth: 65}), v3Head()),
    outputStride: 16,
    size: VOC_SIZE,
    published: {multiplyAdds: 68e9, further: [{outputStride: 8, multiplyAdds: 240.85e9}], source: V3_PLUS}
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
      further: [{outputStride: 16, multiplyAdds: 9.74e9}],
      parameters: 1.51e6,
      norms: {channels: 9_016, parameters: 2},
      besides: enlarging(CITYSCAPES_CLASSES, CITYSCAPES_SIZE),
      // The release's model_zoo.md has 15.95 G, twice as much: multiplications and additions apart.
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
      further: [{outputStride: 16, multiplyAdds: 2.9e9}],
      parameters: 0.47e6,
      norms: {channels: 4_312, parameters: 2},
      besides: enlarging(CITYSCAPES_CLASSES, CITYSCAPES_SIZE),
      // The release's model_zoo.md has 4.63 G, twice as much: multiplications and additions apart.
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
