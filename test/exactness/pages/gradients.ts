/** Runs inside Chromium: outputs and gradients of the small lists of steps, and of the loss. */
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {measured} from "../../engine/steps/measured.js";
import type {Measured} from "../../engine/steps/measured.js";
import {measuredLoss} from "../../train/measured-loss.js";
import type {LossCase, MeasuredLoss} from "../../train/measured-loss.js";

export async function measuredOn(backend: BackendId, names: string[]): Promise<Measured[]> {
  await activateBackend(backend);
  const found: Measured[] = [];
  for (const name of names) found.push(await measured(name));
  return found;
}

export async function lossOn(backend: BackendId, name: LossCase): Promise<MeasuredLoss> {
  await activateBackend(backend);
  return measuredLoss(name);
}
