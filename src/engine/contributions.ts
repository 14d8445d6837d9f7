import * as tf from "@tensorflow/tfjs-core";
import {CONSTANT} from "./aspp.js";
import {LOGITS} from "./plan.js";
import type {Plan} from "./plan.js";
import {execute} from "./run.js";
import type {ExecuteOptions, StepWeights} from "./run.js";
import {findStep} from "./steps.js";
import type {Step} from "./steps.js";
import {kernelOf} from "./weights.js";

export interface Contributions {
  /** ASPP branches by end point, then the low-level skip where there is a decoder, then `CONSTANT`. */
  readonly sources: readonly string[];
  /** [sources, height, width, classes]; the sum over the sources is the logits. The caller disposes it. */
  readonly logits: tf.Tensor4D;
}

/**
 * Splits the logits into what each ASPP branch and the decoder's skip contribute.
 *
 * Between the branches and the logits only ReLUs are not linear. With each of them held as this input sets it (open,
 * closed or clipped), the rest is linear, so each branch is sent through it alone, and the parts add up to the logits
 * exactly. What the split does not say is how the ReLUs would move if a branch were not there: that takes a run without it.
 *
 * @param input [1, height, width, 3] as `run` takes it
 */
export function contributions(
  plan: Plan,
  weights: StepWeights,
  input: tf.Tensor4D,
  options: Pick<ExecuteOptions, "replaced"> = {}
): Contributions {
  const {steps} = plan;
  const projection = findStep(steps, "aspp/projection");
  const branches = branchesOf(steps, projection);
  const skip = plan.network.decoder ? ["decoder/low_level"] : [];
  const sources = [...branches, ...skip];
  const head = steps.slice(steps.indexOf(projection)).filter(({name}) => !sources.includes(name));
  const activated = head.filter(({activation}) => activation !== "linear").map(({name}) => name);

  const found = execute(steps, weights, input, [...sources, ...activated], options);
  try {
    const logits = tf.tidy(() => {
      const parts = new Map<string, tf.Tensor4D>();
      sources.forEach((name, index) => parts.set(name, alone(found[name]!, index, sources.length + 1)));
      for (const step of head) {
        const read = step === projection ? branches : step.inputs;
        parts.set(
          step.name,
          linear(
            step,
            read.map((name) => parts.get(name)!),
            weights,
            found[step.name]
          )
        );
      }
      return parts.get(LOGITS)!;
    });
    return {sources: [...sources, CONSTANT], logits};
  } finally {
    tf.dispose(found);
  }
}

/** The end points that the projection joins, in the order of its kernel. */
function branchesOf(steps: readonly Step[], projection: Step): readonly string[] {
  const joined = findStep(steps, projection.inputs[0]!);
  return joined.op === "concat" ? joined.inputs : [joined.name];
}

/** A batch in which only the entry of this index holds the activation; the others are zero. */
function alone(x: tf.Tensor4D, index: number, size: number): tf.Tensor4D {
  return tf.pad(x, [
    [index, size - 1 - index],
    [0, 0],
    [0, 0],
    [0, 0]
  ]);
}

/** A step without its bias and with its activation held; both go to the last entry of the batch. */
function linear(step: Step, inputs: tf.Tensor4D[], {tensors}: StepWeights, activated?: tf.Tensor4D): tf.Tensor4D {
  switch (step.op) {
    case "concat":
      return tf.concat(inputs, 3);
    case "upsample":
      return tf.image.resizeBilinear(inputs[0]!, [step.height, step.width], true);
    case "conv":
    case "depthwise": {
      const x = inputs.length > 1 ? tf.concat(inputs, 3) : inputs[0]!;
      const filter = kernelOf(step, tensors);
      const bias = tensors[`${step.name}/bias`]!;
      const convolved =
        step.op === "conv"
          ? tf.conv2d(x, filter, 1, "same", "NHWC", step.rate)
          : tf.depthwiseConv2d(x, filter, 1, "same", "NHWC", step.rate);
      const last = x.shape[0] - 1;
      const whole = tf.add(convolved, alone(tf.reshape(bias, [1, 1, 1, step.channels]), last, last + 1)) as tf.Tensor4D;
      return activated ? held(whole, activated, step) : whole;
    }
    default:
      throw new Error(`No ${step.op} is expected between ASPP and logits ("${step.name}").`);
  }
}

/** Where ReLU6 clips. */
const CLIP = 6;

/** An activation as a mask: open passes, closed is zero, clipped is a constant that belongs to the last entry. */
function held(x: tf.Tensor4D, activated: tf.Tensor4D, {activation}: Step): tf.Tensor4D {
  const open = tf.cast(tf.greater(activated, 0), "float32");
  if (activation === "relu") return tf.mul(x, open);
  const clipped = tf.cast(tf.greaterEqual(activated, CLIP), "float32");
  const last = x.shape[0] - 1;
  return tf.add(tf.mul(x, tf.sub(open, clipped)), alone(tf.mul(clipped, CLIP) as tf.Tensor4D, last, last + 1));
}
