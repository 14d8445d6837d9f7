import type {Sample} from "../../../data/samples/samples.js";
import type {Photo} from "../../../engine/photo.js";
import {fetchSample} from "../../../lab/photo-choice.js";
import {covering} from "../../../media/picture.js";

/** A sample that something is taken from for another photo, at that one's size. */
export interface Donor {
  readonly name: string;
  readonly photo: Photo;
}

/** Finds donors. The last one is kept, so that another run on the same two photos is on the very same pixels. */
export function donors(samples: readonly Sample[]): (sample: string, photo: Photo) => Promise<Donor> {
  let kept: {readonly sample: string; readonly of: Photo; readonly donor: Donor} | null = null;
  return async (sample, of) => {
    if (kept?.sample === sample && kept.of === of) return kept.donor;
    const found = await fetchSample(samples, sample);
    const donor = {name: found.name, photo: covering(found, of)};
    kept = {sample, of, donor};
    return donor;
  };
}
