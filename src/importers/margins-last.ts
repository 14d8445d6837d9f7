import {countReaders} from "./operations.js";
import type {Operation, Operations} from "./operations.js";

/** Of which zero stays zero. */
const KEEPS_ZERO = new Set(["relu", "relu6", "hard_swish"]);

/**
 * The operations with zeros around a map behind the activation that reads them instead of before it, so that they stand where a
 * convolution takes them upon itself. Both orders say the same where zero stays zero.
 */
export function withMarginsLast(operations: Operations): Operations {
  const readers = countReaders(operations);
  const moved = new Map<string, Operation>();
  for (const [name, activation] of operations) {
    if (activation.op !== "activation" || !KEEPS_ZERO.has(activation.activation) || readers.get(activation.input) !== 1) continue;
    const pad = operations.get(activation.input);
    if (pad?.op !== "pad") continue;
    moved.set(activation.input, {...activation, input: pad.input});
    moved.set(name, {...pad, input: activation.input});
  }
  return moved.size === 0 ? operations : new Map([...operations].map(([name, operation]) => [name, moved.get(name) ?? operation]));
}
