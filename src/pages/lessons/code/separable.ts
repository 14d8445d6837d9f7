import type {StateOf} from "../../../lab/state.js";
import type {SeparableTable} from "../separable/state.js";
import {pictureLine, tensorflow, torch} from "./figure-code.js";
import type {FigureCode, PhotoState} from "./figure-code.js";

type State = StateOf<SeparableTable> & PhotoState;
type Layer = Pick<State, "size" | "channels" | "kernelSize" | "outputs" | "rate">;

/** The photo, its colours repeated where there are more channels: `x`. */
function inputLines(state: State): string {
  const {size, channels} = state;
  const colours = `tf.image.resizeBilinear(input(picture), [${size}, ${size}], true)`;
  const x =
    channels === 3
      ? `const x = ${colours};`
      : `const colours = ${colours};
const x = tf.slice(tf.tile(colours, [1, 1, 1, ${Math.ceil(channels / 3)}]), [0, 0, 0, 0], [1, ${size}, ${size}, ${channels}]);`;
  return `${pictureLine(state)}\n${x}`;
}

const kernelLines = ({channels, kernelSize: k, outputs}: Layer) =>
  `const depthwise = tf.randomUniform([${k}, ${k}, ${channels}, 1], -1, 1, "float32", 1);
const pointwise = tf.randomUniform([1, 1, ${channels}, ${outputs}], -1, 1, "float32", 2);`;

const torchLayer = ({size, channels: c, kernelSize: k, outputs: o, rate}: Layer) => [
  `x = torch.rand(1, ${c}, ${size}, ${size})`,
  `depthwise = torch.rand(${c}, 1, ${k}, ${k})`,
  `pointwise = torch.rand(${o}, ${c}, 1, 1)`,
  `y = F.conv2d(F.conv2d(x, depthwise, dilation=${rate}, groups=${c}), pointwise)`
];

const tensorflowLayer = ({size, channels: c, kernelSize: k, outputs: o, rate}: Layer) => [
  `x = tf.random.uniform([1, ${size}, ${size}, ${c}])`,
  `depthwise = tf.random.uniform([${k}, ${k}, ${c}, 1])`,
  `pointwise = tf.random.uniform([1, 1, ${c}, ${o}])`,
  `y = tf.nn.separable_conv2d(x, depthwise, pointwise, strides=[1, 1, 1, 1], padding="VALID", dilations=[${rate}, ${rate}])`
];

/** Depthwise, then pointwise. */
export function sliding(state: State): FigureCode {
  const {rate} = state;
  return {
    cells: [
      `${inputLines(state)}\n${kernelLines(state)}`,
      `// each channel by itself
const planes = tf.depthwiseConv2d(x, depthwise, 1, "valid", "NHWC", ${rate});
display(show.maps(planes, {count: 3}));`,
      `// then the channels of each place, mixed
const output = tf.conv2d(planes, pointwise, 1, "valid");
display(show.map(output, {channel: ${Math.min(state.shownOutput, state.outputs) - 1}, colours: "diverging"}));`
    ],
    pytorch: torch(...torchLayer(state)),
    tensorflow: tensorflow(...tensorflowLayer(state))
  };
}

/** One layer, counted two ways. */
export function counts(state: Layer): FigureCode {
  const {size, channels, kernelSize: k, outputs, rate} = state;
  return {
    cells: [
      `const [size, channels, k, outputs, rate] = [${size}, ${channels}, ${k}, ${outputs}, ${rate}];
const side = Math.max(0, size - rate * (k - 1)); // without padding
const parameters = {standard: k * k * channels * outputs, depthwise: k * k * channels, pointwise: channels * outputs};`,
      `// every weight is used once at every position
const multiplyAdds = Object.fromEntries(Object.entries(parameters).map(([name, weights]) => [name, side * side * weights]));
display(show.bars(multiplyAdds, {label: "Multiply-adds"}));`,
      `const fewer = parameters.standard / (parameters.depthwise + parameters.pointwise);`
    ],
    pytorch: `from torch import nn

standard = nn.Conv2d(${channels}, ${outputs}, ${k}, dilation=${rate}, bias=False)
separable = nn.Sequential(
    nn.Conv2d(${channels}, ${channels}, ${k}, dilation=${rate}, groups=${channels}, bias=False),
    nn.Conv2d(${channels}, ${outputs}, 1, bias=False))
count = lambda layer: sum(weight.numel() for weight in layer.parameters())
print(count(standard) / count(separable))`,
    tensorflow: `from tensorflow.keras import layers

standard = layers.Conv2D(${outputs}, ${k}, dilation_rate=${rate}, use_bias=False)
separable = layers.SeparableConv2D(${outputs}, ${k}, dilation_rate=${rate}, use_bias=False)
for layer in [standard, separable]:
    layer.build([None, ${size}, ${size}, ${channels}])
print(standard.count_params() / separable.count_params())`
  };
}

