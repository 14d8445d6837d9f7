import {bodyOf} from "./download.js";
import {nameInAddress} from "../media/address-name.js";

/** How much of another host's a fetch takes, and where to. */
export interface Limits {
  readonly bytes: number;
  readonly seconds: number;
  /** Whether it goes where the host sends it on to: before it has gone there, a browser does not tell where that is. */
  readonly follows: boolean;
}

/** Of a photo that an address names: whoever made the address may have chosen a host that sends on to any other. */
export const OF_A_PHOTO: Limits = {bytes: 64 * 2 ** 20, seconds: 30, follows: false};
/** Of a file of a model, whose address the reader typed, and sees it arrive and may cancel. Hosts of models keep the files elsewhere. */
export const OF_A_MODEL: Limits = {bytes: 2 ** 31, seconds: 3600, follows: true};

export interface Fetched {
  readonly bytes: Uint8Array;
  /** Its MIME type, as the host says; empty where it does not. */
  readonly type: string;
}

/**
 * Fetches a file of another host, which the reader asked for: nothing of this site or of the reader goes there, no cookie and no referrer.
 *
 * @param options.instead what the reader may do where it does not come
 * @param options.report called with how much of it is there, 0-1, null where the host does not say how much there will be; and in words
 * @param options.signal ends it
 * @throws Error with a sentence for the reader
 */
export async function fetchElsewhere(
  url: URL,
  {
    limits,
    instead,
    report = () => {},
    signal
  }: {
    readonly limits: Limits;
    readonly instead: string;
    report?(fraction: number | null, detail: string): void;
    readonly signal?: AbortSignal | undefined;
  }
): Promise<Fetched> {
  const name = nameInAddress(url);
  const late = AbortSignal.timeout(1000 * limits.seconds);
  const until = signal ? AbortSignal.any([signal, late]) : late;
  const inTime = () => {
    signal?.throwIfAborted();
    if (late.aborted) throw new Error(`${name} did not come from ${url.host} within ${limits.seconds} seconds. ${instead}`);
  };
  try {
    const redirect = limits.follows ? "follow" : "manual";
    const answer = fetch(url, {credentials: "omit", referrerPolicy: "no-referrer", redirect, signal: until});
    const response = await answer.catch((cause: unknown) => {
      inTime();
      throw new Error(`${url.host} cannot be reached, or does not let other sites read its files (CORS). ${instead}`, {cause});
    });
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400))
      throw new Error(
        `${url.host} does not have ${name} itself: it sends on to an address that it does not tell beforehand, where nothing was asked. ${instead}`
      );
    if (!response.ok)
      throw new Error(`${url.host} answered ${response.status}${response.status === 404 ? ", not found" : ""}: ${name}. ${instead}`);
    const type = response.headers.get("content-type") ?? "";
    if (/^text\/html\b/.test(type))
      throw new Error(`${url.href} is a web page, not a file. Give the address of the file itself, or download it and open it here.`);
    const {host} = response.redirected ? new URL(response.url) : url;
    const from = host === url.host ? "" : `from ${host}, to which ${url.host} sends on; `;
    const arrived = (fraction: number | null, detail: string) => report(fraction, from + detail);
    return {bytes: await bodyOf(response, arrived, {most: limits.bytes, name, instead}), type};
  } catch (error) {
    inTime();
    if (error instanceof TypeError) throw new Error(`${name} broke off on its way from ${url.host}. Try again. ${instead}`, {cause: error});
    throw error;
  }
}
