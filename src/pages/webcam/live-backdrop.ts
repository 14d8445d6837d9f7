import type {DecodedPhoto} from "../../media/decode.js";
import {newTurns} from "../../lab/turns.js";
import type {LiveStream} from "./live-stream.js";

/** The picture that is put behind the subject. */
export interface LiveBackdrop {
  readonly isThere: boolean;
  /** Brings the site's own picture where there is none and none is on its way. @throws Error with a sentence where it cannot be had */
  want(): Promise<void>;
  /** Brings the reader's picture. @throws Error with a sentence where it cannot be decoded */
  bring(decode: () => Promise<DecodedPhoto>): Promise<void>;
  /** Sends the picture, if there is one, to the session that streams, if there is one. */
  send(): Promise<void>;
}

/**
 * @param options.own the site's own picture
 * @param options.stream the session that streams now
 * @param options.onChange called when another picture was sent
 */
export function liveBackdrop({
  own,
  stream,
  onChange
}: {
  own(): Promise<DecodedPhoto>;
  stream(): Pick<LiveStream, "backdrop"> | null;
  onChange(): void;
}): LiveBackdrop {
  let photo: Pick<DecodedPhoto, "canvas"> | null = null;
  /** What comes after another picture was wanted is let go. */
  const turns = newTurns();
  let isLoading = false;

  async function bring(decode: () => Promise<DecodedPhoto>): Promise<void> {
    const isLatest = turns.begin();
    isLoading = true;
    try {
      const decoded = await decode();
      if (!isLatest()) return;
      photo = decoded;
    } catch (reason) {
      if (isLatest()) throw reason;
      return;
    } finally {
      if (isLatest()) isLoading = false;
    }
    await send();
    onChange();
  }

  async function send(): Promise<void> {
    const to = stream();
    if (!photo || !to) return;
    const picture = await createImageBitmap(photo.canvas);
    if (to === stream()) to.backdrop(picture);
    else picture.close();
  }

  return {
    get isThere() {
      return photo !== null;
    },
    want: async () => (photo || isLoading ? undefined : bring(own)),
    bring,
    send
  };
}
