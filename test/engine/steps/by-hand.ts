/**
 * Every kind of step by its definition, in plain loops and double precision, written apart from the engine: what its outputs and, by finite
 * differences, its gradients are compared with.
 */
import type {Padding} from "../../../src/engine/padding.js";
import type {Step} from "../../../src/engine/plan.js";

/** height x width x channels, row by row; one batch entry. */
interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float64Array;
}

type Weights = Readonly<Record<string, ArrayLike<number>>>;

/** The activation of every step for one input. */
export function byHand(steps: readonly Step[], weights: Weights, input: Float64Array): Map<string, Float64Array> {
  const images = new Map<string, Image>();
  for (const step of steps) {
    const {name, height, width, channels} = step;
    const reads = step.inputs.map((read) => images.get(read)!);
    const values = step.op === "input" ? input : output(step, reads, weights).map((value) => activated(value, step.activation));
    images.set(name, {height, width, channels, values});
  }
  return new Map([...images].map(([name, {values}]) => [name, values]));
}

function activated(x: number, activation: Step["activation"]): number {
  const clipped = (value: number) => Math.min(Math.max(value, 0), 6);
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return Math.max(x, 0);
    case "relu6":
      return clipped(x);
    case "sigmoid":
      return 1 / (1 + Math.exp(-x));
    case "hard_sigmoid":
      return clipped(x + 3) / 6;
    case "hard_swish":
      return (x * clipped(x + 3)) / 6;
  }
}

function output(step: Exclude<Step, {op: "input"}>, reads: readonly Image[], weights: Weights): Float64Array {
  const {height, width, channels, name} = step;
  const each = (of: (row: number, column: number, channel: number) => number) => {
    const values = new Float64Array(height * width * channels);
    for (let i = 0; i < values.length; i++) {
      const cell = Math.floor(i / channels);
      values[i] = of(Math.floor(cell / width), cell % width, i % channels);
    }
    return values;
  };
  const [x] = reads as [Image, ...Image[]];
  /** Of a single cell that one at every position. */
  const at = (image: Image, row: number, column: number, channel: number) =>
    image.values[((image.height === 1 ? 0 : row) * image.width + (image.width === 1 ? 0 : column)) * image.channels + channel]!;
  switch (step.op) {
    case "conv":
    case "depthwise": {
      const [rows, columns] = step.kernel;
      const kernel = weights[`${name}/kernel`]!;
      const bias = weights[`${name}/bias`];
      const [above, left] = [before(x.height, rows, step), before(x.width, columns, step)];
      return each((row, column, channel) => {
        let sum = bias ? bias[channel]! : 0;
        for (let m = 0; m < rows; m++) {
          for (let n = 0; n < columns; n++) {
            const y = row * step.stride + m * step.rate - above;
            const z = column * step.stride + n * step.rate - left;
            if (y < 0 || z < 0 || y >= x.height || z >= x.width) continue;
            const tap = m * columns + n;
            if (step.op === "depthwise") sum += at(x, y, z, channel) * kernel[tap * channels + channel]!;
            else for (let c = 0; c < x.channels; c++) sum += at(x, y, z, c) * kernel[(tap * x.channels + c) * channels + channel]!;
          }
        }
        return sum;
      });
    }
    case "affine": {
      const scale = weights[`${name}/scale`];
      const shift = weights[`${name}/shift`];
      return each((row, column, channel) => at(x, row, column, channel) * (scale?.[channel] ?? 1) + (shift?.[channel] ?? 0));
    }
    case "pool": {
      const [rows, columns] = step.window === "all" ? [x.height, x.width] : step.window;
      const [down, right] = typeof step.stride === "number" ? [step.stride, step.stride] : step.stride;
      const window = {...step, rate: 1};
      const [above, left] = [before(x.height, rows, {...window, stride: down}), before(x.width, columns, {...window, stride: right})];
      return each((row, column, channel) => {
        const read: number[] = [];
        for (let m = 0; m < rows; m++) {
          for (let n = 0; n < columns; n++) {
            const y = row * down + m - above;
            const z = column * right + n - left;
            if (y >= 0 && z >= 0 && y < x.height && z < x.width) read.push(at(x, y, z, channel));
          }
        }
        return step.pool === "max" ? Math.max(...read) : read.reduce((a, b) => a + b) / read.length;
      });
    }
    case "add":
      return each((row, column, channel) => reads.reduce((sum, image) => sum + at(image, row, column, channel), 0));
    case "multiply":
      return each((row, column, channel) => reads.reduce((product, image) => product * at(image, row, column, channel), 1));
    case "upsample": {
      const place = (output: number, from: number, to: number) => {
        if (step.sampling === "corners") return to === 1 ? 0 : (output * (from - 1)) / (to - 1);
        return step.sampling === "half_pixel" ? ((output + 0.5) * from) / to - 0.5 : (output * from) / to;
      };
      const along = (output: number, from: number, to: number) => {
        const position = Math.min(Math.max(place(output, from, to), 0), from - 1);
        const low = Math.floor(position);
        return [low, Math.min(low + 1, from - 1), position - low] as const;
      };
      return each((row, column, channel) => {
        const [top, bottom, down] = along(row, x.height, height);
        const [left, right, across] = along(column, x.width, width);
        const mix = (a: number, b: number, share: number) => a * (1 - share) + b * share;
        return mix(
          mix(at(x, top, left, channel), at(x, top, right, channel), across),
          mix(at(x, bottom, left, channel), at(x, bottom, right, channel), across),
          down
        );
      });
    }
    case "concat":
      return each((row, column, channel) => {
        let left = channel;
        const image = reads.find(({channels}) => (left < channels ? true : ((left -= channels), false)))!;
        return at(image, row, column, left);
      });
  }
}

/** Cells of padding before a side. */
function before(size: number, taps: number, {stride, rate, padding}: {stride: number; rate: number; padding: Padding}): number {
  if (typeof padding === "object") return padding.margin;
  const reach = (taps - 1) * rate;
  if (padding === "valid") return 0;
  if (padding === "fixed") return Math.floor(reach / 2);
  return Math.floor(Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach + 1 - size) / 2);
}

const STEP = 1e-5;

/** Central differences of a function of a list of numbers. */
export function differences(values: ArrayLike<number>, of: (values: Float64Array) => number): Float64Array {
  return Float64Array.from({length: values.length}, (_, i) => {
    const moved = (by: number) => {
      const other = Float64Array.from(values);
      other[i]! += by;
      return of(other);
    };
    return (moved(STEP) - moved(-STEP)) / (2 * STEP);
  });
}
