import type {Choice} from "../components/fields/fields.js";
import type {BackendId, Capabilities} from "../worker/protocol.js";

const NAMES: Readonly<Record<BackendId, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  kernels: "WASM, our kernels",
  wasm: "WASM",
  cpu: "CPU"
};

/** How a backend's name is written. */
export function capitals(id: BackendId): string {
  return NAMES[id];
}

/** Whether a page has a real GPU to paint with, and not one that the CPU plays. */
export function paintsOnGpu({backends}: Pick<Capabilities, "backends">): boolean {
  return backends.some(({id, available, software}) => id === "webgl" && available && !software);
}

/** The choices of "Backend": the best by itself, then each with what it is here; those that are missing say why. */
export function backendChoices({backends, best}: Capabilities): Choice[] {
  const detail = (id: BackendId) => backends.find((backend) => backend.id === id)!.detail;
  return [
    {value: "auto", label: `Auto: ${NAMES[best]} (${detail(best)})`},
    ...backends.map(({id, available, detail}) => ({value: id, label: `${NAMES[id]} (${detail})`, disabled: !available}))
  ];
}
