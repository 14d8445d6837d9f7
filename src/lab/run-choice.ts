import {ownRates} from "../engine/plan.js";
import type {Precision} from "../engine/precision.js";
import type {Capabilities, RunChoice} from "../worker/protocol.js";
import type {EngineClient} from "./engine-client.js";
import {modelUrl} from "./model-list.js";
import type {NetworkChoice} from "./network-fields.js";
import {backendFor} from "./network-parameters.js";

/** What a page's state says of a run. */
interface RunState extends NetworkChoice<string> {
  /** None for the network's own. */
  readonly rates: readonly number[];
  readonly precision: Precision;
}

/** What an input size of the state means; "native", which is null, keeps the photo's own. */
export const sizeOf = (size: RunState["inputSize"]) => (size === "native" ? null : Number(size));

/** The run that the workbench's state asks for, on this machine. @throws Error with a sentence where the model cannot be had */
export async function runChoice(state: RunState, capabilities: Capabilities, describe: EngineClient["describe"]): Promise<RunChoice> {
  const {model, backend, outputStride, inputSize, precision} = state;
  const rates = await ratesThatFit(modelUrl(model), state.rates, describe);
  return {
    modelUrl: modelUrl(model),
    backend: backendFor(backend, capabilities),
    outputStride,
    inputSize: sizeOf(inputSize),
    precision,
    ...(rates && {rates})
  };
}

/** The rates, where the model has as many atrous branches; undefined, which stands for its own, where it has not or none are given. */
export async function ratesThatFit(
  url: string,
  rates: readonly number[] | undefined,
  describe: EngineClient["describe"]
): Promise<readonly number[] | undefined> {
  if (!rates || rates.length === 0) return undefined;
  const {network} = await describe(url);
  return ownRates(network).length === rates.length ? rates : undefined;
}
