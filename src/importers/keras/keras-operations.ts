import {FormatError} from "../../formats/format-error.js";
import {isText} from "../../formats/json.js";
import type {Config, KerasCall} from "../../formats/keras-calls.js";
import type {LayersModel} from "../../formats/layers-model.js";
import {channelValues, listCounter} from "../channel-lists.js";
import {inputsMoved} from "../channel-order.js";
import {inOrder} from "../in-order.js";
import {sizeAfter} from "../map-sizes.js";
import type {MapSize} from "../map-sizes.js";
import {addSteps} from "../operations.js";
import type {Operation, Operations} from "../operations.js";
import {FUNCTIONS, isReversed} from "./functions.js";
import {pairOf} from "./layer.js";
import type {Layer} from "./layer.js";
import {LAYERS} from "./layers.js";

/** Classes of what calls a function of TensorFlow outside of any layer, in Keras 2. */
const CALLS_FUNCTION = new Set(["TFOpLambda", "SlicingOpLambda"]);
const SLICES = new Set(["__operators__.getitem", "GetItem"]);

/**
 * The operations of a model of Keras, by the classes of its layers.
 *
 * @throws FormatError where weights are missing or do not fit
 */
export function kerasOperations({calls, weights, version}: LayersModel): Operations {
  const operations = new Map<string, Operation>();
  const sizes = new Map<string, MapSize>();
  /** What has blue before green before red. */
  const reversed = new Set<string>();
  const count = listCounter();
  for (const [name, call] of inOrder(new Map(calls.map((call) => [call.name, call])), ({inputs}) => inputs)) {
    const weight: Layer["weight"] = (index, ...roles) => weights.get(call.layer, roles, index, call.models);
    const layer: Layer = {
      ...call,
      input: call.inputs[0] ?? "",
      sizes: call.inputs.map((input) => sizes.get(input) ?? null),
      version,
      weight,
      list(index, ...roles) {
        const values = channelValues(weight(index, ...roles));
        if (!values)
          throw new FormatError(`The layers model is damaged: "${call.layer}/${roles[0]}" has more values than any layer has channels.`);
        return values;
      }
    };
    const isTurn = SLICES.has(classOf(call)) && isReversed(call);
    const isTurned = call.inputs.some((input) => reversed.has(input)) !== isTurn;
    const bare = isTurn ? [{op: "same", input: layer.input} as const] : stepsOf(layer);
    const {steps, isStillTurned} = isTurned ? inOurOrder(bare) : {steps: bare, isStillTurned: false};
    if (isStillTurned) reversed.add(name);
    count(steps);
    addSteps(operations, name, steps);
    let known = layer.sizes;
    for (const step of steps) known = [sizeAfter(step, known)];
    sizes.set(name, call.className === "InputLayer" ? photoSize(call.config) : (known[0] ?? null));
  }
  return operations;
}

function stepsOf(layer: Layer): readonly Operation[] {
  const name = classOf(layer);
  const table = Object.hasOwn(LAYERS, name) ? LAYERS : FUNCTIONS;
  const {data_format: format = "channels_last"} = layer.config;
  const steps = Object.hasOwn(table, name) && format !== "channels_first" ? table[name]!(layer) : null;
  return steps ?? [{op: "other", inputs: layer.inputs, what: `the layer "${layer.layer}" (${name})`}];
}

/** The class of a layer, or the function that it calls; makers of layers put their package before the name. */
function classOf({className, config}: KerasCall): string {
  const {function: called} = config;
  return CALLS_FUNCTION.has(className) && isText(called) ? called.replace(/^tf\./, "") : className.replace(/^.*>/, "");
}

/** Steps that read channels in reverse, as ones that read them as they are: the first convolution takes its kernel's in reverse. */
function inOurOrder(steps: readonly Operation[]): {steps: readonly Operation[]; isStillTurned: boolean} {
  let isStillTurned = true;
  const put = steps.map((step): Operation => {
    if (!isStillTurned) return step;
    switch (step.op) {
      case "conv":
        isStillTurned = false;
        return {...step, kernel: inputsMoved(step.kernel, Int32Array.from({length: step.kernel.shape[2] ?? 0}, (_, i) => i).reverse())};
      case "affine":
        return {...step, ...(step.scale && {scale: step.scale.toReversed()}), ...(step.shift && {shift: step.shift.toReversed()})};
      case "same":
      case "activation":
      case "pad":
      case "resize":
        return step;
      default:
        isStillTurned = false;
        return {op: "other", inputs: "input" in step ? [step.input] : step.inputs, what: "channels in reverse"};
    }
  });
  return {steps: put, isStillTurned};
}

/** The size that a model is made for, where it is made for one. */
function photoSize({batch_input_shape: keras2, batch_shape: keras3}: Config): MapSize {
  const shape = keras2 ?? keras3;
  return Array.isArray(shape) && shape.length === 4 ? pairOf(shape.slice(1, 3)) : null;
}
