import {effectiveExtent, paddingOf} from "../../../engine/padding.js";
import {stackExtent} from "../../../engine/teaching/layer-stack.js";
import type {StateOf} from "../../../lab/state.js";
import type {AtrousTable} from "../atrous/state.js";
import {greyLine, list, pictureLine, tensorflow, torch} from "./figure-code.js";
import type {FigureCode, PhotoState} from "./figure-code.js";

type State = StateOf<AtrousTable> &
  PhotoState & {
    /** Cells on a side of the piece of the photo. */
    readonly patch: number;
  };

/** Taps on a side of a kernel. */
const TAPS = 3;

const greyLines = (patch: number) => `// the photo in greys, ${patch} cells on a side
${greyLine(patch)}`;

/** Zeros around the map, and the strides that are taken of a convolution that keeps every cell: none of either where it can do both. */
interface Layer {
  readonly pad: readonly [before: number, after: number];
  readonly rate: number;
  readonly stride: number;
}

function layerOf({patch, rate, stride, padding}: State): Layer {
  const {before, after} = paddingOf(patch, TAPS, {rate, stride, padding});
  return {pad: [before, after], rate, stride};
}

/** Every so many-th cell of a map, in words and in code. */
const everyCell = (map: string, stride: number) =>
  stride === 1 ? map : `tf.stridedSlice(${map}, [0, 0, 0, 0], ${map}.shape, [1, ${stride}, ${stride}, 1])`;

/** An atrous convolution by TensorFlow.js, which takes a stride or a rate and not both. @param high whether rows are padded too */
function convolution(x: string, {pad: [before, after], rate, stride}: Layer, padding: State["padding"], high = true): string {
  if (stride === 1 || rate === 1) return `const output = tf.conv2d(${x}, kernel, ${stride}, "${padding}", "NHWC", ${rate});`;
  const side = `[${before}, ${after}]`;
  return `const around = tf.pad(${x}, [[0, 0], ${high ? side : "[0, 0]"}, ${side}, [0, 0]]);
const dense = tf.conv2d(around, kernel, 1, "valid", "NHWC", ${rate});
const output = ${everyCell("dense", stride)}; // every ${stride}th cell`;
}

/** The same by PyTorch, which pads alike on both sides. */
function torchConvolution({pad: [before, after], rate, stride}: Layer, dimensions: 1 | 2): string[] {
  const call = (padding: number) => `y = F.conv${dimensions}d(x, w, stride=${stride}, padding=${padding}, dilation=${rate})`;
  if (before === after) return [call(before)];
  const sides = new Array<string>(dimensions).fill(`${before}, ${after}`).join(", ");
  return [`x = F.pad(x, (${sides}))  # zeros as TensorFlow's "SAME" has them`, call(0)];
}

/** One kernel, one rate. */
export function window(state: State): FigureCode {
  const {patch, kernel, padding, rate, stride, row, column} = state;
  const layer = layerOf(state);
  return {
    cells: [
      `${pictureLine(state)}\n${greyLines(patch)}`,
      `const kernel = tf.tensor4d(${list(kernel)}, [3, 3, 1, 1]);
${convolution("grey", layer, padding)}
display(show.map(output, {colours: "diverging", label: "rate ${rate}, stride ${stride}"}));`,
      `const [, height, width] = output.shape;
const value = (await output.array())[0][Math.min(${row}, height - 1)][Math.min(${column}, width - 1)][0];`
    ],
    pytorch: torch(
      `x = torch.rand(1, 1, ${patch}, ${patch})  # batch, channels, height, width`,
      `w = torch.tensor(${list(kernel.map(Number))}, dtype=torch.float32).reshape(1, 1, 3, 3)`,
      ...torchConvolution(layer, 2)
    ),
    tensorflow: tensorflow(
      `x = tf.random.uniform([1, ${patch}, ${patch}, 1])  # batch, height, width, channels`,
      `w = tf.reshape(tf.constant(${list(kernel)}, tf.float32), [3, 3, 1, 1])`,
      `y = tf.nn.conv2d(x, w, strides=${stride}, padding="${padding.toUpperCase()}", dilations=${rate})`
    )
  };
}

