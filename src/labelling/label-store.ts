import type {Mask} from "../formats/mask-picture.js";
import type {Folder} from "../shelf/folder.js";
import {memoryFolder} from "../shelf/memory-folder.js";
import {openFolder} from "../shelf/open-folder.js";
import {readMaskFile} from "./mask-file.js";
import {parseProject} from "./project.js";
import type {Project, ProjectPhoto} from "./project.js";

/** The labelling projects of this browser. Whatever fails, what is there stays. */
export interface LabelStore {
  /** Where they are; in memory alone where the browser lets the site keep nothing. */
  readonly kind: Folder["kind"];
  /** The newest first; what is damaged is left out. */
  projects(): Promise<Project[]>;
  /** Keeps what is said of a project. @throws Error with a sentence for the reader */
  write(project: Project): Promise<void>;
  /** Removes a project with its photos and labels. */
  remove(project: Project): Promise<void>;
  /** The file of a photo. @throws Error with a sentence for the reader where it is gone */
  photo(project: Project, photo: ProjectPhoto): Promise<Blob>;
  /** @throws Error with a sentence for the reader */
  writePhoto(project: Project, photo: Pick<ProjectPhoto, "key">, file: Blob): Promise<void>;
  /** The labels of a photo; null where there are none. @throws Error with a sentence for the reader where they are damaged */
  mask(project: Project, photo: ProjectPhoto): Promise<Mask | null>;
  /** Keeps the file of a photo's labels; null for none. @throws Error with a sentence for the reader */
  writeMask(project: Project, photo: ProjectPhoto, file: Blob | null): Promise<void>;
  /** Keys of the photos that have labels. */
  labelled(project: Project): Promise<ReadonlySet<string>>;
  /** Removes a photo's files. */
  removePhoto(project: Project, photo: Pick<ProjectPhoto, "key">): Promise<void>;
}

const FOLDER = "labels";
const SAID = ".json";
const PHOTO = ".photo";
const MASK = ".mask";

/** The labelling projects of this browser. */
export async function openLabelStore(): Promise<LabelStore> {
  return labelStoreIn((await openFolder(FOLDER)) ?? memoryFolder());
}

/** Labelling projects in a folder: a file for each, and two for each of its photos. */
export function labelStoreIn(folder: Folder): LabelStore {
  const nameOf = ({id}: Project, {key}: Pick<ProjectPhoto, "key">, ending: string) => `${id}-${key}${ending}`;

  return {
    kind: folder.kind,
    async projects() {
      const names = (await folder.names()).filter((name) => name.endsWith(SAID));
      const read = await Promise.all(names.map(async (name) => parseProject((await (await folder.read(name))?.text()) ?? "")));
      return read.filter((project) => project !== null).sort((a, b) => b.begun - a.begun);
    },
    write: (project) => inWords(folder.write(project.id + SAID, new Blob([JSON.stringify(project)]))),
    async remove(project) {
      // What is said of it first: photos alone are listed nowhere.
      await folder.remove(project.id + SAID);
      const files = (await folder.names()).filter((name) => name.startsWith(`${project.id}-`));
      await Promise.all(files.map((name) => folder.remove(name)));
    },
    async photo(project, photo) {
      const file = await folder.read(nameOf(project, photo, PHOTO));
      if (!file) throw new Error(`The photo ${photo.id} is no longer kept in this browser.`);
      return file;
    },
    writePhoto: (project, photo, file) => inWords(folder.write(nameOf(project, photo, PHOTO), file)),
    async mask(project, photo) {
      const file = await folder.read(nameOf(project, photo, MASK));
      return file && readMaskFile(new Uint8Array(await file.arrayBuffer()));
    },
    writeMask: (project, photo, file) => {
      const name = nameOf(project, photo, MASK);
      return inWords(file ? folder.write(name, file) : folder.remove(name));
    },
    async labelled(project) {
      const names = new Set(await folder.names());
      return new Set(project.photos.filter((photo) => names.has(nameOf(project, photo, MASK))).map(({key}) => key));
    },
    async removePhoto(project, photo) {
      await folder.remove(nameOf(project, photo, PHOTO));
      await folder.remove(nameOf(project, photo, MASK));
    }
  };
}

async function inWords<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    const {name, message} = error as Error;
    throw new Error(
      name === "QuotaExceededError"
        ? "This browser has no more room for this site. What you see stays as long as this page is open, but is not kept: " +
            "save the project as a file, or make room by removing photos, projects or kept models. The next stroke tries again."
        : `The browser could not keep it: ${message}`,
      {cause: error}
    );
  }
}
