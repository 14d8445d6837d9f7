/** A layers model that is written by hand: layers of one place each, one after the other where nothing else is said, and their weights. */

export interface TinyLayer {
  readonly kind: string;
  readonly name?: string;
  readonly config?: object;
  /** Names of the layers before. */
  readonly reads?: readonly string[];
  readonly weights?: Readonly<Record<string, readonly number[] | Float32Array>>;
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
}

export interface TinyOptions {
  readonly version?: string;
  readonly size?: readonly (number | null)[];
}

/** @returns the model.json and its one shard */
export function tinyLayers(
  layers: readonly TinyLayer[],
  {version = "2.13.1", size = [null, null]}: TinyOptions = {}
): [Uint8Array, Uint8Array] {
  const input: TinyLayer = {kind: "InputLayer", name: "photo", config: {batch_input_shape: [null, ...size, 3]}, reads: []};
  const all = [input, ...layers].map((layer, index) => ({name: `layer_${index}`, ...layer}));
  const manifest: object[] = [];
  const values: number[] = [];
  for (const {name, weights = {}, shapes = {}} of all) {
    for (const [role, own] of Object.entries(weights)) {
      manifest.push({name: `${name}/${role}`, shape: shapes[role] ?? [own.length], dtype: "float32"});
      values.push(...own);
    }
  }
  const config = {
    name: "tiny",
    layers: all.map(({kind, name, config = {}, reads}, index) => ({
      class_name: kind,
      name,
      config: {name, ...config},
      inbound_nodes: index === 0 ? [] : [(reads ?? [all[index - 1]!.name]).map((read) => [read, 0, 0, {}])]
    })),
    input_layers: [["photo", 0, 0]],
    output_layers: [[all.at(-1)!.name, 0, 0]]
  };
  const modelTopology = {keras_version: version, model_config: {class_name: "Functional", config}};
  const json = {format: "layers-model", modelTopology, weightsManifest: [{paths: ["weights.bin"], weights: manifest}]};
  return [new TextEncoder().encode(JSON.stringify(json)), new Uint8Array(Float32Array.from(values).buffer)];
}
