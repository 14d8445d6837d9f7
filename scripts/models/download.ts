import {readFile} from "node:fs/promises";
import path from "node:path";

/** Nothing that is imported here comes near this; a wrong address must not fill the memory. */
const MAXIMUM_BYTES = 2 ** 30;

/** How far a download has come: bytes, and how many there will be (null where the server does not say). */
export type OnProgress = (received: number, total: number | null) => void;

export interface DownloadOptions {
  /** Folder in which the last segment of the address is looked for first. */
  readonly mirror?: string | undefined;
  /** Milliseconds until the server must have begun to answer; 30 s by default. */
  readonly connectMs?: number;
  /** Milliseconds for everything; no limit by default. */
  readonly totalMs?: number;
  readonly onProgress?: OnProgress;
}

const CONNECT_MS = 30_000;

/**
 * Fetches a file, from the mirror folder where it is there, else from its address.
 *
 * @throws Error with a sentence that says what failed and what to do
 */
export async function download(
  url: string,
  {mirror, connectMs = CONNECT_MS, totalMs, onProgress = () => {}}: DownloadOptions = {}
): Promise<Uint8Array> {
  const name = lastSegment(url);
  if (mirror !== undefined) {
    const found = await readFile(path.join(mirror, name)).catch(() => null);
    if (found) return found;
  }
  const aborter = new AbortController();
  const give = (up: string) => () => aborter.abort(new Error(up));
  const timers = [setTimeout(give(`no answer within ${connectMs / 1000} s`), connectMs)];
  if (totalMs !== undefined) timers.push(setTimeout(give(`not complete within ${totalMs / 1000} s`), totalMs));
  try {
    const response = await fetch(url, {signal: aborter.signal});
    clearTimeout(timers[0]);
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    return await collect(response, response.body, onProgress);
  } catch (error) {
    throw new Error(
      `${name} could not be fetched from ${new URL(url).host} (${reasonOf(error)}); check the connection, or set DEEPLAB_MIRROR to a folder that holds ${name}.`,
      {cause: error}
    );
  } finally {
    timers.forEach(clearTimeout);
  }
}

/** The file name at the end of an address. */
export function lastSegment(url: string): string {
  return decodeURIComponent(path.posix.basename(new URL(url).pathname));
}

async function collect(response: Response, body: ReadableStream<Uint8Array>, onProgress: OnProgress): Promise<Uint8Array> {
  // Under content encoding the header counts other bytes than the ones that arrive.
  const announced = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    received += chunk.length;
    if (received > MAXIMUM_BYTES) throw new Error(`it is larger than ${MAXIMUM_BYTES} bytes`);
    onProgress(received, announced || null);
  }
  if (announced && received !== announced) throw new Error(`it broke off after ${received} of ${announced} bytes`);
  return Buffer.concat(chunks);
}

/** Node wraps the reason of a failed fetch, sometimes twice. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const {code} = error as NodeJS.ErrnoException;
  if (code) return code;
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
