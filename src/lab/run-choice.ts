import {ownRates} from "../engine/plan.js";
import type {Capabilities, RunChoice} from "../worker/protocol.js";
import type {EngineClient} from "./engine-client.js";
import {modelUrl} from "./model-list.js";
import {backendFor} from "./network-parameters.js";
import type {StateOf} from "./state.js";
import type {WorkbenchTable} from "../pages/workbench/state.js";

type RunState = Pick<StateOf<WorkbenchTable>, "model" | "backend" | "outputStride" | "inputSize" | "rates" | "precision">;

/** What an input size of the state means; null keeps the photo's own. */
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
