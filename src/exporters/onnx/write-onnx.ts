import type {Model} from "../../engine/model.js";
import {plan} from "../../engine/plan.js";
import type {Plan, PlanOptions} from "../../engine/plan.js";
import {findStep, stepOf, stepsBetween} from "../../engine/step-list.js";
import type {WrittenType} from "../../formats/element-types.js";
import type {WrittenValue} from "../../formats/onnx-write.js";
import {modelMetadata} from "../../importers/model-file.js";
import {onnxInput, onnxOutput, writeSteps} from "./write-steps.js";

export interface OnnxOptions extends PlanOptions {
  /** What weights are stored as; float32 by default. Whatever it is, the graph computes in float32. */
  readonly type?: WrittenType;
  /** Whether logits are enlarged to the photo's size at the end; networks by PyTorch do so anyway. False by default. */
  readonly fullSize?: boolean;
}

export interface OnnxExport {
  readonly bytes: Uint8Array;
  /** What the graph is given, and what it gives, in words. */
  readonly input: string;
  readonly output: string;
}

/**
 * Writes a model as an ONNX graph for one size of photo and one output stride; how many photos come at once is left open.
 *
 * The graph is the plan of that run, each step a node or some, and begins with the preprocessing: `image`, float32
 * [batch, 3, height, width], holds red, green and blue from 0 to 255. `logits`, float32 [batch, classes, ...], are what `run` gives.
 * The metadata are those of the model file, and what goes in and comes out in words.
 *
 * @throws RangeError as `plan`, Error naming a weight that is missing, FormatError where one does not fit float16
 */
export function writeOnnx(model: Model, {type = "F32", fullSize = false, ...options}: OnnxOptions): OnnxExport {
  const planned = plan(model.network, options);
  const {steps, output} = fullSize ? enlarged(planned) : planned;
  const needed = stepsBetween(steps, output, []);
  const words = {
    input: `${inWords(onnxInput(needed))}: red, green and blue, 0 to 255; what a photo leaves free, to its right and below, is 127.5`,
    output: `${inWords(onnxOutput(needed, output))}: a score a class, before softmax`
  };
  const bytes = writeSteps(
    {steps: needed, output, weights: model.weights, type, name: model.card.name},
    {...modelMetadata(model), preprocessing: "in the graph", output_stride: String(planned.outputStride), ...words}
  );
  return {bytes, ...words};
}

/** The steps of a plan with what it gives enlarged to the photo's size at their end, where it is not as large by itself. */
function enlarged({steps, output, inputHeight: height, inputWidth: width}: Plan): Pick<Plan, "steps" | "output"> {
  const last = findStep(steps, output);
  if (last.height === height && last.width === width) return {steps, output};
  const name = `${output}/enlarged`;
  return {steps: [...steps, stepOf("upsample", name, [output], [last], {height, width, sampling: "corners"})], output: name};
}

function inWords({name, shape}: WrittenValue): string {
  return `${name}, float32 [${shape.join(", ")}]`;
}
