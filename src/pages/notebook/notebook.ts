import {html} from "htl";
import {fileButton} from "../../components/fields/file-button.js";
import {nextId, selectField} from "../../components/fields/fields.js";
import {errorNote} from "../../components/page/error-note.js";
import {statusLine} from "../../components/page/status-line.js";
import type {Sample} from "../../data/samples/samples.js";
import {busyMark} from "../../lab/busy.js";
import {modelUrl} from "../../lab/model-list.js";
import type {ListedModel} from "../../lab/model-list.js";
import {keepForNextVisit} from "../../lab/offline.js";
import {fromFragment, holdsNotebook, toFragment} from "../../notebook/address.js";
import {NAMES_IN_SCOPE} from "../../notebook/names.js";
import {UNTITLED, isSameNotebook} from "../../notebook/notebook.js";
import type {Mode, Notebook} from "../../notebook/notebook.js";
import {part} from "../../part.js";
import {backendField} from "./backend-field.js";
import {cellList} from "./cell-list.js";
import type {Deleted} from "./cell-list.js";
import {startCells} from "./cell-worker.js";
import {chosenPhoto} from "./chosen-photo.js";
import {documented} from "./completion.js";
import {notebookIn, readKit, saveNotebook} from "./files.js";
import {isOwn, savedNotebooks} from "./saved.js";
import {undoNote} from "./undo-note.js";

/** A notebook that comes with the site. */
export interface WorkedNotebook {
  readonly id: string;
  readonly title: string;
  /** Its file, as Notebook Kit has them. */
  load(): Promise<string>;
}

/** The notebook that is open. */
interface Open {
  readonly id: string;
  readonly isTrusted: boolean;
  /** As it came with the site, where it did. */
  readonly original: Notebook | null;
}

/** Milliseconds after which what was typed is kept. */
const KEEP_AFTER = 300;
const DEVICE_LOST =
  "The graphics device was lost here. The other cells run anew without what was on it; run this one again, or choose another backend above.";
const EMPTY: Notebook = {title: UNTITLED, cells: [{id: 1, mode: "js", text: ""}]};

