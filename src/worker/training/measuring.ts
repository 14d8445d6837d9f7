import type {Network} from "../../engine/network.js";
import type {StepWeights} from "../../engine/weights.js";
import {scoreOf, scorePhoto} from "../../train/measure.js";
import type {MeasureSetting, PhotoScore, Score} from "../../train/measure.js";
import type {PhotoAndMask} from "../../train/smaller.js";
import type {CostlyPhoto} from "../training-messages.js";
import type {NamedPhotos} from "./photos.js";

/** Photos that are learnt from are measured beside the others: as many as those, and no more than so many. */
const MOST_LEARNT = 12;
const COSTLY = 6;
const WATCHED = 3;

/** A photo that is measured. */
interface Place {
  readonly list: "train" | "val";
  readonly place: number;
}

interface Found extends Place, PhotoScore, Pick<PhotoAndMask, "mask"> {
  readonly id: string;
}

/** The photos of a training that are measured, one after the other. */
export interface Measuring {
  /** How many photos are measured each time. */
  readonly count: number;
  /** Those whose masks are shown. */
  readonly watched: readonly Place[];
  /** Begins anew: what was found of some photos is forgotten. */
  restart(): void;
  /** Measures the next photo. @returns how many are done; all: then `results` tells */
  next(network: Network, weights: StepWeights): Promise<number>;
  /** What was found of all. */
  results(classes: number): MeasuringResults;
}

export interface MeasuringResults {
  readonly train: Score;
  readonly val: Score | null;
  readonly masks: readonly Uint8Array[];
  readonly costly: readonly CostlyPhoto[];
}

/** How many of the photos that are learnt from are measured. */
export function learntMeasured(train: number, val: number): number {
  return Math.min(train, MOST_LEARNT, val > 0 ? val : MOST_LEARNT);
}

export function newMeasuring(photos: {readonly train: NamedPhotos; readonly val: NamedPhotos}, setting: MeasureSetting): Measuring {
  const {train, val} = photos;
  const learnt = learntMeasured(train.count, val.count);
  // Spread over the list: photos of one kind often stand together.
  const ofTrain = Array.from({length: learnt}, (_, i): Place => ({list: "train", place: Math.floor((i * train.count) / learnt)}));
  const ofVal = Array.from({length: val.count}, (_, place): Place => ({list: "val", place}));
  const all = [...ofVal, ...ofTrain];
  const watched = (ofVal.length > 0 ? ofVal : ofTrain).slice(0, WATCHED);
  let found: Found[] = [];

  return {
    count: all.length,
    watched,
    restart: () => (found = []),
    async next(network, weights) {
      const {list, place} = all[found.length]!;
      const photo = await photos[list].read(place);
      found.push({list, place, id: photos[list].ids[place]!, mask: photo.mask, ...(await scorePhoto(network, weights, photo, setting))});
      return found.length;
    },
    results(classes) {
      const of = (wanted: Place["list"]) => found.filter(({list}) => list === wanted);
      const costly = found
        .toSorted((a, b) => b.loss - a.loss)
        .slice(0, COSTLY)
        .map(({list, place, id, loss, ...one}) => ({list, place, id, loss, meanIoU: scoreOf(classes, [{loss, ...one}]).meanIoU}));
      // The first so many of those that are shown are the first found, in either list.
      const masks = found
        .filter((each) => watched.some(({list, place}) => each.list === list && each.place === place))
        .map(({labels}) => labels);
      return {train: scoreOf(classes, of("train")), val: ofVal.length > 0 ? scoreOf(classes, of("val")) : null, masks, costly};
    }
  };
}
