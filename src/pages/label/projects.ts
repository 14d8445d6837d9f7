import {fileButton} from "../../components/fields/file-button.js";
import {photoStrip} from "../../components/label/photo-strip.js";
import {acceptDrops} from "../../components/page/drops.js";
import type {Sample} from "../../data/samples/samples.js";
import type {PageShell} from "../../lab/page-shell.js";
import {newTurns} from "../../lab/turns.js";
import {smallPhotos} from "../../media/small-photos.js";
import {holdAlone} from "../../shelf/alone.js";
import type {Project} from "../../labelling/project.js";
import {lastPlace, rememberPlace} from "./last-place.js";
import {photoToBeginWith, preparePhoto, sampleFile} from "./new-photos.js";
import {projectPanel} from "./project-panel.js";
import type {LabelSession} from "./session.js";
import {countInWords} from "../../datasets/count-in-words.js";

/** The part of the page that its message is about when another tab has the project. */
const TABS = "tabs";

/** The projects and the photos of the one that is open. */
export interface ProjectWork {
  /** The photos of the project, and ways to bring others. */
  readonly strip: HTMLElement;
  /** Which project is open, and what it is called. */
  readonly panel: HTMLElement;
  /** Opens what the reader was last at, or begins a project. */
  begin(): void;
  /** Opens the photo so many further on, round and round. */
  goBy(steps: number): void;
  show(): void;
  /** Something was kept: a photo may have labels now. */
  onSaved(): void;
  /** How far the project has come, in a sentence. */
  summary(): string;
}

/**
 * @param options.title what a project is called that the reader has not named
 * @param options.onOther called when another photo is open, or none
 * @param options.onChange called when something else of the project has changed
 */
