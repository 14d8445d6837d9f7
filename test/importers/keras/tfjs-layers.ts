import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import {vi} from "vitest";
import {pseudoRandom} from "../../../src/engine/seeded.js";
import lambdas from "../../fixtures/keras/lambdas.json" with {type: "json"};

/*
 * TensorFlow.js's own layers as a second implementation of Keras, with what they leave out put right: a depthwise convolution drops its
 * dilation there, an enlargement samples from the corner where Keras takes half-pixel centres.
 */

type Given = tf.Tensor | tf.Tensor[];
interface Called {
  call(inputs: Given): Given;
}

const one = (inputs: Given) => (Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor4D;

/** Puts them right until `vi.restoreAllMocks()`. */
export function correctLayers(): void {
  const prototypeOf = (layer: object) => Object.getPrototypeOf(layer) as Called;
  vi.spyOn(prototypeOf(layers.layers.depthwiseConv2d({kernelSize: 1})), "call").mockImplementation(function (this: Called, inputs) {
    const {depthwiseKernel, strides, padding, dilationRate} = this as unknown as {
      depthwiseKernel: {read(): tf.Tensor4D};
      strides: [number, number];
      padding: "same" | "valid";
      dilationRate: [number, number];
    };
    return tf.depthwiseConv2d(one(inputs), depthwiseKernel.read(), strides, padding, "NHWC", dilationRate);
  });
  vi.spyOn(prototypeOf(layers.layers.upSampling2d({})), "call").mockImplementation(function (this: Called, inputs) {
    const {size} = this as unknown as {size: [number, number]};
    const [, height, width] = one(inputs).shape;
    return tf.image.resizeBilinear(one(inputs), [height * size[0], width * size[1]], false, true);
  });
}

/** A layer of bonlime/keras-deeplab-v3-plus: enlarges with corners aligned. */
class BilinearUpsampling extends layers.layers.Layer {
  static readonly className = "BilinearUpsampling";
  private readonly size: [number, number];
  constructor(config: {output_size: [number, number]; name?: string}) {
    super(config);
    this.size = config.output_size;
  }
  override computeOutputShape(shape: layers.Shape): layers.Shape {
    return [shape[0]!, ...this.size, shape[3]!];
  }
  override call(inputs: Given): tf.Tensor {
    return tf.image.resizeBilinear(one(inputs), this.size, true);
  }
  override getConfig() {
    return {...super.getConfig(), upsampling: null, output_size: this.size};
  }
}

export const upsamplingTo = (size: [number, number]) => new BilinearUpsampling({output_size: size});

/** A Lambda layer that enlarges so, or else puts an axis of one cell in. */
class Lambda extends layers.layers.Layer {
  static readonly className = "Lambda";
  constructor(private readonly size?: [number, number]) {
    super({});
  }
  override computeOutputShape(shape: layers.Shape): layers.Shape {
    return this.size ? [shape[0]!, ...this.size, shape[3]!] : [shape[0]!, 1, ...shape.slice(1)];
  }
  override call(inputs: Given): tf.Tensor {
    return this.size ? tf.image.resizeBilinear(one(inputs), this.size, true) : tf.expandDims(one(inputs), 1);
  }
  override getConfig() {
    return {...super.getConfig(), lambda: this.size ? "resize" : "expand"};
  }
}

export const lambda = (size?: [number, number]) => new Lambda(size);

/** Gives every layer weights other than those it begins with: batch norm's would change nothing. */
export function fillWeights(model: layers.LayersModel, seed: number): void {
  const next = pseudoRandom(seed);
  for (const layer of model.layers) {
    const own = layer.getWeights().map((weight, index) => {
      const name = layer.weights[index]!.name;
      const fan = weight.shape.slice(0, name.endsWith("depthwise_kernel") ? 2 : -1).reduce((a, b) => a * b, 1);
      const [middle, reach] = /gamma|variance/.test(name) ? [1, 0.2] : name.includes("kernel") ? [0, Math.sqrt(4.5 / fan)] : [0, 0.1];
      return tf.tensor(
        Float32Array.from({length: weight.size}, () => middle + (2 * next() - 1) * reach),
        weight.shape
      );
    });
    layer.setWeights(own);
  }
}

export interface SavedModel {
  /** As the converter writes it. */
  readonly json: Record<string, unknown> & {modelTopology: {keras_version: string; model_config: KerasConfig}};
  readonly shard: Uint8Array;
}
export interface KerasConfig {
  class_name: string;
  config: {layers: KerasLayerConfig[]; input_layers: unknown; output_layers: unknown};
}
export interface KerasLayerConfig {
  class_name: string;
  name: string;
  config: Record<string, unknown> & Partial<KerasConfig["config"]>;
  inbound_nodes: unknown;
}

/** A model as tensorflowjs_converter writes it, with the Python of its Lambda layers. */
export async function saved(model: layers.LayersModel): Promise<SavedModel> {
  let kept: SavedModel | undefined;
  await model.save({
    save: ({modelTopology, weightSpecs, weightData}) => {
      const shard = new Uint8Array(weightData as ArrayBuffer);
      kept = {
        json: {
          format: "layers-model",
          modelTopology: {keras_version: "2.13.1", model_config: modelTopology as unknown as KerasConfig},
          weightsManifest: [{paths: ["group1-shard1of1.bin"], weights: weightSpecs}]
        },
        shard
      };
      return Promise.resolve({modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: "JSON" as const}});
    }
  });
  for (const {config} of kept!.json.modelTopology.model_config.config.layers) {
    const {lambda} = config;
    if (lambda === "expand" || lambda === "resize") {
      Object.assign(config, {function: [`${lambdas[lambda]}\n`, null, null], function_type: "lambda"});
      delete config["lambda"];
    }
  }
  return kept!;
}

export const bytesOf = ({json}: SavedModel) => new TextEncoder().encode(JSON.stringify(json));
