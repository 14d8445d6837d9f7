/** Runs inside Chromium: outputs and gradients of the small lists of steps, and of the loss. */
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {measured} from "../../engine/steps/measured.js";
import type {Measured} from "../../engine/steps/measured.js";
import {measuredLoss} from "../../train/measured-loss.js";
import type {LossCase, MeasuredLoss} from "../../train/measured-loss.js";

export async function measuredOn(backend: BackendId, name: string): Promise<Measured> {
  await activateBackend(backend);
  return measured(name);
}

export async function lossOn(backend: BackendId, name: LossCase): Promise<MeasuredLoss> {
  await activateBackend(backend);
  return measuredLoss(name);
}
