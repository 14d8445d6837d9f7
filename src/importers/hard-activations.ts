import type {Activation} from "../engine/network.js";
import {inputsOf} from "./operations.js";
import type {Operation, Operations} from "./operations.js";

/** MobileNetV3's hard sigmoid is ReLU6(x + 3) / 6 (Howard et al. 2019, section 5.2). */
const SHIFT = 3;
const SCALE = 1 / 6;
/** Files keep 1 / 6 as float32 or shorter. */
const TOLERANCE = 1e-3;

/**
 * The operations with MobileNetV3's activations in one piece: TensorFlow has none of its own for them, so that its graphs hold
 * them as ReLU6(x + 3) / 6, times x for the hard swish; ONNX had none for the latter before version 14. The pieces stay where something
 * else reads them.
 */
export function withHardActivations(operations: Operations): Operations {
  const found = new Map<string, Operation>();
  const graph = new Pieces(operations);
  for (const [name, operation] of operations) {
    const rewritten = graph.hardActivation(operation);
    if (rewritten) found.set(name, rewritten);
  }
  return found.size > 0 ? withoutUnread(new Map([...operations, ...found]), operations) : operations;
}

class Pieces {
  constructor(private readonly operations: Operations) {}

  /** The hard sigmoid or hard swish that ends in this operation, null where none does. */
  hardActivation(operation: Operation): Operation | null {
    if (operation.op === "multiply") {
      const gated = this.gated(operation.inputs, (name) => this.sigmoidOf(this.get(name)));
      return gated === null ? null : activation(gated, "hard_swish");
    }
    if (!isSixth(operation)) return null;
    const sigmoid = this.sigmoidOf(operation);
    if (sigmoid !== null) return activation(sigmoid, "hard_sigmoid");
    // x * ReLU6(x + 3), and the sixth last.
    const product = this.get(operation.input);
    const gated = product?.op === "multiply" ? this.gated(product.inputs, (name) => this.clippedOf(name)) : null;
    return gated === null ? null : activation(gated, "hard_swish");
  }

  /** The x of x * f(x), on either side of the product. */
  private gated([a = "", b = "", ...others]: readonly string[], argumentOf: (name: string) => string | null): string | null {
    if (others.length > 0) return null;
    if (argumentOf(b) === this.source(a)) return a;
    return argumentOf(a) === this.source(b) ? b : null;
  }

  /** The x of ReLU6(x + 3) / 6, in pieces or in one. */
  private sigmoidOf(operation: Operation | undefined): string | null {
    if (operation?.op === "activation" && operation.activation === "hard_sigmoid") return this.source(operation.input);
    return operation && isSixth(operation) ? this.clippedOf(operation.input) : null;
  }

  /** The x of ReLU6(x + 3). */
  private clippedOf(name: string): string | null {
    const clip = this.get(name);
    if (clip?.op !== "activation" || clip.activation !== "relu6") return null;
    const shifted = this.get(clip.input);
    if (shifted?.op !== "affine" || shifted.scale || !isAll(shifted.shift, SHIFT)) return null;
    return this.source(shifted.input);
  }

  private get(name: string): Operation | undefined {
    return this.operations.get(this.source(name));
  }

  /** The name behind operations that hand on their input. */
  private source(name: string): string {
    let at = name;
    for (let hops = 0; hops < this.operations.size; hops++) {
      const operation = this.operations.get(at);
      if (operation?.op !== "same") break;
      at = operation.input;
    }
    return at;
  }
}

function activation(input: string, kind: Activation): Operation {
  return {op: "activation", input, activation: kind};
}

function isSixth(operation: Operation): operation is Extract<Operation, {op: "affine"}> {
  return operation.op === "affine" && !operation.shift && isAll(operation.scale, SCALE);
}

function isAll(values: Float32Array | undefined, value: number): boolean {
  return values !== undefined && values.length > 0 && values.every((one) => Math.abs(one - value) < TOLERANCE);
}

/** Without the pieces that nothing reads any more: they would count as readers of what they read. */
function withoutUnread(operations: Map<string, Operation>, before: Operations): Operations {
  const wasRead = readIn(before);
  for (;;) {
    const isRead = readIn(operations);
    const unread = [...operations.keys()].filter((name) => wasRead.has(name) && !isRead.has(name));
    if (unread.length === 0) return operations;
    for (const name of unread) operations.delete(name);
  }
}

function readIn(operations: Operations): ReadonlySet<string> {
  return new Set([...operations.values()].flatMap(inputsOf));
}
