/**
 * The entry of a worker that fetches one file of another host, once the reader wants it: pages themselves connect to their own origin
 * alone (`scripts/site/policy.ts`).
 */
import {OF_A_PHOTO, fetchElsewhere} from "./elsewhere.js";
import type {Fetched} from "./elsewhere.js";

/** The answer to an address. */
export type FromElsewhere = Fetched | {readonly message: string};

const context = globalThis as unknown as DedicatedWorkerGlobalScope;

context.addEventListener("message", ({data: address}: MessageEvent<string>) => {
  const tell = (answer: FromElsewhere) => context.postMessage(answer);
  fetchElsewhere(new URL(address), {limits: OF_A_PHOTO, instead: "Save the image and choose the file."}).then(tell, ({message}: Error) =>
    tell({message})
  );
});
