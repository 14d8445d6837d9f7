import type {Weight} from "../engine/model.js";
import {readWhenAsked} from "../formats/node-graph.js";

/** For each channel as a description orders them, that of the file; null where both agree. */
export type ChannelOrder = Int32Array | null;

/** Channels of consecutive segments of a file, in the description's order. */
export function orderOf(
  segments: readonly {readonly start: number; readonly channels: number; readonly order: ChannelOrder}[]
): ChannelOrder {
  const order = Int32Array.from(
    segments.flatMap(({start, channels, order: inner}) => Array.from({length: channels}, (_, i) => start + (inner ? inner[i]! : i)))
  );
  return order.every((from, to) => from === to) ? null : order;
}

export function sameOrder(a: ChannelOrder, b: ChannelOrder): boolean {
  return a === b || (a !== null && b !== null && a.join() === b.join());
}

/** A kernel whose input channels (third side, of dense and depthwise kernels alike) are taken in another order. */
export function inputsMoved(kernel: Weight, order: ChannelOrder): Weight {
  if (!order) return kernel;
  const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
  return readWhenAsked(kernel.shape, () => {
    const {values} = kernel;
    const moved = new Float32Array(values.length);
    for (let position = 0; position < height * width; position++) {
      order.forEach((from, to) => {
        const row = (position * inputs + from) * outputs;
        moved.set(values.subarray(row, row + outputs), (position * inputs + to) * outputs);
      });
    }
    return moved;
  });
}

/** One value a channel, in the description's order. */
export function channelsMoved(values: Float32Array, order: ChannelOrder): Weight {
  return {shape: [values.length], values: order ? Float32Array.from(order, (from) => values[from]!) : values};
}