export function workOnProjects(options: {
  readonly shell: PageShell;
  readonly session: LabelSession;
  readonly samples: readonly Sample[];
  readonly projects: readonly Project[];
  readonly title: string;
  readonly signal: AbortSignal;
  onOther(): void;
  onChange(): void;
}): ProjectWork {
  const {shell, session, samples, title, signal, onOther, onChange} = options;
  const turns = newTurns();
  const loading = shell.busy.task();
  /** All but the open one, which is the session's. */
  let others = [...options.projects];
  /** Keys of photos that have labels. */
  let labelled: ReadonlySet<string> = new Set();
  let [held, heldProject] = [new AbortController(), ""];
  const paintSmall = smallPhotos();

  const strip = photoStrip({
    adding: fileButton({
      label: "Add photos",
      accept: "image/*",
      several: "files",
      onFiles: (files) => void add(files.map(fromFile))
    }),
    onOpen: open
  });
  const panel = projectPanel({
    samples,
    onProject(id) {
      leave();
      use(others.find((each) => each.id === id) ?? session.project());
    },
    onNew() {
      const {length} = all();
      leave();
      beginNew(`${title} ${length + 1}`);
    },
    onTitle(next) {
      session.change({...session.project(), title: next});
      onChange();
    },
    onDelete: () =>
      working(async () => {
        const {id} = session.project();
        await session.removeProject();
        others = others.filter((each) => each.id !== id);
        const [next] = others;
        // The reader has gone on to another by now.
        if (session.project().id !== id) show();
        else if (next) use(next);
        else beginNew(title);
      }),
    onSample: (id) => void add([() => sampleFile(samples, id)]),
    onRemovePhoto: () =>
      working(async () => {
        const key = session.photo()?.photo.key;
        const {photos} = session.project();
        const index = photos.findIndex((photo) => photo.key === key);
        if (!key) return;
        await session.remove(key);
        const next = photos[index + 1] ?? photos[index - 1];
        if (next) open(next.key);
        else closed();
      })
  });

  /** Tells the reader where another tab has the same project. */
  async function hold(id: string): Promise<void> {
    held.abort();
    held = new AbortController();
    heldProject = id;
    const isAlone = await holdAlone(`labels/${id}`, AbortSignal.any([signal, held.signal]));
    if (heldProject !== id) return;
    shell.report(
      isAlone
        ? null
        : new Error("This project is open in another tab, too. Draw in one of them: what both draw on a photo is kept of the last alone."),
      TABS
    );
  }

  const all = () => [session.project(), ...others.filter(({id}) => id !== session.project().id)].sort((a, b) => b.begun - a.begun);

  function working(work: () => Promise<void>): void {
    shell.busy.begin();
    shell.attempt("project", async () => {
      try {
        await work();
        shell.report(null, "project");
      } finally {
        shell.busy.end();
      }
    });
  }

  /** The open project joins the others. */
  function leave(): void {
    const now = session.project();
    others = [...others.filter(({id}) => id !== now.id), ...(now.id && now.photos.length > 0 ? [now] : [])];
  }

  function use(project: Project, photo = project.photos[0]?.key): void {
    session.use(project);
    if (photo) open(photo);
    else closed();
  }

  function beginNew(name: string): void {
    session.begin(name);
    closed();
  }

  /** No photo is open, and none that is being opened is wanted any more. */
  function closed(): void {
    turns.drop();
    loading.end();
    changed();
  }

  /** Another photo is open, or none. */
  function changed(): void {
    const {id} = session.project();
    if (id !== heldProject) shell.attempt(TABS, () => hold(id));
    onOther();
    shell.busy.finished();
  }

  function open(key: string): void {
    const isLatest = turns.begin();
    loading.begin();
    shell.attempt("photo", async () => {
      try {
        await session.open(key, isLatest);
        if (!isLatest()) return;
        rememberPlace({project: session.project().id, photo: key});
        shell.report(null, "photo");
        changed();
        await lookUp();
      } finally {
        if (isLatest()) loading.end();
      }
    });
  }

  /** @param photos each is read when its turn comes */
  async function add(photos: readonly (() => Promise<{readonly file: Blob; readonly name: string}>)[]): Promise<void> {
    shell.busy.begin();
    const {id} = session.project();
    const problems: string[] = [];
    let first: string | null = null;
    for (const [index, read] of photos.entries()) {
      if (photos.length > 1) shell.status.update(`Photo ${index + 1} of ${photos.length} …`, index / photos.length);
      try {
        const {file, name} = await read();
        const {notices, ...photo} = await preparePhoto(file, name);
        const key = await session.add(photo, id);
        first ??= key;
        problems.push(...notices.map((notice) => `${name}: ${notice}`));
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    shell.report(problems.length > 0 ? problems.join(" ") : null, "adding");
    if (first && session.project().id === id) open(first);
    shell.busy.end();
  }

  /** Looks which photos have labels, and what they look like. */
  async function lookUp(): Promise<void> {
    const project = session.project();
    const found = await session.store.labelled(project);
    // This is asked after each stroke, and rarely answered otherwise.
    if ([...found].join() !== [...labelled].join()) {
      labelled = found;
      onChange();
    }
  }

  function show(): void {
    const project = session.project();
    panel.update(project, all());
    strip.update(
      project.photos.map((photo) => ({
        key: photo.key,
        name: photo.id,
        isLabelled: labelled.has(photo.key),
        paint: async (canvas) => paintSmall(canvas, await session.store.photo(project, photo), photo.id)
      })),
      session.photo()?.photo.key ?? null
    );
  }

  acceptDrops((data) => {
    const files = [...data.files];
    if (files.length > 0) void add(files.map(fromFile));
  }, signal);
  document.addEventListener(
    "paste",
    ({clipboardData}) => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) void add(files.map(fromFile));
    },
    {signal}
  );

  return {
    strip,
    panel: panel.element,
    begin() {
      const {project, photo} = lastPlace();
      const known = others.find(({id}) => id === project) ?? others[0];
      if (known) return use(known, known.photos.find(({key}) => key === photo)?.key);
      beginNew(title);
      void add([() => photoToBeginWith(samples)]);
    },
    goBy(steps) {
      const {photos} = session.project();
      const index = photos.findIndex(({key}) => key === session.photo()?.photo.key);
      const next = photos[(index + steps + photos.length) % photos.length];
      if (next) open(next.key);
    },
    show,
    onSaved: () => shell.attempt("photo", lookUp),
    summary() {
      const {photos, title: name} = session.project();
      if (photos.length === 0) return `${name}: no photo yet.`;
      const count = photos.filter(({key}) => labelled.has(key)).length;
      return `${name}: ${count} of ${countInWords(photos.length, "photo")} labelled.`;
    }
  };
}

/** A file as something to be read later. */
function fromFile(file: File): () => Promise<{readonly file: Blob; readonly name: string}> {
  return () => Promise.resolve({file, name: file.name});
}
