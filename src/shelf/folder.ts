/** A place for whole files in this browser. Names are plain: letters, digits, ".", "_" and "-". */
export interface Folder {
  /** Where it is: a folder of files, the browser's database where it gives sites none, or this page's memory. */
  readonly kind: "files" | "database" | "memory";
  names(): Promise<string[]>;
  /** A file, or null where there is none of this name. */
  read(name: string): Promise<Blob | null>;
  /**
   * Writes a file whole or not at all: where that fails, what was there before stays.
   *
   * @throws DOMException "QuotaExceededError" where the browser gives no more room
   */
  write(name: string, content: Blob): Promise<void>;
  /** Removes a file; one that is not there is removed already. */
  remove(name: string): Promise<void>;
}
