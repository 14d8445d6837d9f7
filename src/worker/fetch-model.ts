import type {Model} from "../engine/model.js";
import {readModel} from "../importers/model-file.js";
import type {Progress} from "./protocol.js";

/**
 * Downloads and reads a model file, reporting how far it has come.
 *
 * @throws Error with a sentence that says what is wrong and what to do
 */
export async function fetchModel(url: string, onProgress: (progress: Progress) => void): Promise<Model> {
  const name = decodeURIComponent(url.split("/").pop()!);
  const report = (fraction: number | null) => onProgress({stage: "download", fraction, message: `Fetching ${name}`});
  report(0);
  const response = await fetch(url).catch(() => null);
  if (!response) throw new Error(`The model ${name} could not be fetched. Check the connection to this site, then try again.`);
  if (!response.ok)
    throw new Error(`The model ${name} could not be fetched (the server answered ${response.status}). Choose another model.`);
  return readModel(await readWithProgress(response, report));
}

async function readWithProgress(response: Response, report: (fraction: number | null) => void): Promise<Uint8Array> {
  // Under content encoding the header counts other bytes than the ones that arrive.
  const total = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body!.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    received += chunk.value.length;
    report(total > 0 ? Math.min(1, received / total) : null);
  }
  const bytes = new Uint8Array(received);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
