import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";
import {isLayer} from "./fold.js";
import type {Layer, Part} from "./fold.js";
import {NotDeepLabError, WHAT_IS_READ} from "./recognise.js";
import type {NetworkFacts} from "./recognise.js";

/** Inverted residual units of MobileNetV2. */
const UNITS = 17;
/** Output stride at which ASPP rates are stated. */
const RATES_OUTPUT_STRIDE = 16;

export interface NamedLayers {
  /** Kernels and biases by canonical name. */
  readonly weights: Readonly<Record<string, Weight>>;
  readonly facts: NetworkFacts;
}

/**
 * Finds DeepLab in a folded graph by following it from the photo to the logits, and gives its layers their canonical
 * names. Names in the file play no part. Branches that the file concatenates in another order than ours are put in
 * order, and the input channels of the layer that reads them with them.
 *
 * @throws NotDeepLabError saying how far the graph is a DeepLab, and where it is not
 */
export function nameLayers(parts: ReadonlyMap<string, Part>): NamedLayers {
  const graph = new Graph(parts);
  const names = new Map<string, string>();
  const weights: Record<string, Weight> = {};
  const add = (name: string, layer: Layer, kernel = layer.kernel, bias = layer.bias) => {
    names.set(layer.name, name);
    weights[`${name}/kernel`] = kernel;
    weights[`${name}/bias`] = {shape: [bias.length], values: bias};
  };

  const backbone = followBackbone(graph);
  add("backbone/conv", backbone.stem);
  backbone.units.forEach(({expand, depthwise, project}, index) => {
    const name = `backbone/block_${String(index).padStart(2, "0")}`;
    if (expand) add(`${name}/expand`, expand);
    add(`${name}/depthwise`, depthwise);
    add(`${name}/project`, project);
  });

  const aspp = followAspp(graph, backbone.output);
  const rates: number[] = [];
  for (const {kind, depthwise, conv} of aspp.branches) {
    if (kind !== "atrous") {
      add(`aspp/${kind}`, conv);
      continue;
    }
    const name = `aspp/atrous_${rates.length}`;
    rates.push(((depthwise ?? conv).rate * backbone.outputStride) / RATES_OUTPUT_STRIDE);
    if (depthwise) add(`${name}/depthwise`, depthwise);
    add(depthwise ? `${name}/pointwise` : name, conv);
  }
  add("aspp/projection", aspp.projection, inputsMoved(aspp.projection.kernel, aspp.order));

  const head = followHead(graph, aspp.projection);
  head.convolutions.forEach(({depthwise, conv}, index) => {
    const name = `decoder/conv_${index}`;
    const {order} = head;
    const kernelOf = (layer: Layer) => (order && index === 0 ? inputsMoved(layer.kernel, order) : layer.kernel);
    if (depthwise) {
      // A depthwise convolution keeps the order of its channels, so that what reads it changes too.
      const bias = order && index === 0 ? Float32Array.from(order, (from) => depthwise.bias[from]!) : depthwise.bias;
      add(`${name}/depthwise`, depthwise, kernelOf(depthwise), bias);
    }
    add(depthwise ? `${name}/pointwise` : name, conv, kernelOf(conv));
  });
  if (head.lowLevel) add("decoder/low_level", head.lowLevel);
  add("logits", head.logits);

  const lowLevelEndPoint = head.lowLevel && names.get(graph.name(head.lowLevel.inputs[0]))?.replace("backbone/", "");
  return {
    weights,
    facts: {
      asppRates: rates,
      lowLevelEndPoint,
      activation: commonActivation("backbone", backboneLayers(backbone)),
      headActivation: commonActivation("head", headLayers(aspp, head))
    }
  };
}

interface Unit {
  readonly expand: Layer | null;
  readonly depthwise: Layer;
  readonly project: Layer;
}

interface BackboneParts {
  readonly stem: Layer;
  readonly units: readonly Unit[];
  /** The part that ASPP reads. */
  readonly output: string;
  /** Product of the strides with which the file was exported. */
  readonly outputStride: number;
}

function followBackbone(graph: Graph): BackboneParts {
  const stem = graph.layers.find(({op, kernel}) => op === "conv" && kernel.shape[0] === 3 && kernel.shape[2] === 3);
  if (!stem) throw new NotDeepLabError(`${graph.summary}, none of them a 3x3 convolution of a photo with three channels. ${WHAT_IS_READ}`);
  const units: Unit[] = [];
  let output = stem.name;
  let outputStride = stem.stride;
  while (units.length < UNITS) {
    const unit = unitAfter(graph, output);
    if (!unit) {
      throw new NotDeepLabError(
        `${graph.summary}, but its backbone is not MobileNetV2: only ${units.length} of ${UNITS} inverted residual units were found. ${WHAT_IS_READ}`
      );
    }
    units.push(unit);
    outputStride *= unit.depthwise.stride;
    const sum = graph.readersOf(unit.project.name).find(({op, inputs}) => op === "add" && inputs.includes(output));
    output = sum?.name ?? unit.project.name;
  }
  return {stem, units, output, outputStride};
}

