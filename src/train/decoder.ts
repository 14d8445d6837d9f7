import type {Labels} from "../data/labels/index.js";
import {decoderOf, takesDecoder} from "../engine/heads.js";
import type {Model, Weight, WeightMap} from "../engine/model.js";
import type {Network} from "../engine/network.js";
import {networkWeights, smallestPlan, stepNamed} from "../engine/plan.js";
import type {WeightSpec} from "../engine/steps/kind.js";
import {withNewClasses} from "./classes.js";
import type {Reclassed} from "./classes.js";
import {kernelDrawer} from "./new-values.js";
import type {DrawKernel} from "./new-values.js";

/**
 * A model for other classes, with a decoder as v3+ has it, as wide as what ASPP gives. All its weights are new. It begins by handing on
 * what ASPP gives, so that what the model knows is not lost, and a little of the skip.
 *
 * @param seed of the new kernels
 * @throws RangeError where the model has a decoder, or its backbone nothing that the skip could read
 */
export function withDecoder(model: Model, labels: Labels, seed: number): Reclassed {
  const {network} = model;
  if (!takesDecoder(network)) throw new RangeError("No decoder can be added to this model: it has one, or no features at stride 4.");
  const planned = smallestPlan(network);
  const {channels} = stepNamed(planned, planned.encoded);
  const grown: Network = {...network, head: {...network.head, decoder: [decoderOf(network.backbone, true, channels)]}};
  const added = decoderWeights(grown, model.weights, seed);
  const made = withNewClasses({...model, network: grown, weights: {...model.weights, ...added}}, labels, seed);
  return {...made, decoder: Object.keys(added)};
}

function decoderWeights(network: Network, known: WeightMap, seed: number): WeightMap {
  const missing = Object.entries(networkWeights(network)).filter(([name]) => !(name in known));
  const draw = kernelDrawer(seed);
  return Object.fromEntries(missing.map(([name, spec]) => [name, decoderWeight(name, spec, draw)]));
}

/** Of the skip values as large as what it reads (He et al. 2015); of the convolutions each channel as it is. */
function decoderWeight(name: string, {shape, fanIn}: WeightSpec, draw: DrawKernel): Weight {
  if (shape.length === 1) return {shape, values: new Float32Array(shape[0]!)};
  if (name.endsWith("/low_level/kernel")) return {shape, values: draw(shape, Math.sqrt(2 / fanIn))};
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  if (outputs === 1) {
    const values = new Float32Array(height * width * inputs);
    const middle = (height * width - 1) / 2;
    return {shape, values: values.fill(1, middle * inputs, (middle + 1) * inputs)};
  }
  // What ASPP gives stands before the skip.
  const values = draw(shape).map((value, i) => {
    const [input, output] = [Math.floor(i / outputs), i % outputs];
    return input >= outputs ? value : Number(input === output);
  });
  return {shape, values};
}
