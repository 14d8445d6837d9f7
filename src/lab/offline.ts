import {siteUrl} from "../site.js";

/** How much of the site is kept in this browser. */
export interface KeptSite {
  readonly files: number;
  readonly bytes: number;
  readonly ofFiles: number;
  readonly ofBytes: number;
}

type Wish = {readonly what: "all" | "remove" | "kept"} | {readonly what: "keep"; readonly addresses: readonly string[]};

/**
 * Keeps what a page was made from for the next visit, which then needs no network, and lets WebAssembly use threads from then on where
 * the host does not send the headers for it. Does nothing where service workers are not allowed.
 *
 * @param fetched addresses of what the engine fetched
 * @returns how much is kept then; null where nothing can be. Never rejects
 */
export async function keepForNextVisit(fetched: () => Promise<readonly string[]>): Promise<KeptSite | null> {
  try {
    if (!(await register())) return null;
    const here = performance.getEntriesByType("resource").map(({name}) => name);
    const addresses = [document.URL, ...here, ...(await fetched())].filter((address) => address.startsWith(siteUrl("")));
    return await ask({what: "keep", addresses});
  } catch {
    // Without it everything works, over the network and on one thread. In a sandboxed frame even asking for it throws.
    return null;
  }
}

/** Keeps the whole site, its models too. @param onProgress called after each file @throws Error with a sentence for the reader */
export function keepWholeSite(onProgress: (kept: KeptSite) => void): Promise<KeptSite> {
  return ask({what: "all"}, onProgress);
}

/** Removes what is kept; what is visited from now on is kept again. @throws Error with a sentence for the reader */
export function removeKeptSite(): Promise<KeptSite> {
  return ask({what: "remove"});
}

/** @throws Error with a sentence for the reader */
export function keptSite(): Promise<KeptSite> {
  return ask({what: "kept"});
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  return globalThis.isSecureContext ? navigator.serviceWorker?.register(siteUrl("service-worker.js"), {scope: siteUrl("")}) : undefined;
}

/** @param onProgress called with all answers but the last */
async function ask(wish: Wish, onProgress: (kept: KeptSite) => void = () => {}): Promise<KeptSite> {
  // Where it is forbidden, even asking for it may throw.
  const registered = await register().catch(() => undefined);
  if (!registered) throw new Error("This browser keeps no sites here: open the site by https, in a window that is not private.");
  const {active} = await navigator.serviceWorker.ready;
  const {port1, port2} = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({data}: MessageEvent<{readonly kept: KeptSite} | {readonly done: KeptSite} | {readonly error: string}>) => {
      if ("kept" in data) return onProgress(data.kept);
      port1.close();
      if ("done" in data) resolve(data.done);
      else reject(new Error(`The site could not be kept: ${data.error} Check the connection and the room on this device, then try again.`));
    };
    active!.postMessage(wish, [port2]);
  });
}