/** The unit that reads a part: a linear 1x1 after a depthwise convolution, after a 1x1 or not. */
function unitAfter(graph: Graph, input: string): Unit | null {
  for (const reader of graph.layersReading(input)) {
    const expand = isPointwise(reader) ? reader : null;
    const candidates = expand ? graph.layersReading(expand.name) : [reader];
    for (const depthwise of candidates) {
      if (depthwise.op !== "depthwise") continue;
      const project = graph.layersReading(depthwise.name).find((layer) => isPointwise(layer) && layer.activation === "linear");
      if (project) return {expand, depthwise, project};
    }
  }
  return null;
}

interface Branch {
  readonly kind: "image_pooling" | "conv_1x1" | "atrous";
  /** The first half of a separable atrous branch. */
  readonly depthwise?: Layer;
  readonly conv: Layer;
}

interface AsppParts {
  /** In our order: image pooling, 1x1, atrous in the file's order. */
  readonly branches: readonly Branch[];
  readonly projection: Layer;
  /** For each input channel of our projection, that of the file's. */
  readonly order: Int32Array;
}

const BRANCH_ORDER = ["image_pooling", "conv_1x1", "atrous"] as const;

function followAspp(graph: Graph, features: string): AsppParts {
  for (const concat of graph.parts) {
    if (concat.op !== "concat") continue;
    const found = concat.inputs.map((input) => branchEndingIn(graph, input, features));
    if (!found.every((branch) => branch !== null)) continue;
    const projection = graph.layersReading(concat.name).find(isPointwise);
    if (!projection) break;
    const starts = startsOf(found.map(({conv}) => conv.bias.length));
    const ordered = BRANCH_ORDER.flatMap((kind) =>
      found.flatMap((branch, index) => (branch.kind === kind ? [{branch, start: starts[index]!}] : []))
    );
    const branches = ordered.map(({branch}) => branch);
    if (BRANCH_ORDER.some((kind) => kind !== "atrous" && branches.filter((branch) => branch.kind === kind).length > 1)) {
      throw new NotDeepLabError(`${graph.summary}: a DeepLab, but its ASPP has two branches of a kind that is known once. ${WHAT_IS_READ}`);
    }
    return {branches, projection, order: orderOf(ordered.map(({branch, start}) => ({start, channels: branch.conv.bias.length})))};
  }
  throw new NotDeepLabError(`${graph.summary}: a MobileNetV2, but no ASPP projection or logits layer after it. ${WHAT_IS_READ}`);
}

/** The ASPP branch between the features and an input of the concatenation. */
function branchEndingIn(graph: Graph, input: string, features: string): Branch | null {
  const conv = graph.layerBehindResize(input);
  if (conv?.op !== "conv") return null;
  const [source] = conv.inputs;
  if (source === features) {
    if (isPointwise(conv)) return {kind: "conv_1x1", conv};
    return conv.kernel.shape[0] === 3 ? {kind: "atrous", conv} : null;
  }
  if (!isPointwise(conv)) return null;
  const before = graph.get(source);
  if (before?.op === "mean" && before.inputs[0] === features) return {kind: "image_pooling", conv};
  if (before?.op === "depthwise" && isLayer(before) && before.inputs[0] === features) return {kind: "atrous", depthwise: before, conv};
  return null;
}

interface HeadParts {
  readonly lowLevel?: Layer;
  readonly convolutions: readonly {readonly depthwise?: Layer; readonly conv: Layer}[];
  readonly logits: Layer;
  /** For each input channel of our first decoder convolution, that of the file's; null where there is no decoder. */
  readonly order: Int32Array | null;
}

function followHead(graph: Graph, projection: Layer): HeadParts {
  const joined = decoderInput(graph, projection);
  const convolutions: {depthwise?: Layer; conv: Layer}[] = [];
  for (let at = joined?.name ?? projection.name; ;) {
    const next = graph.layersReading(at)[0];
    if (!next)
      throw new NotDeepLabError(`${graph.summary}: a DeepLab up to its ASPP projection, but without a logits layer. ${WHAT_IS_READ}`);
    if (isPointwise(next) && next.activation === "linear") {
      return {...(joined && {lowLevel: joined.lowLevel}), convolutions, logits: next, order: joined?.order ?? null};
    }
    const conv = next.op === "depthwise" ? graph.layersReading(next.name).find(isPointwise) : next;
    if (!conv || !joined) {
      throw new NotDeepLabError(
        `${graph.summary}: a DeepLab up to its ASPP projection, but what follows is neither logits nor the v3+ decoder. ${WHAT_IS_READ}`
      );
    }
    convolutions.push(next.op === "depthwise" ? {depthwise: next, conv} : {conv});
    at = conv.name;
  }
}