/** The race on this machine. */
export function race({size, channels, outputs, rate}: Omit<Layer, "kernelSize">): FigureCode {
  return {
    cells: [
      `const x = tf.randomUniform([1, ${size}, ${size}, ${channels}]);
const kernel = tf.randomUniform([3, 3, ${channels}, ${outputs}]);
const depthwise = tf.randomUniform([3, 3, ${channels}, 1]);
const pointwise = tf.randomUniform([1, 1, ${channels}, ${outputs}]);`,
      `async function shortest(work, runs = 5) {
  let best = Infinity;
  for (let i = 0; i <= runs; i++) {
    const start = performance.now();
    const made = tf.tidy(work);
    await made.data(); // nothing is done before it is read
    made.dispose();
    if (i > 0) best = Math.min(best, performance.now() - start); // the first warms up
  }
  return best;
}`,
      `const milliseconds = {
  standard: await shortest(() => tf.conv2d(x, kernel, 1, "same", "NHWC", ${rate})),
  separable: await shortest(() => tf.conv2d(tf.depthwiseConv2d(x, depthwise, 1, "same", "NHWC", ${rate}), pointwise, 1, "same"))
};
display(show.bars(milliseconds, {label: "Shortest of five", unit: "ms"}));`,
      `const fewer = kernel.size / (depthwise.size + pointwise.size); // what the counts promise`
    ],
    pytorch: torch(
      "from torch.utils.benchmark import Timer",
      "",
      `x = torch.rand(1, ${channels}, ${size}, ${size})`,
      `kernel = torch.rand(${outputs}, ${channels}, 3, 3)`,
      `depthwise = torch.rand(${channels}, 1, 3, 3)`,
      `pointwise = torch.rand(${outputs}, ${channels}, 1, 1)`,
      `standard = "F.conv2d(x, kernel, padding=${rate}, dilation=${rate})"`,
      `separable = "F.conv2d(F.conv2d(x, depthwise, padding=${rate}, dilation=${rate}, groups=${channels}), pointwise)"`,
      `for code in [standard, separable]:`,
      `    print(Timer(code, globals=globals()).blocked_autorange().median)`
    )
  };
}

/** The kernel behind the two steps. */
export function rank(state: State): FigureCode {
  const {rate} = state;
  return {
    cells: [
      `${inputLines(state)}\n${kernelLines(state)}`,
      `// one ordinary kernel that does what the two do: K[i, j, c, o] = D[i, j, c] P[c, o]
const built = tf.mul(depthwise, pointwise);`,
      `const twoSteps = tf.conv2d(tf.depthwiseConv2d(x, depthwise, 1, "valid", "NHWC", ${rate}), pointwise, 1, "valid");
const oneStep = tf.conv2d(x, built, 1, "valid", "NHWC", ${rate});
const difference = (await tf.max(tf.abs(tf.sub(twoSteps, oneStep))).data())[0];
const sum = (await tf.sum(tf.abs(oneStep)).data())[0];`
    ],
    pytorch: torch(
      ...torchLayer(state),
      `built = pointwise * depthwise.transpose(0, 1)  # out, in, k, k`,
      `torch.testing.assert_close(F.conv2d(x, built, dilation=${rate}), y)`
    ),
    tensorflow: tensorflow(
      ...tensorflowLayer(state),
      `built = depthwise * pointwise  # k, k, in, out`,
      `same = tf.nn.conv2d(x, built, strides=1, padding="VALID", dilations=${rate})`
    )
  };
}
