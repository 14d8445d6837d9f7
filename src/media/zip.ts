import {downloadZip} from "client-zip";

/** Files as one zip, not compressed: pictures are that already. */
export function zipOf(files: readonly {readonly name: string; readonly content: Blob}[]): Promise<Blob> {
  const lastModified = new Date();
  return downloadZip(files.map(({name, content}) => ({name, input: content, size: content.size, lastModified}))).blob();
}
