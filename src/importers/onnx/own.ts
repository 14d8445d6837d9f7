import type {Model, Weight} from "../../engine/model.js";
import {networkWeights} from "../../engine/plan.js";
import type {WeightSpec} from "../../engine/steps/kind.js";
import type {OnnxGraph} from "../../formats/onnx.js";
import {PRODUCER} from "../../formats/onnx-write.js";
import {FROM_OIHW, HALVES_SWAPPED, turned} from "../kernel-layout.js";
import {cardOf} from "../model-file.js";
import {parseDescription} from "../network-description.js";
import {asDescribed} from "../recognise.js";

/**
 * The model that an ONNX file holds which was exported here: it carries the description of its network, and weights by our names. Null for
 * others, and where another program has changed the weights' names or shapes since.
 *
 * @throws FormatError where its metadata are damaged
 */
export function ownModel({producer, metadata, constants}: OnnxGraph): Model | null {
  const description = metadata["network"];
  if (producer !== PRODUCER || description === undefined) return null;
  const network = parseDescription(description);
  const weights: Record<string, Weight> = {};
  for (const [name, spec] of Object.entries(asDescribed(() => networkWeights(network)))) {
    const constant = constants.get(name);
    const weight = constant && asOurs(constant, spec);
    if (weight?.shape.join() !== spec.shape.join()) return null;
    weights[name] = weight;
  }
  return {network, weights, card: cardOf(metadata, network.classes)};
}

/** A weight in our layout. */
function asOurs(constant: Weight, {shape, outputAxis}: WeightSpec): Weight {
  if (shape.length === 4 && constant.shape.length === 4) return turned(constant, outputAxis === 2 ? HALVES_SWAPPED : FROM_OIHW);
  // Factors and summands stand there as [C, 1, 1].
  return {shape: [constant.values.length], values: constant.values};
}