/** The concatenation of upsampled projection and low-level skip. */
function decoderInput(graph: Graph, projection: Layer): {name: string; lowLevel: Layer; order: Int32Array} | null {
  for (const concat of graph.parts) {
    if (concat.op !== "concat" || concat.inputs.length !== 2) continue;
    const sources = concat.inputs.map((input) => graph.layerBehindResize(input));
    const up = sources.indexOf(projection);
    const lowLevel = sources[1 - up];
    if (up < 0 || !lowLevel) continue;
    const starts = startsOf(sources.map((source) => source!.bias.length));
    const order = orderOf([
      {start: starts[up]!, channels: projection.bias.length},
      {start: starts[1 - up]!, channels: lowLevel.bias.length}
    ]);
    return {name: concat.name, lowLevel, order};
  }
  return null;
}

/** Folded parts with what reads them. */
class Graph {
  readonly parts: readonly Part[];
  readonly layers: readonly Layer[];
  private readonly readers = new Map<string, Part[]>();

  constructor(private readonly byName: ReadonlyMap<string, Part>) {
    this.parts = [...byName.values()];
    this.layers = this.parts.filter(isLayer);
    for (const part of this.parts) {
      for (const input of new Set(part.inputs)) this.readers.set(input, [...(this.readers.get(input) ?? []), part]);
    }
  }

  /** What the file holds, for a sentence that says why it is refused. */
  get summary(): string {
    if (this.layers.length === 0) return `This file holds a graph of ${this.parts.length} operations without a convolution`;
    return `This file holds a network of ${this.layers.length} convolutions`;
  }

  get(name: string): Part | undefined {
    return this.byName.get(name);
  }

  readersOf(name: string): readonly Part[] {
    return this.readers.get(name) ?? [];
  }

  layersReading(name: string): Layer[] {
    return this.readersOf(name).filter(isLayer);
  }

  /** Name of the part behind a resize, or of the part itself. */
  name(name: string): string {
    const part = this.get(name);
    return part?.op === "resize" ? this.name(part.inputs[0] ?? "") : name;
  }

  layerBehindResize(name: string): Layer | null {
    const part = this.get(this.name(name));
    return part && isLayer(part) ? part : null;
  }
}

function isPointwise({op, kernel}: Layer): boolean {
  return op === "conv" && kernel.shape[0] === 1 && kernel.shape[1] === 1;
}

function startsOf(channels: readonly number[]): number[] {
  let start = 0;
  return channels.map((count) => (start += count) - count);
}

/** Channels of consecutive segments, in our order. */
function orderOf(segments: readonly {start: number; channels: number}[]): Int32Array {
  return Int32Array.from(segments.flatMap(({start, channels}) => Array.from({length: channels}, (_, i) => start + i)));
}

/** A kernel whose input channels (third side, of dense and depthwise kernels alike) are taken in another order. */
function inputsMoved({shape, values}: Weight, order: Int32Array): Weight {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  if (order.length !== inputs)
    throw new NotDeepLabError(`This file joins ${order.length} channels, but the layer that reads them takes ${inputs}.`);
  const moved = new Float32Array(values.length);
  for (let position = 0; position < height * width; position++) {
    order.forEach((from, to) => {
      const row = (position * inputs + from) * outputs;
      moved.set(values.subarray(row, row + outputs), (position * inputs + to) * outputs);
    });
  }
  return {shape, values: moved};
}

function backboneLayers({stem, units}: BackboneParts): Layer[] {
  return [stem, ...units.flatMap(({expand, depthwise}) => (expand ? [expand, depthwise] : [depthwise]))];
}

function headLayers({branches, projection}: AsppParts, {lowLevel, convolutions}: HeadParts): Layer[] {
  const pairs = [...branches, ...convolutions].flatMap(({depthwise, conv}) => (depthwise ? [depthwise, conv] : [conv]));
  return [...pairs, projection, ...(lowLevel ? [lowLevel] : [])];
}

function commonActivation(where: string, layers: readonly Layer[]): Activation {
  const [first] = layers;
  const other = layers.find(({activation}) => activation !== first?.activation);
  if (!first || other) {
    throw new NotDeepLabError(
      `The ${where} of this network mixes activations (${first?.activation} and ${other?.activation}), which is not read here. ${WHAT_IS_READ}`
    );
  }
  return first.activation;
}
