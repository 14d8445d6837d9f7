import type {Box} from "../../drawing/canvas.js";
import {hex} from "../../formats/sha256.js";
import type {LabelStore} from "../../labelling/label-store.js";
import {newProject, withPhoto, withoutPhoto} from "../../labelling/project.js";
import type {Project, ProjectPhoto} from "../../labelling/project.js";
import {saveQueue} from "../../labelling/save-queue.js";
import {openPhoto, readLabels} from "./open-photo.js";
import type {Labels, OpenPhoto} from "./open-photo.js";

/** A photo that is to join a project. */
export interface NewPhoto extends Pick<ProjectPhoto, "width" | "height" | "ending"> {
  /** Its file's name. */
  readonly name: string;
  readonly file: Blob;
}

/** The project and the photo that are open, and what is kept of them. */
export interface LabelSession {
  readonly store: LabelStore;
  project(): Project;
  /** Null while the project has none, or none was opened yet. */
  photo(): OpenPhoto | null;
  /** Opens another project, or begins one. */
  use(project: Project): void;
  begin(title: string): void;
  /** Changes what is said of the project, and keeps it. */
  change(project: Project): void;
  /**
   * Keeps a photo and adds it to the project.
   *
   * @param to id of the project that it is meant for
   * @returns its key
   * @throws Error with a sentence for the reader where it found no room, or another project is open by now
   */
  add(photo: NewPhoto, to: string): Promise<string>;
  /** Removes a photo with its labels; the open one is closed then. */
  remove(key: string): Promise<void>;
  /** Removes the project, whose photo is closed; it stays the one that is open until another is. */
  removeProject(): Promise<void>;
  /** @param isWanted asked once it is there @throws Error with a sentence for the reader */
  open(key: string, isWanted: () => boolean): Promise<void>;
  /** The labels of a photo of the project. @throws Error with a sentence for the reader */
  labels(photo: ProjectPhoto): Promise<Labels>;
  /** Labels of a part of the open photo have changed. */
  touch(part: Box): void;
  /** Keeps the labels of the open photo. */
  save(): void;
  /** Whether all is kept. */
  isSaved(): boolean;
  /** Waits until what was asked for is kept or has failed. */
  settled(): Promise<void>;
}

/** Photos whose strokes can still be undone when the reader comes back to them. */
const MOST_HISTORIES = 6;

/**
 * @param options.onLeave called before the open photo is closed: what is being drawn on it must end
 * @param options.onSaved called whenever something was kept, with null, or could not be, with what went wrong
 */
export function labelSession(
  store: LabelStore,
  project: Project,
  {onLeave, onSaved}: {onLeave(): void; onSaved(problem: unknown): void}
): LabelSession {
  const queue = saveQueue(onSaved);
  /** By key, the one that was used last at the end. */
  const histories = new Map<string, Labels>();
  let current: OpenPhoto | null = null;

  // `randomUUID` is missing where the site's address is not secure.
  const key = () => hex(crypto.getRandomValues(new Uint8Array(6)));
  async function labels(photo: ProjectPhoto): Promise<Labels> {
    const found = histories.get(photo.key) ?? (await readLabels(store, project, photo));
    histories.delete(photo.key);
    histories.set(photo.key, found);
    for (const [oldest] of histories) {
      if (histories.size <= MOST_HISTORIES || !queue.isSaved()) break;
      if (oldest !== current?.photo.key) histories.delete(oldest);
    }
    return found;
  }
  function turnTo(next: OpenPhoto | null): void {
    if (current) onLeave();
    current = next;
  }

  const session: LabelSession = {
    store,
    project: () => project,
    photo: () => current,
    use(next) {
      turnTo(null);
      project = next;
    },
    begin: (title) => session.use(newProject(title, key(), Date.now())),
    change(next) {
      project = next;
      queue.save(next.id, () => store.write(next));
    },
    async add({file, ...photo}, to) {
      const [owner, added] = [project, {...photo, key: key()}];
      const gone = () => new Error(`${photo.name} was not added: another project was opened meanwhile.`);
      if (owner.id !== to) throw gone();
      await store.writePhoto(owner, added, file);
      if (project.id !== to) {
        await store.removePhoto(owner, added);
        throw gone();
      }
      session.change(withPhoto(project, added));
      return added.key;
    },
    async remove(removed) {
      // Others may be open by the time that all is written.
      const owner = project;
      if (current?.photo.key === removed) turnTo(null);
      histories.delete(removed);
      session.change(withoutPhoto(project, removed));
      await queue.settled();
      queue.drop(removed);
      await store.removePhoto(owner, {key: removed});
    },
    async removeProject() {
      const owner = project;
      const keys = owner.photos.map((photo) => photo.key);
      turnTo(null);
      await queue.settled();
      for (const name of [owner.id, ...keys]) queue.drop(name);
      for (const each of keys) histories.delete(each);
      await store.remove(owner);
    },
    async open(wanted, isWanted) {
      const photo = project.photos.find((each) => each.key === wanted);
      if (!photo) return;
      const next = await openPhoto(store, project, photo, await labels(photo));
      if (isWanted()) turnTo(next);
    },
    labels,
    touch: (part) => current?.touch(part),
    save() {
      if (!current) return;
      const [{photo, file}, owner] = [current, project];
      queue.save(photo.key, () => store.writeMask(owner, photo, file()));
    },
    isSaved: () => queue.isSaved(),
    settled: () => queue.settled()
  };
  return session;
}
