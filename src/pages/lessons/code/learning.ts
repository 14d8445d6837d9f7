import {LOGITS} from "../../../engine/plan.js";
import type {LearningState} from "../learning/state.js";
import {list, photoAndModel, pictureLine, torch} from "./figure-code.js";
import type {FigureCode, PhotoState} from "./figure-code.js";

/**
 * One step on a photo: of the last layer, whose gradient is one matrix product.
 *
 * @param state.id of the class that is taught
 */
export function descent(state: LearningState & {readonly id: number; readonly learningRate: number}): FigureCode {
  const {taught, id, inputSize, x, y, learningRate} = state;
  return {
    cells: [
      `${photoAndModel(state)}
const last = plan(net).steps.find(({name}) => name === ${JSON.stringify(LOGITS)});
const features = await tap(net, picture, last.inputs[0], {size: ${inputSize}});
const [, rows, columns, channels] = features.shape;
const read = tf.reshape(features, [-1, channels]);`,
      `const tensorOf = ({values, shape}) => tf.reshape(tf.tensor(values, shape), [-1, shape.at(-1)]);
const kernel = tensorOf(net.weights[last.name + "/kernel"]);
const bias = tensorOf(net.weights[last.name + "/bias"]);`,
      `// its own mask as the label, but for a spot that is said to be "${taught}"
const ids = await tf.argMax(tf.add(tf.matMul(read, kernel), bias), 1).data();
const [row, column] = [Math.round(${y / 1000} * (rows - 1)), Math.round(${x / 1000} * (columns - 1))];
const label = Array.from(ids, (own, cell) =>
  Math.hypot(Math.floor(cell / columns) - row, (cell % columns) - column) < 3 ? ${id} : own);`,
      `const truth = tf.oneHot(tf.tensor1d(label, "int32"), kernel.shape[1]);
const logitsOf = (w, b) => tf.add(tf.matMul(read, w), b);
const lossOf = async (logits) => (await tf.neg(tf.mean(tf.sum(tf.mul(truth, tf.logSoftmax(logits)), 1))).data())[0];
const logits = logitsOf(kernel, bias);
const before = await lossOf(logits);`,
      `// softmax less truth, a cell's share of the mean: from there the layer's gradient is one product
const wrong = tf.div(tf.sub(tf.softmax(logits), truth), label.length);
const step = (tensor, gradient) => tf.sub(tensor, tf.mul(${learningRate}, gradient));
const after = await lossOf(logitsOf(step(kernel, tf.matMul(read, wrong, true)), step(bias, tf.sum(wrong, 0))));`
    ],
    pytorch: torch(
      "features, label = torch.rand(1, 64, 65, 65), torch.randint(0, 21, (1, 257, 257))",
      "last = torch.nn.Conv2d(64, 21, 1)",
      `optimiser = torch.optim.SGD(last.parameters(), lr=${learningRate})`,
      'enlarge = lambda logits: F.interpolate(logits, label.shape[1:], mode="bilinear", align_corners=True)',
      "loss = F.cross_entropy(enlarge(last(features)), label, ignore_index=255)",
      "loss.backward()",
      "optimiser.step()"
    )
  };
}

/** Side of the label that the code draws a leg into, and where that begins: beside what few pixels are asked. */
const SIDE = 129;
const LEG_AT = 66;

