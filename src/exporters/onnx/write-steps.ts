import type {WeightMap} from "../../engine/model.js";
import {INPUT, LOGITS} from "../../engine/plan.js";
import type {Step} from "../../engine/plan.js";
import {findStep} from "../../engine/step-list.js";
import type {Shape} from "../../engine/steps/kind.js";
import type {WrittenType} from "../../formats/element-types.js";
import {writeOnnxFile} from "../../formats/onnx-write.js";
import type {WrittenValue} from "../../formats/onnx-write.js";
import {GraphBuilder} from "./graph-builder.js";
import {appendStep} from "./step-nodes.js";

/** Version of ONNX's operators: what ONNX 1.12 brought. The first with all that is used here is 15. */
const OPERATORS = 17;
const PHOTO = "image";
/** As many photos at once as come. */
const PHOTOS = "batch";

export interface WrittenSteps {
  /** In an order in which each reads only what stands before it; the first is the input. */
  readonly steps: readonly Step[];
  /** End point that the graph gives. */
  readonly output: string;
  readonly weights: WeightMap;
  /** What weights are stored as. */
  readonly type: WrittenType;
  /** Of the graph. */
  readonly name: string;
}

/** What the graph of some steps is given: a photo. */
export function onnxInput(steps: readonly Step[]): WrittenValue {
  return valueOf(PHOTO, findStep(steps, INPUT));
}

/** What it gives, under the name of the logits. */
export function onnxOutput(steps: readonly Step[], output: string): WrittenValue {
  return valueOf(LOGITS, findStep(steps, output));
}

function valueOf(name: string, {height, width, channels}: Shape): WrittenValue {
  return {name, shape: [PHOTOS, channels, height, width]};
}

/**
 * Writes steps as an ONNX graph that begins with the preprocessing. Tensors have the names of the end points that they are; weights those
 * of the model file.
 *
 * @throws Error naming a weight that is missing, FormatError where one does not fit float16
 */
export function writeSteps({steps, output, weights, type, name}: WrittenSteps, metadata: Readonly<Record<string, string>>): Uint8Array {
  const graph = new GraphBuilder(type);
  const tensorOf = (endPoint: string) => {
    if (endPoint === output) return LOGITS;
    return endPoint === LOGITS ? `${LOGITS} (before they are enlarged)` : endPoint;
  };
  for (const step of steps) {
    appendStep(step, {
      graph,
      inputs: step.name === INPUT ? [PHOTO] : step.inputs.map(tensorOf),
      output: tensorOf(step.name),
      weight(role) {
        const weight = weights[`${step.name}/${role}`];
        if (!weight) throw new Error(`The model has no weight "${step.name}/${role}".`);
        return weight;
      }
    });
  }
  return writeOnnxFile({
    version: OPERATORS,
    name,
    nodes: graph.nodes,
    tensors: graph.tensors,
    input: onnxInput(steps),
    output: onnxOutput(steps, output),
    metadata
  });
}
