import {siteUrl} from "../site.js";

/**
 * Lets WebAssembly use threads from the next visit on where the host does not send the headers for it, through a
 * service worker that adds them. Does nothing where threads are allowed already or service workers are not.
 *
 * @returns never rejects
 */
export async function allowThreadsNextTime(): Promise<void> {
  if (globalThis.crossOriginIsolated || !globalThis.isSecureContext) return;
  try {
    await navigator.serviceWorker?.register(siteUrl("isolation-worker.js"), {scope: siteUrl(""), type: "module"});
  } catch {
    // Without it everything works, on one thread. In a sandboxed frame even asking for it throws.
  }
}