/** One row of the photo and the kernel's middle row. */
export function line(state: State): FigureCode {
  const {patch, kernel, padding, rate, stride, column} = state;
  const middle = kernel.slice(TAPS, 2 * TAPS);
  const layer = layerOf(state);
  return {
    cells: [
      `${pictureLine(state)}\n${greyLines(patch)}\nconst signal = tf.slice(grey, [0, ${patch >> 1}, 0, 0], [1, 1, ${patch}, 1]); // its middle row`,
      `const kernel = tf.tensor4d(${list(middle)}, [1, 3, 1, 1]);
${convolution("signal", layer, padding, false)}
display(show.map(output, {colours: "diverging", label: "rate ${rate}"}));`,
      `const value = (await output.data())[Math.min(${column}, output.size - 1)];`
    ],
    pytorch: torch(
      `x = torch.rand(1, 1, ${patch})  # batch, channels, cells`,
      `w = torch.tensor([[${list(middle)}]], dtype=torch.float32)`,
      ...torchConvolution(layer, 1)
    ),
    tensorflow: tensorflow(
      `x = tf.random.uniform([1, ${patch}, 1])  # batch, cells, channels`,
      `w = tf.reshape(tf.constant(${list(middle)}, tf.float32), [3, 1, 1])`,
      `y = tf.nn.conv1d(x, w, stride=${stride}, padding="${padding.toUpperCase()}", dilations=${rate})`
    )
  };
}

/** Three ways to the same tensor. */
export function views(state: State): FigureCode {
  const {patch, kernel, rate, stride} = state;
  const {pad} = layerOf(state);
  const [before, after] = pad;
  const side = `[${before}, ${after}]`;
  const extent = effectiveExtent(TAPS, rate);
  const fill = (rate - ((patch + before + after) % rate)) % rate;
  return {
    cells: [
      `${pictureLine(state)}\n${greyLines(patch)}
const around = tf.pad(grey, [[0, 0], ${side}, ${side}, [0, 0]]);
const weights = ${list(kernel)};
const kernel = tf.tensor4d(weights, [3, 3, 1, 1]);`,
      `// 1. the kernel steps over cells
const native = tf.conv2d(around, kernel, 1, "valid", "NHWC", ${rate});`,
      `// 2. zeros between its taps
const spread = tf.buffer([${extent}, ${extent}, 1, 1]);
weights.forEach((weight, i) => spread.set(weight, ${rate} * Math.floor(i / 3), ${rate} * (i % 3), 0, 0));
const byZeros = tf.conv2d(around, spread.toTensor(), 1, "valid");`,
      `// 3. cells dealt out to ${rate} × ${rate} smaller maps, and put back
const dealt = tf.spaceToBatchND(around, [${rate}, ${rate}], [[0, ${fill}], [0, ${fill}]]);
const small = tf.conv2d(dealt, kernel, 1, "valid");
const byBatches = tf.batchToSpaceND(small, [${rate}, ${rate}], [[0, ${fill}], [0, ${fill}]]);`,
      `const apart = async (other) => (await tf.max(tf.abs(tf.sub(native, other))).data())[0];
const largest = Math.max(await apart(byZeros), await apart(byBatches)); // rounding alone
const output = ${everyCell("native", stride)};
const value = (await tf.sum(output).data())[0];`
    ],
    pytorch: torch(
      `x = torch.rand(1, 1, ${patch}, ${patch})`,
      `x = F.pad(x, (${before}, ${after}, ${before}, ${after}))`,
      `w = torch.tensor(${list(kernel)}, dtype=torch.float32).reshape(1, 1, 3, 3)`,
      `native = F.conv2d(x, w, dilation=${rate})`,
      `spread = torch.zeros(1, 1, ${extent}, ${extent})`,
      `spread[:, :, ::${rate}, ::${rate}] = w`,
      `zeros = F.conv2d(x, spread)`,
      `torch.testing.assert_close(native, zeros)`
    ),
    tensorflow: tensorflow(
      `x = tf.pad(tf.random.uniform([1, ${patch}, ${patch}, 1]), [[0, 0], ${side}, ${side}, [0, 0]])`,
      `w = tf.reshape(tf.constant(${list(kernel)}, tf.float32), [3, 3, 1, 1])`,
      `native = tf.nn.conv2d(x, w, strides=1, padding="VALID", dilations=${rate})`,
      `dealt = tf.space_to_batch(x, [${rate}, ${rate}], [[0, ${fill}], [0, ${fill}]])`,
      `small = tf.nn.conv2d(dealt, w, strides=1, padding="VALID")`,
      `batches = tf.batch_to_space(small, [${rate}, ${rate}], [[0, ${fill}], [0, ${fill}]])`
    )
  };
}