/** The page of notebooks: cells that run in a worker of their own, each anew when a value that it uses changes. */
export function notebookPage({
  main,
  models,
  samples,
  worked
}: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  readonly samples: readonly Sample[];
  readonly worked: readonly [WorkedNotebook, ...WorkedNotebook[]];
}): {readonly element: HTMLElement; dispose(): void} {
  const status = statusLine();
  const error = errorNote();
  const busy = busyMark(main, () => {
    status.update("");
    if (!isKept) void keepForNextVisit(() => cells.fetched());
    isKept = true;
  });
  let isKept = false;
  const report = (reason: unknown, about: unknown = null) =>
    error.update(reason === null ? null : reason instanceof Error ? reason.message : String(reason), about);
  const store = savedNotebooks(() => localStorage);
  let open: Open = {id: "", isTrusted: true, original: null};
  let keeping: ReturnType<typeof setTimeout> | undefined;
  const left = new AbortController();

  const photo = chosenPhoto({samples, onChosen: () => cells.photoChosen(), report: (reason) => report(reason, "photo")});
  const cells = cellList({
    busy,
    start: () =>
      startCells({
        models: models.map(({id}) => ({id, url: modelUrl(id)})),
        backend: backend.chosen(),
        photo: photo.named,
        onStarted: backend.offer,
        onNews: (news) => cells.hear(news),
        onProgress: ({message, fraction, detail}) => status.update(`${message} …`, fraction, detail),
        onDeviceLost: () => cells.lost(DEVICE_LOST),
        onLost(message) {
          report(message, "worker");
          cells.lost("The worker that runs the cells broke down here. Change this cell, or run it again.");
        }
      }),
    mayRun: () => open.isTrusted,
    onRun: () => report(null, "worker"),
    onChange: changed,
    onDelete: offerBack
  });
  const backend = backendField({
    onChange() {
      for (const part of ["worker", "backend"]) report(null, part);
      cells.restart();
    },
    onUnknown: (sentence) => report(sentence, "backend")
  });

  // What stands above the cells.
  const title = html`<input type="text" id=${nextId("title")} oninput=${changed} />` as HTMLInputElement;
  const choice = selectField({label: "Notebook", choices: [], value: "", onChange: (id) => void attempt(() => openById(id))});
  const action = (label: string, act: () => unknown, kind = "") =>
    html`<button type="button" class=${kind || null} onclick=${() => void attempt(act)}>${label}</button>` as HTMLButtonElement;
  const back = action("Back to the original", () => (open.original ? putBack(open.original) : removeOwn()));
  const gate = html`<div class="notebook-gate" role="group" aria-label="These cells have not run" hidden>
    <p>These cells came by a link or a file. They are a program: read them, then let them run.</p>
    ${action("Run these cells", trust, "primary")}</div>` as HTMLElement;
  const undo = undoNote(attempt);
  const element = html`<div class="notebook-page">
    <div class="notebook-head">
      ${choice}
      <div class="field"><label class="field-name" for=${title.id}>Title</label>${title}</div>
      ${backend.element}
      <div class="notebook-actions">
        ${action("Run all", () => cells.runAll(), "primary")}${action("New", () => openNew(EMPTY, true))}
        ${fileButton({label: "Open a file", accept: ".html,.md,.markdown,text/html,text/markdown", onFiles: ([file]) => void attempt(async () => openNew(await notebookIn(file), false))})}
        ${action("Save as .html", () => saveNotebook(current(), "html"))}${action("Save as .md", () => saveNotebook(current(), "md"))}
        ${action("Copy a link", copyLink)}${back}
      </div>
    </div>
    <details class="notebook-photo"><summary>The photo that <code>photo()</code> gives</summary>${photo.element}</details>
    ${error}${status}${gate}${cells.element}${undo.element}
    <div class="notebook-actions">${action("Add code", () => add("js"))}${action("Add text", () => add("md"))}</div>
    <details class="notebook-names"><summary>What cells have in scope</summary>${NAMES_IN_SCOPE.flatMap((named) => [
      documented(named),
      ...(named.members ?? []).map((member) => documented({...member, call: `${named.name}.${member.call}`}))
    ])}</details>
  </div>` as HTMLElement;

  const add = (mode: Mode) => cells.add(mode, "", cells.cells().length);
  const current = (): Notebook => ({title: title.value.trim() || UNTITLED, cells: cells.cells()});

  async function attempt(act: () => unknown): Promise<void> {
    try {
      report(null);
      await act();
    } catch (reason) {
      report(reason);
    }
  }

  function changed(): void {
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP_AFTER);
    // The address no longer says what is here.
    if (holdsNotebook(location.hash)) address(open.id);
  }

  /** What was typed is not to be kept later any more. */
  function forget(): void {
    clearTimeout(keeping);
    keeping = undefined;
  }

  function keep(): void {
    forget();
    const {id, isTrusted, original} = open;
    try {
      if (original && isSameNotebook(original, current())) store.remove(id);
      else store.keep(id, {...current(), isTrusted});
      report(null, "keeping");
    } catch (reason) {
      report(reason, "keeping");
    }
    offer();
  }

  function offer(): void {
    const changedTitle = ({id, title: name}: WorkedNotebook) => ({value: id, label: store.find(id) ? `${name} (changed)` : name});
    const own = store.list();
    const isKnown = [...worked, ...own].some(({id}) => id === open.id);
    choice.offer(
      [
        ...worked.map(changedTitle),
        ...own.map(({id, title: name}) => ({value: id, label: `Yours: ${name}`})),
        ...(isKnown ? [] : [{value: open.id, label: `Not kept yet: ${title.value}`}])
      ],
      open.id
    );
    back.textContent = open.original ? "Back to the original" : "Delete this notebook";
    back.disabled = store.find(open.id) === null && (open.original !== null || own.length === 0);
  }

  function show(notebook: Notebook, opened: Open): void {
    if (keeping !== undefined) keep();
    report(null, "notebook");
    open = opened;
    title.value = notebook.title;
    undo.clear();
    cells.open(notebook.cells);
    gate.hidden = open.isTrusted;
    store.opened(open.id);
    offer();
    cells.runAll();
  }

  async function openById(id: string): Promise<void> {
    const found = worked.find((each) => each.id === id);
    const original = found ? readKit(await part(() => found.load())) : null;
    const saved = store.find(id);
    const notebook = saved ?? original;
    if (!notebook) return openById(worked[0].id);
    show(notebook, {id, original, isTrusted: saved?.isTrusted ?? true});
    address(id);
  }

  function openNew(notebook: Notebook, isTrusted: boolean): void {
    show(notebook, {id: store.newId(), isTrusted, original: null});
    keep();
    if (!holdsNotebook(location.hash)) address(open.id);
  }

  function putBack(original: Notebook): void {
    store.remove(open.id);
    forget();
    show(original, {...open, isTrusted: true});
  }

  async function removeOwn(): Promise<void> {
    forget();
    const {id} = open;
    const removed = {...current(), isTrusted: open.isTrusted};
    store.remove(id);
    await openById(worked[0].id);
    undo.offer(`“${removed.title}” was deleted.`, () => {
      store.keep(id, removed);
      return openById(id);
    });
  }

  function trust(): void {
    open = {...open, isTrusted: true};
    gate.hidden = true;
    keep();
    cells.runAll();
  }

  function offerBack({cell, index}: Deleted): void {
    undo.offer(`Cell ${index + 1} was deleted.`, () => cells.add(cell.mode, cell.text, index));
  }

  async function copyLink(): Promise<void> {
    const fragment = await toFragment(current());
    history.replaceState(history.state, "", `#${fragment}`);
    const isCopied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false
    );
    status.update(
      `The address holds these cells now${isCopied ? ", and is copied" : ": copy it"}. It has ${location.href.length} characters.`
    );
  }

  /** Says in the address which notebook is open; one of the reader's own nobody else has. */
  function address(id: string): void {
    const query = new URLSearchParams(location.search);
    if (isOwn(id)) query.delete("notebook");
    else query.set("notebook", id);
    history.replaceState(history.state, "", `${location.pathname}${query.size > 0 ? `?${query}` : ""}`);
  }

  async function openAddress(): Promise<void> {
    if (holdsNotebook(location.hash)) {
      try {
        return openNew(await fromFragment(location.hash), false);
      } catch (reason) {
        report(reason, "address");
      }
    }
    const named = new URLSearchParams(location.search).get("notebook");
    await openById(named ?? store.last() ?? worked[0].id);
    if (named !== null && named !== open.id)
      report(`The address says notebook=${named}, which is not here: another one is open.`, "notebook");
  }

  busy.begin();
  void attempt(openAddress).then(busy.end);
  window.addEventListener("hashchange", () => void attempt(openAddress), {signal: left.signal});
  window.addEventListener("pagehide", () => keeping !== undefined && keep(), {signal: left.signal});
  return {
    element,
    dispose() {
      if (keeping !== undefined) keep();
      left.abort();
      photo.dispose();
      cells.dispose();
    }
  };
}
