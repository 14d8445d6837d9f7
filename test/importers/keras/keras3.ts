import type {KerasConfig, KerasLayerConfig, SavedModel} from "./tfjs-layers.js";

/** A layers model of Keras 2 in the words of Keras 3: arguments of calls by position and name, weights by number. */
export function inKeras3({json, shard}: SavedModel): SavedModel {
  const now = structuredClone(json);
  now.modelTopology.keras_version = "3.4.1";
  rewrite(now.modelTopology.model_config);
  const counts = new Map<string, number>();
  for (const {weights} of now["weightsManifest"] as {weights: {name: string}[]}[]) {
    for (const weight of weights) {
      const layer = weight.name.replace(/\/[^/]*$/, "");
      const index = counts.get(layer) ?? 0;
      counts.set(layer, index + 1);
      weight.name = `_layers/${layer}/vars/${index}`;
    }
  }
  return {json: now, shard};
}

type Inbound = readonly [string, number, number, Record<string, unknown>?];

function rewrite({config}: Pick<KerasConfig, "config">): void {
  for (const layer of config.layers) {
    if (layer.config.layers) rewrite({config: layer.config as KerasConfig["config"]});
    const nodes = layer.inbound_nodes as (Inbound | Inbound[])[];
    layer.inbound_nodes = nodes.map((node) => callOf(layer, node));
    asOperation(layer);
  }
  for (const key of ["input_layers", "output_layers"] as const) {
    const listed = config[key] as unknown[];
    if (listed.length === 1) config[key] = listed[0];
  }
}

function callOf({config}: KerasLayerConfig, node: Inbound | Inbound[]) {
  const inbound = (typeof node[0] === "string" ? [node] : node) as Inbound[];
  const tensors = inbound.map(([layer, index, tensor]) => ({
    class_name: "__keras_tensor__",
    config: {shape: [null, null, null, null], dtype: "float32", keras_history: [layer, index, tensor]}
  }));
  const given = tensors.length > 1 ? [tensors] : tensors;
  const options = inbound[0]?.[3] ?? {};
  if (config["function"] === "__operators__.getitem") {
    const slices = (options["slice_spec"] as Record<string, unknown>[]).map((slice) =>
      slice["class_name"] ? slice : {class_name: "__slice__", config: slice}
    );
    return {args: [...given, slices], kwargs: {}};
  }
  if (config["function"] === "nn.bias_add") {
    const constant = {class_name: "__tensor__", config: {value: [[[options["bias"]]]], dtype: "float32"}};
    return {args: [...given, constant], kwargs: {}};
  }
  return {args: given, kwargs: {}};
}

/** Calls of functions are operations of their own. */
function asOperation(layer: KerasLayerConfig): void {
  const named: Readonly<Record<string, string>> = {"__operators__.getitem": "GetItem", "nn.bias_add": "Add"};
  const own = named[String(layer.config["function"])];
  if (own === undefined) return;
  layer.class_name = own;
  layer.config = {name: layer.name};
}
