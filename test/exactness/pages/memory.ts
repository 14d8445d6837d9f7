/** Runs inside Chromium: what many changing runs leave behind. */
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {changingRuns} from "../changing-runs.js";
import type {Footprint} from "../changing-runs.js";

/** Memory after each of so many runs on a backend. */
export async function footprints(backend: BackendId, ...settings: Parameters<typeof changingRuns>): Promise<Footprint[]> {
  await activateBackend(backend);
  return changingRuns(...settings);
}
