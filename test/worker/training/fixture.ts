/** A tiny training: photos of bright shapes on dark, a network with a value a class of its own, and a folder that can fail. */
import type {LabelledPhoto} from "../../../src/datasets/dataset.js";
import {seededValues} from "../../../src/engine/seeded.js";
import type {Folder} from "../../../src/shelf/folder.js";
import {memoryFolder} from "../../../src/shelf/memory-folder.js";
import {NO_AUGMENTATION} from "../../../src/train/augment.js";
import {withNewClasses} from "../../../src/train/classes.js";
import {photosIn} from "../../../src/worker/training/photos.js";
import type {StartingTraining} from "../../../src/worker/training/session.js";
import type {TrainingSettings} from "../../../src/worker/training-messages.js";
import {startModel} from "../../train/fixture.js";

const SIDE = 33;
const SHAPES = {
  classes: ["background", "shape"],
  palette: [
    [0, 0, 0],
    [200, 0, 0]
  ]
} as const;

export const SETTINGS: TrainingSettings = {
  modelUrl: "start.safetensors",
  backend: "wasm",
  val: {share: 0.25},
  frozen: "backbone",
  decoder: "own",
  outputStride: 16,
  crop: SIDE,
  photoSide: SIDE,
  batch: 2,
  steps: 6,
  optimiser: {kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01},
  rate: {base: 0.01, power: 0.9, warmUp: 2},
  augmentation: {...NO_AUGMENTATION, flip: true},
  seed: 3,
  measureEvery: 2
};

/** Each photo holds a disc in a place of its own. */
function photo(index: number): LabelledPhoto {
  const id = `photo${index}`;
  return {
    id,
    photo: {name: `${id}.png`, bytes: () => Promise.resolve(Uint8Array.of(index))},
    labels: {name: `${id}.png`, draw: () => Promise.resolve({width: SIDE, height: SIDE, ids: idsOf(index)})}
  };
}

function idsOf(index: number): Uint8Array {
  const [x, y] = [10 + 5 * (index % 4), 11 + 3 * (index % 3)];
  return Uint8Array.from({length: SIDE * SIDE}, (_, i) => Number(Math.hypot((i % SIDE) - x, Math.floor(i / SIDE) - y) < 13));
}

async function decode([index]: Uint8Array) {
  const noise = seededValues(index!, SIDE * SIDE * 3);
  const ids = idsOf(index!);
  const values = Uint8Array.from(noise, (value, i) => 60 + 20 * value + 130 * ids[Math.floor(i / 3)]!);
  return {width: SIDE, height: SIDE, channels: 3 as const, values};
}

/** @param broken number of one that is no picture */
export function photos(train: number, val: number, broken = -1) {
  const sound = async (bytes: Uint8Array) => {
    if (bytes[0] === broken) throw new Error(`The photo photo${broken}.png cannot be decoded.`);
    return decode(bytes);
  };
  const how = {longest: SIDE, classes: 2, decode: sound, budget: {bytes: 1e6}};
  const items = Array.from({length: train + val}, (_, index) => photo(index));
  return {train: photosIn(items.slice(0, train), how), val: photosIn(items.slice(train), how)};
}

export async function starting(settings: TrainingSettings, {train, val}: ReturnType<typeof photos>): Promise<StartingTraining> {
  const {model, fresh, carried, added} = withNewClasses(await startModel({decoder: true}), SHAPES, 1);
  const said = {
    ...{id: "t", title: "Shapes", begun: 1, changed: 1, settings, from: "drawn shapes", source: "here", list: "train"},
    ...{classes: SHAPES.classes, classWeights: null, step: 0, best: null},
    photos: {train: train.count, val: val.count},
    ids: {train: train.ids, val: val.ids},
    fresh: {weights: fresh, carried, added}
  };
  return {said, model, state: null, best: undefined, course: {steps: [], measured: [], best: null, resumed: [], overfittingSince: null}};
}

/** A folder in memory whose writes fail while `fails` says so, by the file's name. */
export function failingFolder(): Folder & {fails(name: string): boolean} {
  const folder = memoryFolder();
  return {
    ...folder,
    fails: () => false,
    async write(name, content) {
      if (this.fails(name)) throw new DOMException("The browser ended.", "QuotaExceededError");
      await folder.write(name, content);
    }
  };
}
