import {BACKGROUND} from "../data/labels/index.js";
import {siteUrl} from "../site.js";

/** A model that this build of the site serves. */
export interface ListedModel {
  readonly id: string;
  readonly title: string;
  /** Size of its file in bytes. */
  readonly bytes: number;
  readonly license: string;
  readonly source: string;
  readonly measured: string;
  readonly classes: readonly string[];
  /** Whether it has a v3+ decoder. */
  readonly hasDecoder: boolean;
  /** What a DeepLab v3+ has and this one has not, and that it knows one class only, in sentences; empty where nothing is missing. */
  readonly lacks: string;
}

const PEOPLE_ALONE = [BACKGROUND, "person"];

/** Whether a model tells people from everything else, and nothing else. */
export function knowsPeopleAlone({classes}: ListedModel): boolean {
  return classes.join() === PEOPLE_ALONE.join();
}

/** The same models, those that know people alone first: for pages whose pictures are of people. */
export function peopleFirst(models: readonly ListedModel[]): ListedModel[] {
  return models.toSorted((a, b) => Number(knowsPeopleAlone(b)) - Number(knowsPeopleAlone(a)));
}

/** Address of a model's file by its id. */
export function modelUrl(id: string): string {
  return siteUrl(`data/models/${id}.safetensors`);
}
