import {inShort} from "../in-short.js";
import {decodePhoto} from "../media/decode.js";
import type {DecodedPhoto} from "../media/decode.js";
import {nameInAddress} from "../media/address-name.js";
import type {FromElsewhere} from "../worker/elsewhere-worker.js";

/** The address of a photo: relative ones are this page's. @throws Error with a sentence where it is none */
function addressOf(address: string): URL {
  const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;
  if (!url || !/^(https?|data|blob):$/.test(url.protocol)) {
    throw new Error(`"${inShort(address, 200)}" is no address of an image. It should begin with https://.`);
  }
  return url;
}

/** The address where it leads to another host; null for what is here, or is no address. */
export function elsewhere(address: string): URL | null {
  try {
    const url = addressOf(address);
    return /^https?:$/.test(url.protocol) && url.origin !== location.origin ? url : null;
  } catch {
    return null;
  }
}

/**
 * Fetches and decodes an image by its address.
 *
 * @throws Error with a sentence when the address, its host or its content stands in the way
 */
export async function fetchPhoto(address: string): Promise<DecodedPhoto> {
  const url = addressOf(address);
  const name = nameInAddress(url);
  return decodePhoto(elsewhere(address) ? await fromElsewhere(url) : await fromHere(url, name), name);
}

async function fromHere(url: URL, name: string): Promise<Blob> {
  const response = await fetch(url, {credentials: "same-origin"}).catch(() => null);
  if (!response)
    throw new Error(`"${name}" could not be fetched. Check the connection to this site, or save the image and choose the file.`);
  if (!response.ok) throw new Error(`"${name}" could not be fetched: ${url.host} answered ${response.status}. Check the address.`);
  return response.blob();
}

/** By a worker: the page itself connects to no other host. */
async function fromElsewhere(url: URL): Promise<Blob> {
  if (typeof Worker === "undefined")
    throw new Error("This browser has no workers, which fetch photos. Save the image and choose the file.");
  const worker = new Worker(import.meta.resolve("../worker/elsewhere-worker.js"), {type: "module"});
  try {
    const answer = await new Promise<FromElsewhere>((resolve, reject) => {
      worker.addEventListener("message", ({data}: MessageEvent<FromElsewhere>) => resolve(data));
      worker.addEventListener("error", () => reject(new Error("The part of this site that fetches photos did not come. Try again.")));
      worker.postMessage(url.href);
    });
    if ("message" in answer) throw new Error(answer.message);
    return new Blob([answer.bytes as BlobPart], {type: answer.type});
  } finally {
    worker.terminate();
  }
}
