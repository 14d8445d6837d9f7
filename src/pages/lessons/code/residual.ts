import type {UnitKind} from "../../../engine/teaching/residual-units.js";
import type {StateOf} from "../../../lab/state.js";
import type {ResidualTable} from "../residual/state.js";
import {pathsThrough} from "./atrous.js";
import {greyLine, pictureLine, torch} from "./figure-code.js";
import type {FigureCode, PhotoState} from "./figure-code.js";

type State = StateOf<ResidualTable> & PhotoState;

/** A unit's kernels, what biases and norms add to its parameters, its branch, and the same as modules of PyTorch. */
interface Written {
  readonly kernels: string;
  readonly others: number;
  readonly branch: string;
  readonly activation: "relu" | null;
  readonly modules: readonly string[];
}

function written({unit, channels: c, rate: r}: Pick<State, "unit" | "channels" | "rate">): Written {
  const q = Math.max(1, Math.round(c / 4));
  const e = 6 * c;
  const units: Readonly<Record<UnitKind, Written>> = {
    baseline: {
      kernels: `[kernel(3, ${c}, ${c}), kernel(3, ${c}, ${c})]`,
      others: 2 * c,
      branch: `conv(tf.relu(conv(x, w[0], ${r})), w[1], ${r})`,
      activation: "relu",
      modules: [
        `nn.Conv2d(${c}, ${c}, 3, padding=${r}, dilation=${r})`,
        "nn.ReLU()",
        `nn.Conv2d(${c}, ${c}, 3, padding=${r}, dilation=${r})`
      ]
    },
    bottleneck: {
      kernels: `[kernel(1, ${c}, ${q}), kernel(3, ${q}, ${q}), kernel(1, ${q}, ${c})]`,
      others: 2 * q + c,
      branch: `conv(tf.relu(conv(tf.relu(conv(x, w[0])), w[1], ${r})), w[2])`,
      activation: "relu",
      modules: [
        `nn.Conv2d(${c}, ${q}, 1)`,
        "nn.ReLU()",
        `nn.Conv2d(${q}, ${q}, 3, padding=${r}, dilation=${r})`,
        "nn.ReLU()",
        `nn.Conv2d(${q}, ${c}, 1)`
      ]
    },
    preactivation: {
      kernels: `[kernel(1, ${c}, ${q}), kernel(3, ${q}, ${q}), kernel(1, ${q}, ${c})]`,
      // Three norms with a scale and a shift, and the last convolution's bias.
      others: 2 * c + 4 * q + c,
      branch: `conv(tf.relu(conv(tf.relu(conv(tf.relu(x), w[0])), w[1], ${r})), w[2])`,
      activation: null,
      modules: [
        `nn.BatchNorm2d(${c})`,
        "nn.ReLU()",
        `nn.Conv2d(${c}, ${q}, 1, bias=False)`,
        `nn.BatchNorm2d(${q})`,
        "nn.ReLU()",
        `nn.Conv2d(${q}, ${q}, 3, padding=${r}, dilation=${r}, bias=False)`,
        `nn.BatchNorm2d(${q})`,
        "nn.ReLU()",
        `nn.Conv2d(${q}, ${c}, 1)`
      ]
    },
    inverted: {
      kernels: `[kernel(1, ${c}, ${e}), kernel(3, ${e}, 1), kernel(1, ${e}, ${c})]`,
      others: 2 * e + c,
      branch: `conv(tf.relu6(tf.depthwiseConv2d(tf.relu6(conv(x, w[0])), w[1], 1, "same", "NHWC", ${r})), w[2])`,
      activation: null,
      modules: [
        `nn.Conv2d(${c}, ${e}, 1)`,
        "nn.ReLU6()",
        `nn.Conv2d(${e}, ${e}, 3, padding=${r}, dilation=${r}, groups=${e})`,
        "nn.ReLU6()",
        `nn.Conv2d(${e}, ${c}, 1)`
      ]
    }
  };
  return units[unit];
}

/** One residual unit. */
export function unit(state: State): FigureCode {
  const {channels, size, branch: share, skip} = state;
  const {kernels, others, branch, activation, modules} = written(state);
  const sum = skip ? "tf.add(x, branch)" : "branch";
  return {
    cells: [
      `${pictureLine(state)}
${greyLine(size)}
const x = tf.mul(tf.relu(grey), tf.randomUniform([1, 1, 1, ${channels}], 0, 2, "float32", 1));`,
      `const conv = (x, kernel, rate = 1) => tf.conv2d(x, kernel, 1, "same", "NHWC", rate);
const kernel = (side, from, to) => tf.randomNormal([side, side, from, to], 0, Math.sqrt(2 / (side * side * from)));
const w = ${kernels};`,
      `const branch = tf.mul(${branch}, ${share / 100});
const output = ${activation ? `tf.${activation}(${sum})` : sum};
display(show.map(output, {label: "After the addition"}));`,
      `const parameters = d3.sum(w, ({size}) => size) + ${others}; // with biases and norms`
    ],
    pytorch: torch(
      "from torch import nn",
      "",
      `branch = nn.Sequential(`,
      ...modules.map((module, index) => `    ${module}${index === modules.length - 1 ? ")" : ","}`),
      `x = torch.rand(1, ${channels}, ${size}, ${size})`,
      `y = ${activation ? "F.relu(" : ""}${skip ? "x + branch(x)" : "branch(x)"}${activation ? ")" : ""}`,
      "parameters = sum(weight.numel() for weight in branch.parameters())"
    )
  };
}

/**
 * Multi-grid in block 4.
 *
 * @param options.read rates of the 3x3 layers whose paths are counted, in their order
 */
export function multiGrid({
  multiGrid: grid,
  outputStride,
  read
}: Pick<State, "multiGrid" | "outputStride"> & {readonly read: readonly number[]}): FigureCode {
  const {cells, ...others} = pathsThrough(read);
  return {
    cells: [
      `// rates of block 4, as a plan of ResNet-50 has them
const backbone = resNetV1({depth: 50, multiGrid: [${grid.replaceAll(",", ", ")}]});
const made = plan(network({backbone, head: v3Head()}), {size: 513, outputStride: ${outputStride}});
const rates = made.units.slice(-3).map(({rate}) => rate);`,
      ...cells
    ],
    ...others
  };
}

/** MobileNetV2, unit by unit. */
export function mobileNet({outputStride}: Pick<State, "outputStride">): FigureCode {
  return {
    cells: [
      `const made = plan(network({backbone: mobileNetV2(), head: v3Head({rates: []})}), {size: 513, outputStride: ${outputStride}});
const units = made.units.map(({name, trainedStride, stride, rate}) => ({name, trainedStride, stride, rate}));
display(show.table(units));`,
      `const dilated = units.filter(({rate}) => rate > 1).length;`
    ],
    pytorch: `from torchvision.models import mobilenet_v2

for name, module in mobilenet_v2().features.named_modules():
    if getattr(module, "groups", 1) > 1:  # the depthwise ones
        print(name, module.in_channels, module.stride, module.dilation)`
  };
}
