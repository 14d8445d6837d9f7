import {newArrival} from "./arrival.js";

/** How large a body may be, the name of what it brings, and what the reader may do instead. */
interface Most {
  readonly most: number;
  readonly name: string;
  readonly instead: string;
}

/**
 * The whole body of an answer.
 *
 * @param report called with how much of it is there, 0-1, null where the server does not say how much there will be; and the same in words
 * @param limit breaks off where there is more than that; none by default
 * @throws Error with a sentence then
 */
export async function bodyOf(
  response: Response,
  report: (fraction: number | null, detail: string) => void,
  limit?: Most
): Promise<Uint8Array> {
  // Under content encoding the header counts other bytes than the ones that arrive.
  const total = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  const chunks: Uint8Array[] = [];
  let received = 0;
  const inWords = newArrival(total);
  const reader = response.body!.getReader();
  const within = async (bytes: number) => {
    if (!limit || bytes <= limit.most) return;
    await reader.cancel();
    throw new Error(`${limit.name} has more than ${Math.round(limit.most / 2 ** 20)} MB, which is all that is fetched. ${limit.instead}`);
  };
  await within(total);
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    received += chunk.value.length;
    await within(received);
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
