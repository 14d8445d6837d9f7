import * as tf from "@tensorflow/tfjs-core";

/** Waits until a tensor is computed, reading one value back: what a GPU was told is not yet done. */
export async function settle(tensor: tf.Tensor): Promise<void> {
  const corner = tf.slice(
    tensor,
    tensor.shape.map(() => 0),
    tensor.shape.map(() => 1)
  );
  await corner.data();
  corner.dispose();
}
