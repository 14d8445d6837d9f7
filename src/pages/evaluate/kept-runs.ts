import type {ModelCard} from "../../engine/model.js";
import type {PhotoPadding} from "../../engine/preprocess.js";
import type {Averaging} from "../../engine/averaging.js";
import type {BoundaryDistance} from "../../evaluate/boundary.js";
import {sha256} from "../../formats/sha256.js";
import type {ListedModel} from "../../lab/model-list.js";
import type {Folder} from "../../shelf/folder.js";
import type {ChosenSplit} from "../../lab/datasets/dataset-panel.js";
import {nameOf} from "../../lab/datasets/name-of.js";
import type {MeasureChoice, MeasuredPhoto} from "../../worker/measure-messages.js";
import type {BackendId} from "../../worker/protocol.js";

/** How a list was measured. */
export interface RunSetting {
  readonly outputStride: number;
  readonly inputSize: number | null;
  readonly padding: PhotoPadding;
  readonly averaging?: Averaging;
  readonly boundaryDistance: BoundaryDistance;
}

/** What was measured of a list so far: plain JSON, from which all figures follow. */
export interface KeptRun {
  /** SHA-256 of what it is: data set, list, model and setting. */
  readonly key: string;
  readonly dataset: string;
  readonly split: string;
  readonly model: Pick<ModelCard, "classes" | "palette"> & {readonly id: string; readonly title: string};
  readonly backend: BackendId;
  readonly setting: RunSetting;
  /** Names of the list's photos. */
  readonly ids: readonly string[];
  /** What was measured of each, in the same order; null where nothing was yet. */
  readonly photos: readonly (MeasuredPhoto | null)[];
  /** When it was kept last, milliseconds since 1970. */
  readonly saved: number;
}

/** A run of which nothing is measured. */
export async function newRun(
  chosen: ChosenSplit,
  {id, title, classes, palette, bytes, measured}: ListedModel,
  {modelUrl: _, backend, averaging, outputStride, inputSize, padding, boundaryDistance}: MeasureChoice
): Promise<KeptRun> {
  const {
    mends,
    split,
    checked: {ids}
  } = chosen;
  const dataset = nameOf(chosen);
  const setting = {outputStride, inputSize, padding, ...(averaging && {averaging}), boundaryDistance};
  // A model of the site may be another under the same name some day.
  const said = {dataset, split, mends, ids, model: {id, bytes, measured}, backend, setting};
  const key = await sha256(new TextEncoder().encode(JSON.stringify(said)));
  return {key, dataset, split, model: {id, title, classes, palette}, backend, setting, ids, photos: ids.map(() => null), saved: 0};
}

/** How many photos of a run are measured. */
export function measuredCount({photos}: Pick<KeptRun, "photos">): number {
  return photos.filter((photo) => photo !== null).length;
}

/** Runs that are kept in this browser. */
export interface RunShelf {
  /** The last one first; what is damaged is left out. */
  list(): Promise<KeptRun[]>;
  /** @throws DOMException "QuotaExceededError" where the browser gives no more room */
  keep(run: KeptRun): Promise<void>;
  remove(run: Pick<KeptRun, "key">): Promise<void>;
}

/** Its folder. */
export const RUNS_FOLDER = "measurements";
const ENDING = ".json";

export function runsIn(folder: Folder): RunShelf {
  return {
    async list() {
      const names = (await folder.names()).filter((name) => name.endsWith(ENDING));
      const runs = await Promise.all(names.map(async (name) => parsed(await folder.read(name))));
      return runs.filter((run) => run !== null).sort((a, b) => b.saved - a.saved);
    },
    keep: (run) => folder.write(run.key + ENDING, new Blob([JSON.stringify(run)])),
    remove: ({key}) => folder.remove(key + ENDING)
  };
}

async function parsed(file: Blob | null): Promise<KeptRun | null> {
  try {
    const run = JSON.parse((await file?.text()) ?? "null") as KeptRun | null;
    return run && run.ids.length === run.photos.length && run.model.classes.length > 0 ? run : null;
  } catch {
    return null;
  }
}
