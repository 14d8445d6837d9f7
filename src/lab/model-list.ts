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
