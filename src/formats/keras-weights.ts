import {FormatError} from "./format-error.js";
import type {GraphConstant} from "./node-graph.js";

/** Folders in which Keras 3 keeps variables. */
const FOLDERS = new Set(["vars", "_layer_checkpoint_dependencies", "layer_checkpoint_dependencies", "layers", "_self_"]);

/** What the layers of a model have learnt, by layer and role. */
export class KerasWeights {
  /** By the last two parts of their names; of several models, several. */
  private readonly byEnd = new Map<string, {readonly path: readonly string[]; readonly weight: GraphConstant}[]>();

  constructor(weights: ReadonlyMap<string, GraphConstant>) {
    for (const [name, weight] of weights) {
      const path = name
        .replace(/:\d+$/, "")
        .split("/")
        .filter((part) => !FOLDERS.has(part));
      const end = path.slice(-2).join("/");
      this.byEnd.set(end, [...(this.byEnd.get(end) ?? []), {path, weight}]);
    }
  }

  /**
   * A weight of a layer.
   *
   * @param roles what it is called, in the words of several versions, e.g. "depthwise_kernel" and "kernel"
   * @param index which of the layer's weights it is: Keras 3 may number them
   * @param models names of the nested models that the layer stands in, the outermost first
   * @throws FormatError where it is missing, or there are several of the name
   */
  get(layer: string, roles: readonly string[], index: number, models: readonly string[] = []): GraphConstant {
    for (const role of [...roles, String(index)]) {
      const found = this.byEnd.get(`${layer}/${role}`);
      if (!found) continue;
      const at = models.join("/");
      const exact = found.filter(({path}) => path.slice(0, -2).join("/") === at);
      // Names may also begin with that of the outermost model.
      const ending = found.filter(({path}) => path.slice(0, -2).join("/").endsWith(`/${at}`));
      const own = [found, exact, ending].find(({length}) => length === 1);
      if (own) return own[0]!.weight;
      throw new FormatError(`The layers model has ${found.length} weights that could be "${layer}/${role}".`);
    }
    throw new FormatError(`The layers model is damaged: the weight "${layer}/${roles[0]}" is missing.`);
  }
}
