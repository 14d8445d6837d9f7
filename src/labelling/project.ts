import {BACKGROUND} from "../data/labels/index.js";
import {vocPalette} from "../data/labels/voc.js";
import type {Colour} from "../datasets/colours.js";
import {stemOf} from "../formats/file-tree.js";
import {IGNORE} from "../formats/mask-picture.js";

/** A class of a project. */
export interface LabelClass {
  /** What stands for it in the project's label maps; no other class of the project ever has it. */
  readonly id: number;
  readonly name: string;
  readonly colour: Colour;
  /** Its pixels count as undecided until it is brought back. */
  readonly isRemoved?: boolean;
}

/** A photo of a project. */
export interface ProjectPhoto {
  /** Names its files; letters and digits. */
  readonly key: string;
  /** As data sets name it, no two alike: its file's name without the ending. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** What its file is. */
  readonly ending: "jpg" | "png";
}

/** What becomes of pixels that nobody labelled when the project is saved as a data set. */
export const UNLABELLED = ["background", "ignored"] as const;

/** Photos that belong together, and the classes that are told apart in them. */
export interface Project {
  /** Letters and digits. */
  readonly id: string;
  readonly title: string;
  /** When it was begun, milliseconds since 1970. */
  readonly begun: number;
  /** The first is the background; it cannot be removed. */
  readonly classes: readonly LabelClass[];
  readonly unlabelled: (typeof UNLABELLED)[number];
  readonly photos: readonly ProjectPhoto[];
}

const MOST_CLASSES = IGNORE;

/** A project with nothing in it but the background. */
export function newProject(title: string, id: string, begun: number): Project {
  return {id, title, begun, unlabelled: "background", photos: [], classes: [{id: 0, name: BACKGROUND, colour: vocPalette(1)[0]!}]};
}

/** The classes that are there. */
export function classesOf({classes}: Pick<Project, "classes">): LabelClass[] {
  return classes.filter(({isRemoved = false}) => !isRemoved);
}

/** A class by its name, whatever its letters' case; undefined where there is none. */
export function classNamed(project: Project, name: string): LabelClass | undefined {
  return classesOf(project).find((each) => alike(each.name, name));
}

/**
 * The project with one more class; one of that name that was removed comes back.
 *
 * @param colour by default the first of VOC's that no class has
 * @throws Error with a sentence for the reader: no name, a name that is there, or too many classes
 */
export function withClass(project: Project, name: string, colour?: Colour): Project {
  const wanted = freeName(project, name);
  const removed = project.classes.find((each) => each.isRemoved && alike(each.name, wanted));
  if (removed) return withClassBack(project, removed.id);
  const id = 1 + Math.max(...project.classes.map((each) => each.id));
  if (id >= MOST_CLASSES) throw new Error(`A project has ${MOST_CLASSES} classes at most, those counted that were removed.`);
  const used = new Set(project.classes.map((each) => each.colour.join()));
  const free = vocPalette(MOST_CLASSES).find((each) => !used.has(each.join()))!;
  return {...project, classes: [...project.classes, {id, name: wanted, colour: colour && !used.has(colour.join()) ? colour : free}]};
}

/** The project with a class under another name. @throws Error with a sentence for the reader: no name, or one that is there */
export function withClassName(project: Project, id: number, name: string): Project {
  return changedClass(project, id, {name: freeName(project, name, id)});
}

/** The project with a class in another colour. */
export function withClassColour(project: Project, id: number, colour: Colour): Project {
  return changedClass(project, id, {colour});
}

/** The project without a class; its pixels stay, undecided, until it comes back. @throws Error for the background */
export function withoutClass(project: Project, id: number): Project {
  if (id === project.classes[0]!.id) throw new Error("The first class is what is left over; it can be renamed, but not removed.");
  return changedClass(project, id, {isRemoved: true});
}

/** The project with a class that was removed. @throws Error with a sentence for the reader where another has its name by now */
export function withClassBack(project: Project, id: number): Project {
  const {isRemoved: _, ...kept} = project.classes.find((each) => each.id === id)!;
  freeName(project, kept.name, id);
  return {...project, classes: project.classes.map((each) => (each.id === id ? kept : each))};
}

/** The project with one more photo. @param photo `name` is its file's; where another photo has that, a number is added */
export function withPhoto(project: Project, {name, ...photo}: Omit<ProjectPhoto, "id"> & {readonly name: string}): Project {
  const stem = stemOf(name).trim().replace(/[\\/]/g, "_") || "photo";
  const taken = new Set(project.photos.map(({id}) => id));
  let id = stem;
  for (let number = 2; taken.has(id); number++) id = `${stem}_${number}`;
  return {...project, photos: [...project.photos, {...photo, id}]};
}

/** The project without a photo. */
export function withoutPhoto(project: Project, key: string): Project {
  return {...project, photos: project.photos.filter((photo) => photo.key !== key)};
}

/**
 * What each id of a project's label maps is in a data set: the place of its class in the list; for what is undecided or was removed 255,
 * or the background where that is what unlabelled pixels are.
 */
export function idsInDataset(project: Project): Uint8Array {
  const ids = new Uint8Array(IGNORE + 1).fill(project.unlabelled === "background" ? 0 : IGNORE);
  classesOf(project).forEach((each, index) => (ids[each.id] = index));
  return ids;
}

/** What a project's file says; null where it says nothing that is whole. */
export function parseProject(text: string): Project | null {
  try {
    const {id, title, begun, classes, unlabelled, photos} = JSON.parse(text) as Project;
    const isWhole =
      typeof id === "string" &&
      typeof title === "string" &&
      typeof begun === "number" &&
      UNLABELLED.includes(unlabelled) &&
      classes.length > 0 &&
      classes.every((each) => Number.isInteger(each.id) && typeof each.name === "string" && each.colour.length === 3) &&
      photos.every(({key, width, height}) => typeof key === "string" && width > 0 && height > 0);
    return isWhole ? {id, title, begun, classes, unlabelled, photos} : null;
  } catch {
    return null;
  }
}

function changedClass(project: Project, id: number, change: Partial<LabelClass>): Project {
  return {...project, classes: project.classes.map((each) => (each.id === id ? {...each, ...change} : each))};
}

function freeName(project: Project, name: string, own?: number): string {
  const wanted = name.trim();
  if (wanted === "") throw new Error("A class needs a name.");
  if (classesOf(project).some((each) => each.id !== own && alike(each.name, wanted))) {
    throw new Error(`There is a class “${wanted}” already.`);
  }
  return wanted;
}

function alike(a: string, b: string): boolean {
  return a.toLowerCase() === b.trim().toLowerCase();
}
