/** Runs inside Chromium: outputs and gradients of the small lists of steps. */
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {measured} from "../../engine/steps/measured.js";
import type {Measured} from "../../engine/steps/measured.js";

export async function measuredOn(backend: BackendId, names: string[]): Promise<Measured[]> {
  await activateBackend(backend);
  const found: Measured[] = [];
  for (const name of names) found.push(await measured(name));
  return found;
}