/** The leg of a chair. */
export function sizes({leg, spacing}: Pick<LearningState, "leg" | "spacing">): FigureCode {
  const cells = Math.floor((SIDE - 1) / spacing) + 1;
  return {
    cells: [
      `// a leg of ${leg} pixels from top to bottom
const columns = tf.range(0, ${SIDE});
const inLeg = tf.logicalAnd(tf.greaterEqual(columns, ${LEG_AT}), tf.less(columns, ${LEG_AT + leg}));
const label = tf.tile(tf.reshape(tf.cast(inLeg, "float32"), [1, ${SIDE}]), [${SIDE}, 1]);`,
      `// labels made small: every ${spacing}th pixel is asked
const small = tf.stridedSlice(label, [0, 0], [${SIDE}, ${SIDE}], [${spacing}, ${spacing}]);
const kept = (await tf.sum(small).data())[0];`,
      `// logits enlarged: every pixel hands its loss to the cells around it
const truth = tf.reshape(tf.oneHot(tf.cast(label, "int32"), 2), [1, ${SIDE}, ${SIDE}, 2]);
const enlarge = (x) => tf.image.resizeBilinear(x, [${SIDE}, ${SIDE}], true);
const wrong = tf.sub(tf.softmax(enlarge(tf.zeros([1, ${cells}, ${cells}, 2]))), truth);
display(show.map(tf.image.resizeBilinear(wrong, [${cells}, ${cells}], true), {channel: 1, colours: "diverging"}));`
    ],
    pytorch: torch(
      `label = torch.zeros(1, ${SIDE}, ${SIDE}, dtype=torch.long)`,
      `label[:, :, ${LEG_AT}:${LEG_AT + leg}] = 1`,
      `small = label[:, ::${spacing}, ::${spacing}]`,
      `logits = torch.zeros(1, 2, ${cells}, ${cells}, requires_grad=True)`,
      `enlarged = F.interpolate(logits, label.shape[1:], mode="bilinear", align_corners=True)`,
      `F.cross_entropy(enlarged, label).backward()  # or F.cross_entropy(logits, small)`,
      `asked = -logits.grad[0, 1]`
    )
  };
}

/** Batches of photos, and what a norm would take from them. */
export function norms(state: LearningState): FigureCode {
  return {
    cells: [
      `const net = await model("nano");
const photos = await Promise.all(["dog", "cat", "cows", "horses"].map((id) => photo(id)));`,
      `// mean and deviation of each channel, photo by photo
const statistics = [];
for (const picture of photos) {
  const maps = await tap(net, picture, ${JSON.stringify(state.norm)}, {size: ${state.inputSize}});
  const {mean, variance} = tf.moments(maps, [0, 1, 2]);
  statistics.push({mean: await mean.data(), variance: await variance.data()});
}`,
      `// a batch of one beside the batch of all, in the first channel
const means = statistics.map(({mean}) => mean[0]);
const ofAll = d3.mean(means);
display(show.bars(Object.fromEntries(means.map((mean, i) => ["photo " + (i + 1), Math.abs(mean - ofAll)])), {label: "From the mean of all"}));`
    ],
    pytorch: `import torch
from torch import nn

norm = nn.BatchNorm2d(64, eps=1e-3, momentum=0.0003)
norm.train()  # takes the batch's own mean and variance, and keeps running ones
y = norm(torch.rand(16, 64, 33, 33))
norm.eval()  # frozen: the running ones, whatever the batch
for weight in norm.parameters():
    weight.requires_grad = False`
  };
}

/** ASPP from nothing. */
export function branches(state: PhotoState & {readonly rates: readonly number[]}): FigureCode {
  const {rates} = state;
  return {
    cells: [
      `${pictureLine(state)}
const {backbone} = (await model("nano")).network;
const net = untrained(network({backbone, head: v3Head({rates: ${list(rates)}})}));`,
      `const {logits} = await run(net, picture, {size: 129});
const {parameters} = cost(plan(net, {size: 129}));`,
      `// a network that knows nothing gives no class much: the loss is about ln 21
const scores = tf.reshape(logits, [-1, 21]);
const loss = (await tf.neg(tf.mean(tf.slice(tf.logSoftmax(scores), [0, 0], [-1, 1]))).data())[0];
const ln21 = Math.log(21);`
    ],
    pytorch: `import torch

# 'poly': the rate falls to zero with the steps
weights = [torch.nn.Parameter(torch.zeros(1))]
optimiser = torch.optim.Adam(weights, lr=1e-3)
steps = 40
schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: (1 - step / steps) ** 0.9)`
  };
}
