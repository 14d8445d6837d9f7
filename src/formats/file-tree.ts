/** Part of a file, in bytes: from `start` up to, without, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The files of a folder, wherever they are: on a disk, in an archive, or chosen in a page. */
export interface FileTree {
  /** Paths of all files, relative to the folder, separated by "/". */
  readonly paths: readonly string[];
  /** Bytes of one of them, or of a part of it. */
  read(path: string, range?: ByteRange): Promise<Uint8Array>;
}

/** The files below a folder of a tree, as a tree of their own; "" is the tree itself. */
export function subtree(tree: FileTree, folder: string): FileTree {
  if (folder === "") return tree;
  const prefix = `${folder}/`;
  return {
    paths: tree.paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length)),
    read: (path, range) => tree.read(prefix + path, range)
  };
}

/** The name of a file without its folders, e.g. "a.jpg". */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that a file lies in; "" is that of the tree. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The name of a file without folders and ending, e.g. "a". */
export function stemOf(path: string): string {
  return nameOf(path).replace(/\.[^.]+$/, "");
}

/** Whether a path that a file names leads out of the folder that the file lies in: to a root, a host or a folder above. */
export function leadsOut(path: string): boolean {
  return /^[/\\]|^[a-z][a-z0-9+.-]*:|\0|(^|[/\\])\.\.([/\\]|$)/i.test(path);
}
