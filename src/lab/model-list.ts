import {BACKGROUND} from "../data/labels/index.js";
import type {ModelFacts} from "../engine/model.js";
import {siteUrl} from "../site.js";

/** A model that can be chosen. */
export interface ListedModel extends ModelFacts {
  readonly id: string;
  readonly title: string;
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
