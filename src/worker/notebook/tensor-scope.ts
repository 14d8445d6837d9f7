import * as tf from "@tensorflow/tfjs-core";

/** Values in which tensors are looked for go no deeper than that. */
const DEPTH = 6;

/** The tensors in a value: in its lists, maps and plain objects, not in bytes, of which a model has millions. */
export function tensorsIn(value: unknown, depth = DEPTH, seen = new Set<unknown>()): tf.Tensor[] {
  if (value === null || typeof value !== "object" || depth < 0 || seen.has(value) || ArrayBuffer.isView(value)) return [];
  seen.add(value);
  if (value instanceof tf.Tensor) return [value as tf.Tensor];
  const inside: Iterable<unknown> = value instanceof Map || value instanceof Set ? value.values() : Object.values(value);
  return [...inside].flatMap((each) => tensorsIn(each, depth - 1, seen));
}

/** What a scoped piece of work gave. */
export interface Scoped<T> {
  readonly value: T;
  /** Disposes the tensors in it that were made in the work, and no others. */
  dispose(): void;
}

/**
 * Does a piece of work, however long it waits in between; what tensors it makes and does not give back are disposed. None other may run
 * meanwhile that makes tensors.
 */
export async function scoped<T>(work: () => Promise<T>): Promise<Scoped<T>> {
  const engine = tf.engine();
  engine.startScope("cell");
  const {id} = engine.state.activeScope;
  let kept: tf.Tensor[] = [];
  try {
    const value = await work();
    const made = tensorsIn(value).filter((tensor) => !tensor.isDisposed && tensor.scopeId === id);
    kept = made;
    return {value, dispose: () => tf.dispose(made)};
  } finally {
    engine.endScope(kept);
  }
}
