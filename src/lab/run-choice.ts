import {siteUrl} from "../site.js";
import type {Capabilities, RunChoice} from "../worker/protocol.js";
import {backendFor} from "./network-parameters.js";
import type {StateOf} from "./state.js";
import type {WorkbenchTable} from "./workbench-state.js";

/** The run that the workbench's state asks for, on this machine. */
export function runChoice({model, backend, outputStride, inputSize}: StateOf<WorkbenchTable>, capabilities: Capabilities): RunChoice {
  return {
    modelUrl: siteUrl(`data/models/${model}.safetensors`),
    backend: backendFor(backend, capabilities),
    outputStride,
    inputSize: inputSize === "native" ? null : Number(inputSize)
  };
}