/** In how many ways each cell reaches one output of stacked 3x3 layers. */
export function pathsThrough(rates: readonly number[]): FigureCode {
  const side = 1 + 2 * rates.reduce((sum, rate) => sum + rate, 0);
  const middle = (side - 1) / 2;
  return {
    cells: [
      `// one output in the middle; each layer asks nine cells
let field = tf.buffer([1, ${side}, ${side}, 1]);
field.set(1, 0, ${middle}, ${middle}, 0);
let counts = field.toTensor();
for (const rate of ${list(rates)})
  counts = tf.conv2d(counts, tf.ones([3, 3, 1, 1]), 1, "same", "NHWC", rate);
const paths = counts;`,
      `display(show.map(tf.sqrt(paths), {label: "Paths, by the root"}));`,
      `const holes = (await paths.data()).filter((count) => count === 0).length;`
    ],
    pytorch: torch(
      `paths = torch.zeros(1, 1, ${side}, ${side})`,
      `paths[0, 0, ${middle}, ${middle}] = 1`,
      `for rate in ${list(rates)}:`,
      `    paths = F.conv2d(paths, torch.ones(1, 1, 3, 3), padding=rate, dilation=rate)`,
      `holes = (paths == 0).sum().item()`
    ),
    tensorflow: tensorflow(
      `paths = tf.scatter_nd([[0, ${middle}, ${middle}, 0]], [1.0], [1, ${side}, ${side}, 1])`,
      `for rate in ${list(rates)}:`,
      `    paths = tf.nn.conv2d(paths, tf.ones([3, 3, 1, 1]), strides=1, padding="SAME", dilations=rate)`,
      `holes = int(tf.reduce_sum(tf.cast(paths == 0, tf.int32)))`
    )
  };
}

/** Layers in a row, and which input cells reach one output. */
export const gridding = ({gridding: rates}: Pick<State, "gridding">): FigureCode => pathsThrough(rates);

/** Any stack of layers, along one side. */
export function stack({stack: layers, stackPadding}: Pick<State, "stack" | "stackPadding">): FigureCode {
  const padded = stackPadding === "fixed";
  const rows = layers.map(({kernel, stride, rate}) => `  {kernel: ${kernel}, stride: ${stride}, rate: ${rate}}`);
  const extent = stackExtent(layers);
  return {
    cells: [
      `const layers = [\n${rows.join(",\n")}\n];`,
      `let [size, jump, start] = [1, 1, 0];
for (const {kernel, stride, rate} of layers) {
  const reach = (kernel - 1) * rate;${padded ? "\n  start -= Math.floor(reach / 2) * jump; // half of it is padding" : ""}
  size += reach * jump;
  jump *= stride;
}
const field = {size, jump, start};`,
      `// walking back from one cell, tap by tap
let read = new Set([0]);
for (const {kernel, stride, rate} of layers.toReversed())
  read = new Set([...read].flatMap((cell) => Array.from({length: kernel}, (_, tap) => cell * stride + tap * rate)));
const holes = field.size - read.size;`
    ],
    pytorch: torch(
      `x = torch.zeros(1, 1, ${extent}, requires_grad=True)  # as many cells as one output sees`,
      `y = x`,
      `for kernel, stride, rate in [${layers.map(({kernel, stride, rate}) => `(${kernel}, ${stride}, ${rate})`).join(", ")}]:`,
      `    y = F.conv1d(y, torch.ones(1, 1, kernel), stride=stride, dilation=rate)`,
      `y[0, 0, 0].backward()`,
      `holes = (x.grad == 0).sum().item()`
    )
  };
}

/** How many taps lie on the map. */
export function cliff({mapSize, cliffRate}: Pick<State, "mapSize" | "cliffRate">): FigureCode {
  return {
    cells: [
      `// on a map of ones a kernel of ones counts its own taps
const taps = tf.conv2d(tf.ones([1, ${mapSize}, ${mapSize}, 1]), tf.ones([3, 3, 1, 1]), 1, "same", "NHWC", ${cliffRate});
display(show.map(taps, {label: "Taps on the map, rate ${cliffRate}"}));`,
      `const counts = await taps.data();
const share = (number) => counts.filter((count) => Math.round(count) === number).length / counts.length;
const shares = Object.fromEntries([9, 6, 4, 3, 2, 1].map((number) => [number, share(number)]));`,
      `display(show.bars(shares, {label: "Share of positions by taps on the map"}));`
    ],
    pytorch: torch(
      `taps = F.conv2d(torch.ones(1, 1, ${mapSize}, ${mapSize}), torch.ones(1, 1, 3, 3), padding=${cliffRate}, dilation=${cliffRate})`,
      `nine = (taps == 9).float().mean().item()`,
      `one = (taps == 1).float().mean().item()`
    ),
    tensorflow: tensorflow(
      `ones = tf.ones([1, ${mapSize}, ${mapSize}, 1])`,
      `taps = tf.nn.conv2d(ones, tf.ones([3, 3, 1, 1]), strides=1, padding="SAME", dilations=${cliffRate})`,
      `nine = tf.reduce_mean(tf.cast(taps == 9, tf.float32))`
    )
  };
}
