import {storeOf} from "../shelf/database.js";
import type {OnWasm} from "./faster-on-cpu.js";
import {PARTS} from "./parts.js";

const ask = storeOf("deeplab-faster-backend", "by machine");

/** What the answer holds for: another browser, or threads where there were none, may turn it. */
function here(): string {
  return [navigator.userAgent, navigator.hardwareConcurrency, globalThis.crossOriginIsolated].join(" ");
}

/** Which of the backends on WASM was measured to be the faster on this machine; undefined where neither was, or nothing can be kept. */
export async function keptFaster(): Promise<OnWasm | undefined> {
  return ask<OnWasm | undefined>("readonly", (store) => store.get(here()) as IDBRequest<OnWasm | undefined>).catch(() => undefined);
}

/** Measures that and keeps it, once a machine. Both must have been started. */
export async function measureFaster(): Promise<void> {
  if (typeof indexedDB === "undefined" || (await keptFaster())) return;
  const {fasterOnCpu} = await PARTS.faster();
  const faster = await fasterOnCpu();
  await ask("readwrite", (store) => store.put(faster, here())).catch(() => {});
}
