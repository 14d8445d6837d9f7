import type {Sample} from "../../../data/samples/samples.js";
import {fetchSample} from "../../../lab/photo-choice.js";
import {covering} from "../../../media/picture.js";
import type {DecodedPhoto} from "../../../media/decode.js";

type Covering = ReturnType<typeof covering>;
export type PhotosOf = ReturnType<typeof withOthers>;

/** Photos beside the reader's, which stay what they are for as long as that one does. */
export const OTHERS = 4;

/**
 * Finds samples other than the reader's photo to learn from with it, and brings all to one size. What was made last is kept.
 *
 * @returns the reader's photo first
 */
export function withOthers(samples: readonly Sample[]) {
  const fetched = new Map<string, Promise<DecodedPhoto>>();
  let kept: {readonly photo: DecodedPhoto; readonly key: string; readonly photos: readonly Covering[]} | null = null;
  return async (
    photo: DecodedPhoto,
    own: string,
    size: {readonly width: number; readonly height: number}
  ): Promise<readonly Covering[]> => {
    const key = `${size.width} ${size.height}`;
    if (kept?.photo === photo && kept.key === key) return kept.photos;
    const others = samples.filter(({id}) => id !== own).slice(0, OTHERS);
    const decoded = await Promise.all(
      others.map(({id}) => {
        const photo = fetched.get(id) ?? fetchSample(samples, id);
        fetched.set(id, photo);
        // What could not be had is asked for again.
        photo.catch(() => fetched.delete(id));
        return photo;
      })
    );
    const photos = [photo, ...decoded].map((each) => covering(each, size));
    kept = {photo, key, photos};
    return photos;
  };
}
