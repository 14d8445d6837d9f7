import type {Weight} from "../engine/model.js";
import {FormatError} from "../formats/format-error.js";
import {withNorm} from "./batch-norm.js";
import type {CheckpointLayer} from "./checkpoint-network.js";

/**
 * Weights by canonical name: kernels with the batch normalisation after them folded in, and biases.
 *
 * @param read gives the values of a variable
 * @throws FormatError where a list does not fit the channels it applies to
 */
export async function checkpointWeights(
  layers: ReadonlyMap<string, CheckpointLayer>,
  read: (variable: string) => Promise<Weight>
): Promise<Record<string, Weight>> {
  const weights: Record<string, Weight> = {};
  for (const [name, {variables, channels, epsilon}] of layers) {
    const list = async (variable: string | undefined, absent: number) => {
      if (variable === undefined) return new Float32Array(channels).fill(absent);
      const {shape, values} = await read(variable);
      if (values.length === channels) return values;
      throw new FormatError(`The checkpoint is damaged: "${variable}" has the shape [${shape.join(", ")}] for ${channels} channels.`);
    };
    const {kernel, biases, gamma, beta, mean, variance} = variables;
    const bare = {name, kernel: await read(kernel), bias: await list(biases, 0)};
    const isNormed = gamma ?? beta ?? mean ?? variance;
    if (isNormed !== undefined && !(mean && variance)) {
      throw new FormatError(`The checkpoint holds "${isNormed}", but not the mean and variance that belong to it.`);
    }
    // One that does not scale or does not move has no such variable.
    const norm =
      isNormed === undefined
        ? undefined
        : {
            gamma: await list(gamma, 1),
            beta: await list(beta, 0),
            mean: await list(mean, 0),
            variance: await list(variance, 1)
          };
    const folded = withNorm(bare, norm, epsilon);
    weights[`${name}/kernel`] = folded.kernel;
    if (beta ?? biases) weights[`${name}/bias`] = {shape: [channels], values: folded.bias};
  }
  return weights;
}
