import type {QuantisationState} from "../quantisation/state.js";
import {photoAndModel} from "./figure-code.js";
import type {FigureCode} from "./figure-code.js";

type Format = Pick<QuantisationState, "bits" | "per" | "grid">;

/** The grid between the smallest and the largest weight, in code. */
function gridLines({bits, grid}: Format): string {
  const largest = 2 ** Number(bits) - (grid === "int" ? 2 : 1);
  const lines = {
    int: `const [scale, zero] = [2 * Math.max(-low, high) / ${largest}, ${largest / 2}];`,
    uint: `const first = Math.min(0, low);
    const scale = (Math.max(0, high) - first) / ${largest};
    const zero = Math.round(-first / scale);`,
    minmax: `const scale = (high - low) / ${largest};
    const zero = -low / scale;`
  };
  return `${lines[grid]}
    for (let i = group; scale > 0 && i < values.length; i += groups)
      result[i] = scale * (Math.min(${largest}, Math.max(0, Math.round(values[i] / scale + zero))) - zero);`;
}

/** The cell with the function that rounds a kernel, channel by channel or as a whole. */
function roundedCell(format: Format): string {
  if (format.bits === 16)
    return `// to the nearest number with eleven binary digits
function rounded(values) {
  return values.map((value) => {
    const step = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value)))) - 10);
    return value === 0 ? 0 : Math.round(value / step) * step;
  });
}`;
  return `// a grid for each ${format.per}
function rounded(values, channels) {
  const groups = ${format.per === "channel" ? "channels" : 1};
  const result = values.slice();
  for (let group = 0; group < groups; group++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = group; i < values.length; i += groups) [low, high] = [Math.min(low, values[i]), Math.max(high, values[i])];
    ${gridLines(format)}
  }
  return result;
}`;
}

/** The layers with a kernel, and how far each channel of one reaches. */
const LAYERS = `const layers = plan(net).steps.filter(({name}) => name + "/kernel" in net.weights);
// of depthwise kernels the channels are the third axis
const kernelOf = ({name, op}) => {
  const {values, shape} = net.weights[name + "/kernel"];
  return {values, channels: op === "depthwise" ? shape[2] : shape[3]};
};
function reachOf(layer) {
  const {values, channels} = kernelOf(layer);
  const reach = new Float64Array(channels);
  values.forEach((value, i) => (reach[i % channels] = Math.max(reach[i % channels], Math.abs(value))));
  return reach;
}`;

/** The chosen layer: `layer`. */
function layerLine(name: string): string {
  return name === ""
    ? `const unevenness = (layer) => d3.max(reachOf(layer)) / d3.median(reachOf(layer));
const layer = d3.greatest(layers.filter(({op}) => op === "depthwise"), unevenness);`
    : `const layer = layers.find(({name}) => name === ${JSON.stringify(name)});`;
}

/** How PyTorch rounds a kernel to such a grid and back. */
function torchLines({bits, per, grid}: Format): string {
  const largest = 2 ** Number(bits) - 1;
  const half = (largest - 1) / 2;
  const head = `import torch

w = torch.randn(96, 1, 3, 3)  # out, in, k, k: a depthwise kernel`;
  const extremes = per === "channel" ? "low, high = w.amin((1, 2, 3)), w.amax((1, 2, 3))" : "low, high = w.min(), w.max()";
  const lines = {
    int: [
      `scale = w.abs().amax(${per === "channel" ? "(1, 2, 3)" : ""}) / ${half}`,
      per === "channel"
        ? `rounded = torch.fake_quantize_per_channel_affine(w, scale, torch.zeros(96, dtype=torch.int32), 0, ${-half}, ${half})`
        : `rounded = torch.fake_quantize_per_tensor_affine(w, scale.item(), 0, ${-half}, ${half})`
    ],
    uint: [
      extremes,
      `low, high = low.clamp(max=0), high.clamp(min=0)  # zero is on the grid`,
      `scale = (high - low) / ${largest}`,
      `zero = (-low / scale).round().int()`,
      per === "channel"
        ? `rounded = torch.fake_quantize_per_channel_affine(w, scale, zero, 0, 0, ${largest})`
        : `rounded = torch.fake_quantize_per_tensor_affine(w, scale.item(), zero.item(), 0, ${largest})`
    ],
    minmax: [
      extremes,
      ...(per === "channel" ? ["low, high = low.reshape(-1, 1, 1, 1), high.reshape(-1, 1, 1, 1)"] : []),
      `scale = (high - low) / ${largest}`,
      `rounded = low + scale * ((w - low) / scale).round()`
    ]
  }[grid];
  return [head, ...lines, "print((w - rounded).abs().max())"].join("\n");
}

/** One layer, channel by channel. */
export function weights(state: QuantisationState): FigureCode {
  return {
    cells: [
      `const net = await model(${JSON.stringify(state.model)});`,
      LAYERS,
      roundedCell(state),
      `${layerLine(state.layer)}
const {values, channels} = kernelOf(layer);
const after = rounded(values, channels);
const error = Math.sqrt(d3.mean(values, (value, i) => (value - after[i]) ** 2));
const zeroed = d3.mean(values, (value, i) => Number(value !== 0 && after[i] === 0));`
    ],
    ...(state.bits !== 16 && {pytorch: torchLines(state)})
  };
}

/** On a photo. */
export function masks(state: QuantisationState): FigureCode {
  const {extent, inputSize} = state;
  const wanted = {all: "true", depthwise: 'op === "depthwise"', layer: "name === layer.name"}[extent];
  return {
    cells: [
      photoAndModel(state, state.model),
      LAYERS,
      roundedCell(state),
      `${extent === "layer" ? `${layerLine(state.layer)}\n` : ""}const weights = {...net.weights};
for (const {name, op} of layers) {
  const {values, channels} = kernelOf({name, op});
  if (${wanted}) weights[name + "/kernel"] = {...net.weights[name + "/kernel"], values: rounded(values, channels)};
}`,
      `const before = await run(net, picture, {size: ${inputSize}});
const after = await run({...net, weights}, picture, {size: ${inputSize}});
display(show.mask(after.mask, {photo: picture}));
const changed = d3.mean(after.mask.labels, (id, pixel) => Number(id !== before.mask.labels[pixel]));`
    ],
    ...(state.bits !== 16 && {pytorch: torchLines(state)})
  };
}

/** Every layer. */
export function layers(state: QuantisationState): FigureCode {
  return {
    cells: [
      `const net = await model(${JSON.stringify(state.model)});`,
      LAYERS,
      roundedCell(state),
      `// signal to noise of the median channel, in decibels
const noise = layers.map((layer) => {
  const {values, channels} = kernelOf(layer);
  const after = rounded(values, channels);
  const signal = new Float64Array(channels);
  const error = new Float64Array(channels);
  values.forEach((value, i) => {
    signal[i % channels] += value ** 2;
    error[i % channels] += (value - after[i]) ** 2;
  });
  const decibels = d3.sort(signal.map((power, channel) => 10 * Math.log10(power / error[channel])));
  return {name: layer.name, value: decibels[decibels.length >> 1]};
});
display(show.bars(noise.filter(({value}) => Number.isFinite(value)), {label: "Signal to noise", unit: "dB"}));`
    ]
  };
}
