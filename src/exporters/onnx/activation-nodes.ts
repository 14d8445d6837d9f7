import type {Activation} from "../../engine/network.js";
import {float} from "../../formats/onnx-write.js";
import type {GraphBuilder} from "./graph-builder.js";
import type {Link} from "./link.js";

/** ReLU6(x + 3) / 6, as max(0, min(1, alpha x + beta)). */
const HARD_SIGMOID = [float("alpha", 1 / 6), float("beta", 0.5)];

/** Each activation as ONNX's nodes. */
const ACTIVATION_NODES: Readonly<Record<Activation, (graph: GraphBuilder) => readonly Link[]>> = {
  linear: () => [],
  relu: () => [{op: "Relu"}],
  relu6: (graph) => [{op: "Clip", reads: [graph.number(0), graph.number(6)]}],
  sigmoid: () => [{op: "Sigmoid"}],
  hard_sigmoid: () => [{op: "HardSigmoid", attributes: HARD_SIGMOID}],
  hard_swish: () => [{op: "HardSwish"}]
};

export function activationNodes(activation: Activation, graph: GraphBuilder): readonly Link[] {
  return ACTIVATION_NODES[activation](graph);
}
