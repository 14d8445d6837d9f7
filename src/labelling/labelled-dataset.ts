import type {DrawnLabels, LabelledPhoto, Split} from "../datasets/dataset.js";
import {VOC_PATHS, lines, maskFile} from "../datasets/write.js";
import type {FileTree} from "../formats/file-tree.js";
import type {Mask} from "../formats/mask-picture.js";
import type {Palette} from "../formats/label-colours.js";
import type {LabelStore} from "./label-store.js";
import {classesOf, idsInDataset} from "./project.js";
import type {Project} from "./project.js";

/** What a data set of a project's photos is made of. */
export interface LabelledProject {
  /** Photos that have no labels are left out. */
  readonly splits: readonly Split[];
  /** Names of the classes in the order of their ids. */
  readonly classes: readonly string[];
  readonly palette: Palette;
}

/**
 * A project as a data set, of which nothing is read yet.
 *
 * @param every of so many labelled photos one goes to the list "val", the others to "train"; 0 puts all into "train"
 * @throws Error with a sentence for the reader where no photo has labels
 */
export async function labelledProject(store: LabelStore, project: Project, every = 0): Promise<LabelledProject> {
  const labelled = await store.labelled(project);
  const ids = idsInDataset(project);
  const items = project.photos
    .filter(({key}) => labelled.has(key))
    .map((photo): LabelledPhoto => {
      const name = `${photo.id}.${photo.ending}`;
      const labels: DrawnLabels = {
        name: `${photo.id}.png`,
        async draw(): Promise<Mask> {
          const mask = await store.mask(project, photo);
          if (!mask) throw new Error(`The photo ${name} has no labels any more.`);
          return {...mask, ids: mask.ids.map((id) => ids[id]!)};
        }
      };
      const bytes = async () => new Uint8Array(await (await store.photo(project, photo)).arrayBuffer());
      return {id: photo.id, photo: {name, bytes}, labels};
    });
  if (items.length === 0) throw new Error("No photo of this project has labels yet.");
  const isVal = (index: number) => every > 0 && index % every === every - 1;
  const lists = [
    {name: "train", items: items.filter((_, index) => !isVal(index)), faults: []},
    {name: "val", items: items.filter((_, index) => isVal(index)), faults: []}
  ];
  const classes = classesOf(project);
  return {
    splits: lists.filter((list) => list.items.length > 0),
    classes: classes.map(({name}) => name),
    palette: classes.map(({colour}) => colour)
  };
}

/**
 * The files of a project in the VOC layout, as it is saved, to be read straight from where it is kept: photos and masks are read when they
 * are asked for.
 *
 * @throws Error with a sentence for the reader where no photo has labels
 */
export async function labelledTree(store: LabelStore, project: Project, every = 0): Promise<FileTree> {
  const {splits, classes, palette} = await labelledProject(store, project, every);
  const files = new Map<string, () => Promise<Uint8Array>>();
  for (const {name, items} of splits) {
    for (const item of items) {
      const {id, photo} = item;
      files.set(VOC_PATHS.photo(id, photo.name.slice(id.length + 1)), () => photo.bytes());
      files.set(VOC_PATHS.mask(id), () => maskFile(item, palette));
    }
    files.set(VOC_PATHS.list(name), () => Promise.resolve(lines(items.map(({id}) => id))));
  }
  files.set(VOC_PATHS.classes, () => Promise.resolve(lines(classes)));
  return {
    paths: [...files.keys()],
    async read(path, range) {
      const file = files.get(path);
      if (!file) throw new Error(`There is no file ${path}.`);
      const bytes = await file();
      return range ? bytes.subarray(range.start, range.end) : bytes;
    }
  };
}

/**
 * The same as files in memory, for what takes the files of a data set: photos as they are kept, masks that are made at once.
 *
 * @throws Error with a sentence for the reader where no photo has labels
 */
export async function labelledFiles(
  store: LabelStore,
  project: Project,
  every = 0
): Promise<{readonly files: readonly {readonly path: string; readonly content: Blob}[]} & Pick<LabelledProject, "classes" | "palette">> {
  const tree = await labelledTree(store, project, every);
  const files: {path: string; content: Blob}[] = [];
  for (const path of tree.paths) files.push({path, content: new Blob([(await tree.read(path)) as Uint8Array<ArrayBuffer>])});
  const classes = classesOf(project);
  return {files, classes: classes.map(({name}) => name), palette: classes.map(({colour}) => colour)};
}
