import {newArrival} from "./arrival.js";

/**
 * The whole body of an answer.
 *
 * @param report called with how much of it is there, 0-1, null where the server does not say how much there will be; and the same in words
 */
export async function bodyOf(response: Response, report: (fraction: number | null, detail: string) => void): Promise<Uint8Array> {
  // Under content encoding the header counts other bytes than the ones that arrive.
  const total = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  const chunks: Uint8Array[] = [];
  let received = 0;
  const inWords = newArrival(total);
  const reader = response.body!.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    received += chunk.value.length;
    report(total > 0 ? Math.min(1, received / total) : null, inWords(received));
  }
  const bytes = new Uint8Array(received);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
