import {LESSONS} from "../lessons.js";
import {SAMPLES} from "./samples.js";
import type {Sample} from "./samples.js";

/** The samples, first the one that a page opens on where the reader has chosen no photo. */
export function samplesFor(address: string): readonly Sample[] {
  const first = LESSONS.find(({path}) => path === address)?.sample;
  return SAMPLES.toSorted((one, other) => Number(other.id === first) - Number(one.id === first));
}
