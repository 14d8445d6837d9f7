import {OUTPUT_STRIDES} from "../../../engine/plan.js";
import type {StateOf} from "../../../lab/state.js";
import type {StrideLessonTable} from "../output-stride/state.js";
import {list, photoAndModel, pointLines} from "./figure-code.js";
import type {FigureCode, PhotoState} from "./figure-code.js";

type State = StateOf<StrideLessonTable> & PhotoState;

const STRIDES = list(OUTPUT_STRIDES.toReversed());

/** The lines that run the network at each output stride: `masks`. */
const masks = (size: string) => `const masks = {};
for (const outputStride of ${STRIDES})
  masks[outputStride] = (await run(net, picture, {size: ${size}, outputStride})).mask;`;

/** One network, three resolutions. */
export function pictures(state: State): FigureCode {
  const {model, inputSize: size} = state;
  return {
    cells: [
      photoAndModel(state, model),
      masks(size),
      `for (const outputStride of ${STRIDES}) display(show.mask(masks[outputStride], {photo: picture}));`,
      `// share of the pixels that differ between output stride 8 and 32
const differ = d3.mean(masks[8].labels, (id, pixel) => Number(id !== masks[32].labels[pixel]));`,
      `const costs = ${STRIDES}.map((outputStride) => ({
  outputStride,
  ...cost(plan(net, {photo: picture, size: ${size}, outputStride}))
}));
display(show.table(costs));`
    ],
    pytorch: `from torchvision.models import resnet50

# a classifier's backbone: strides of the last blocks become rates, and the weights stay
at_32 = resnet50()
at_16 = resnet50(replace_stride_with_dilation=[False, False, True])
at_8 = resnet50(replace_stride_with_dilation=[False, True, True])
at_8.load_state_dict(at_32.state_dict())`
  };
}

/** The edge from close by. */
export function detail(state: State): FigureCode {
  const {model, inputSize: size, x, y} = state;
  // One that was not chosen is negative.
  const middle = (at: number) => (at < 0 ? 500 : at);
  return {
    cells: [
      `${photoAndModel(state, model)}\n${pointLines({x: middle(x), y: middle(y)})}`,
      masks(size),
      `const classAt = ({labels, classes, width}) => classes[labels[y * width + x]];
const classes = ${STRIDES}.map((outputStride) => ({outputStride, class: classAt(masks[outputStride])}));
display(show.table(classes));`
    ]
  };
}

/** Where a stride becomes a rate. */
export function blocks(state: State): FigureCode {
  const {model, inputSize: size, outputStride} = state;
  return {
    cells: [
      photoAndModel(state, model),
      `const made = plan(net, {photo: picture, size: ${size}, outputStride: ${outputStride}});
const blocks = made.units.map(({name, trainedStride, stride, rate}) => ({name, trainedStride, stride, rate}));
display(show.table(blocks));`,
      `const largest = d3.max(blocks, ({rate}) => rate);`
    ],
    pytorch: `from torch import nn

# as the classifier has it, and the same weights where its stride became the rate of what follows
strided = nn.Conv2d(96, 96, 3, stride=2, padding=1, groups=96)
after = nn.Conv2d(96, 96, 3, stride=1, padding=1, groups=96)
kept = nn.Conv2d(96, 96, 3, stride=1, padding=1, groups=96)
after_kept = nn.Conv2d(96, 96, 3, stride=1, padding=2, dilation=2, groups=96)`,
    tensorflow: `from tensorflow.keras import layers

strided = layers.DepthwiseConv2D(3, strides=2, padding="same")
after = layers.DepthwiseConv2D(3, strides=1, padding="same")
kept = layers.DepthwiseConv2D(3, strides=1, padding="same")
after_kept = layers.DepthwiseConv2D(3, strides=1, padding="same", dilation_rate=2)`
  };
}

/** Why 513. */
export function sizes(state: State): FigureCode {
  const {model, side} = state;
  return {
    cells: [
      `const net = await model(${JSON.stringify(model)});`,
      `const cells = ${list(OUTPUT_STRIDES)}.map((outputStride) => {
  const {featureWidth} = plan(net, {height: ${side}, width: ${side}, outputStride});
  return {outputStride, featureWidth, aligned: ${side} === outputStride * (featureWidth - 1) + 1};
});
display(show.table(cells));`
    ],
    pytorch: `import torch.nn.functional as F

# corners on corners, as DeepLab enlarges
def enlarge(scores, side=${side}):
    return F.interpolate(scores, size=(side, side), mode="bilinear", align_corners=True)`,
    tensorflow: `import tensorflow as tf

# corners on corners, as DeepLab enlarges; tf.image.resize has half-pixel centres instead
def enlarge(scores, side=${side}):
    return tf.compat.v1.image.resize_bilinear(scores, [side, side], align_corners=True)`
  };
}
