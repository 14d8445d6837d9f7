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
  /** What a DeepLab v3+ has and this one has not, as a sentence; empty where nothing is missing. */
  readonly lacks: string;
}

/** Address of a model's file by its id. */
export function modelUrl(id: string): string {
  return siteUrl(`data/models/${id}.safetensors`);
}
