import {BACKGROUND} from "../data/labels/index.js";
import type {ModelFacts} from "../engine/model.js";
import {isKeptId, keptId, keptUrl} from "../shelf/kept-address.js";
import {keptModels, labelsOf} from "../shelf/shelf.js";
import type {KeptModel} from "../shelf/shelf.js";
import {siteUrl} from "../site.js";
import {isVisiting, visiting} from "./visiting.js";

/** A model that can be chosen. */
export interface ListedModel extends ModelFacts {
  readonly id: string;
  readonly title: string;
}

/** A kept model as one that can be chosen. */
export function listedOf(kept: KeptModel): ListedModel {
  return {...kept.facts, ...labelsOf(kept), id: keptId(kept.sha256), title: kept.title};
}

/** The models that this build of the site serves, and after them those that the reader keeps in this browser. */
export async function withKept(built: Promise<readonly ListedModel[]>): Promise<ListedModel[]> {
  const called = (models: readonly ListedModel[], how: string) => models.map((model) => ({...model, title: `${model.title} (${how})`}));
  return [...(await built), ...called((await keptModels()).map(listedOf), "kept"), ...called(visiting(), "not kept")];
}

const PEOPLE_ALONE = [BACKGROUND, "person"];

/** Whether a model tells people from everything else, and nothing else. */
export function knowsPeopleAlone({classes}: ListedModel): boolean {
  return classes.join() === PEOPLE_ALONE.join();
}

/** The same models, those of the site that know people alone first: for pages whose pictures are of people. */
export function peopleFirst(models: readonly ListedModel[]): ListedModel[] {
  // What a reader keeps becomes no page's default, which addresses leave out.
  const isFirst = (model: ListedModel) => knowsPeopleAlone(model) && !isKeptId(model.id) && !isVisiting(model.id);
  return models.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
}

/** Address of a model's file by its id, for the engine. */
export function modelUrl(id: string): string {
  if (isVisiting(id)) return id;
  return isKeptId(id) ? keptUrl(id) : siteUrl(`data/models/${id}.safetensors`);
}
