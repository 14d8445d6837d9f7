import type {GivenFile} from "../worker/given-files.js";

/** Files that were chosen, with the folder that they were chosen in. */
export function chosenFiles(files: readonly File[]): GivenFile[] {
  return files.map((content) => ({path: content.webkitRelativePath || content.name, content}));
}

/**
 * The files that were dropped, those in dropped folders too.
 *
 * @param data is asked at once: after the event it is empty
 */
export async function droppedFiles(data: DataTransfer): Promise<GivenFile[]> {
  const entries = [...data.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null)).filter((entry) => entry !== null);
  if (entries.length === 0) return chosenFiles([...data.files]);
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<GivenFile[]> {
  if (entry.isFile) {
    const content = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{path: entry.fullPath.replace(/^\//, ""), content}];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: FileSystemEntry[] = [];
  // A reader gives a part at a time, and nothing when there is no more.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map(filesOf))).flat();
}
