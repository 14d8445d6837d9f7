import type {Model, WeightMap} from "../../engine/model.js";
import {readModel, writeModel} from "../../importers/model-file.js";
import type {Folder} from "../../shelf/folder.js";
import {memoryFolder} from "../../shelf/memory-folder.js";
import {openFolder} from "../../shelf/open-folder.js";
import {readCheckpoint, writeCheckpoint} from "../../train/checkpoint.js";
import type {TrainingState} from "../../train/training.js";
import type {FreshWeights, KeptTraining, TrainingCourse} from "../training-messages.js";

/** What is kept of a training besides weights. */
export interface Said extends Omit<KeptTraining, "bytes"> {
  /** Ids of its photos, by which others are told from them. */
  readonly ids: {readonly train: readonly string[]; readonly val: readonly string[]};
  readonly fresh: FreshWeights;
  readonly classWeights: readonly number[] | null;
}

/** Where a training stands, to the bit. */
export interface Standing {
  readonly state: TrainingState;
  /** Of the weights that learn, those that did best. */
  readonly best: WeightMap | undefined;
  readonly course: TrainingCourse;
}

export interface StoredTraining extends Standing {
  readonly said: Said;
  /** What it started from. */
  readonly model: Model;
}

/** Something of a training could not be written. Its message is a sentence for the reader. */
export class NotKept extends Error {
  constructor(cause: unknown) {
    const {name, message} = cause as Error;
    const isFull = name === "QuotaExceededError";
    const why = isFull ? "has no more room for this site: delete kept trainings or models, then try again" : "could not keep the training";
    super(`The browser ${why}. (${message})`, {cause});
    this.name = "NotKept";
  }
}

/** The trainings of this browser. Whatever fails, the last checkpoint that was written whole stays. */
export interface TrainingStore {
  /** Whether they outlast the page. */
  readonly lasts: boolean;
  /** The last changed first; what is damaged is left out. */
  list(): Promise<KeptTraining[]>;
  /** Null where there is none. @throws Error with a sentence for the reader where it is damaged */
  find(id: string): Promise<StoredTraining | null>;
  /** Keeps the model that a training starts from, once. @throws NotKept */
  begin(id: string, model: Model): Promise<void>;
  /** Writes a checkpoint, and then lets it take the place of the one before. @throws NotKept */
  keep(said: Said, standing: Standing): Promise<void>;
  remove(id: string): Promise<void>;
  /**
   * Ids of what is here and can be no training again: the browser ended while it was begun, or removed, or its checkpoint is gone. It may
   * be being begun or kept at this moment.
   */
  orphans(): Promise<string[]>;
}

const FOLDER = "trainings";
const SAID = ".json";

/** What stands in a training's file: with it a checkpoint is the last. */
interface File {
  readonly said: Said;
  /** Name of the checkpoint's file. */
  readonly checkpoint: string;
  /** Of the model that it starts from, and of the checkpoint. */
  readonly bytes: {readonly model: number; readonly checkpoint: number};
}

/** The trainings of this browser; in memory alone where it lets the site keep nothing. */
export async function openTrainingStore(): Promise<TrainingStore> {
  const folder = await openFolder(FOLDER);
  return trainingStoreIn(folder ?? memoryFolder(), folder !== null);
}

/**
 * Trainings in a folder: for each what is said of it, the model that it starts from, and its last checkpoint.
 *
 * @param lasts whether the folder outlasts the page
 */
export function trainingStoreIn(folder: Folder, lasts = true): TrainingStore {
  const modelFile = (id: string) => `${id}-start.safetensors`;
  const write = async (name: string, content: Uint8Array | string) => {
    try {
      await folder.write(name, new Blob([content as BlobPart]));
    } catch (error) {
      throw new NotKept(error);
    }
  };
  const bytesOf = async (name: string) => {
    const file = await folder.read(name);
    if (!file) throw new Error("A part of this training is no longer kept in this browser: delete it, and begin anew.");
    return new Uint8Array(await file.arrayBuffer());
  };
  const fileOf = async (name: string): Promise<File | null> => {
    try {
      const file = JSON.parse((await (await folder.read(name))?.text()) ?? "null") as File | null;
      return file && typeof file.said.id === "string" && typeof file.checkpoint === "string" ? file : null;
    } catch {
      return null;
    }
  };

  const listed = async (names: readonly string[]): Promise<File[]> => {
    const files = await Promise.all(names.filter((name) => name.endsWith(SAID)).map(fileOf));
    return files.filter((file) => file !== null && names.includes(file.checkpoint)) as File[];
  };

  return {
    lasts,
    list: async () => (await listed(await folder.names())).map(keptOf).sort((a, b) => b.changed - a.changed),
    async find(id) {
      const file = await fileOf(id + SAID);
      if (!file) return null;
      const {state, settings, best} = readCheckpoint(await bytesOf(file.checkpoint));
      return {said: file.said, model: readModel(await bytesOf(modelFile(id))), state, best, course: JSON.parse(settings) as TrainingCourse};
    },
    begin: (id, model) => write(modelFile(id), writeModel(model)),
    async keep(said, {state, best, course}) {
      const before = await fileOf(said.id + SAID);
      // Never over the one that counts: until the switch it is the last that is whole.
      const [one, other] = [`${said.id}-0.checkpoint`, `${said.id}-1.checkpoint`];
      const checkpoint = before?.checkpoint === one ? other : one;
      const bytes = writeCheckpoint({state, settings: JSON.stringify(course), ...(best && {best})});
      await write(checkpoint, bytes);
      const model = before?.bytes.model ?? (await folder.read(modelFile(said.id)))?.size ?? 0;
      const file: File = {said, checkpoint, bytes: {model, checkpoint: bytes.length}};
      await write(said.id + SAID, JSON.stringify(file));
      if (before && before.checkpoint !== checkpoint) await folder.remove(before.checkpoint);
    },
    async remove(id) {
      // What is said of it first: the others alone are listed nowhere.
      await folder.remove(id + SAID);
      const files = (await folder.names()).filter((name) => name.startsWith(`${id}-`));
      await Promise.all(files.map((name) => folder.remove(name)));
    },
    async orphans() {
      const names = await folder.names();
      const ids = [...new Set(names.flatMap((name) => /^[^-.]+/.exec(name) ?? []))];
      const isOrphan = await Promise.all(
        ids.map(async (id) => {
          if (!names.includes(id + SAID)) return true;
          // One that cannot be read today may be tomorrow.
          const file = await fileOf(id + SAID);
          return file !== null && !names.includes(file.checkpoint);
        })
      );
      return ids.filter((_, place) => isOrphan[place]);
    }
  };
}

function keptOf({said: {ids: _ids, fresh: _fresh, classWeights: _weights, ...said}, bytes}: File): KeptTraining {
  return {...said, bytes: bytes.model + bytes.checkpoint};
}
