/** A file that a reader brings, with the folders that it came in. */
export interface GivenFile {
  readonly path: string;
  readonly content: Blob;
}

/** The files that a data set is in: a folder's, or one zip. An object is one data set: it is opened once, its list is sent once. */
export interface GivenFiles {
  readonly kind: "files of a data set";
  readonly files: readonly GivenFile[];
}
