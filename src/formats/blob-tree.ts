import type {FileTree} from "./file-tree.js";

/** Files that were chosen or dropped, as a tree; each is read when it is asked for. @param files with the folders that they came in */
export function blobTree(files: readonly {readonly path: string; readonly content: Blob}[]): FileTree {
  const contents = new Map(files.map(({path, content}) => [path, content]));
  return {
    paths: [...contents.keys()],
    async read(path, range) {
      const content = contents.get(path)!;
      try {
        return new Uint8Array(await (range ? content.slice(range.start, range.end) : content).arrayBuffer());
      } catch (error) {
        throw new Error(`${path} cannot be read: it was moved or changed since it was chosen. Choose the folder again.`, {cause: error});
      }
    }
  };
}
