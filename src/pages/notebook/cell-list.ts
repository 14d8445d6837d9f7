import type {BusyMark} from "../../lab/busy.js";
import type {Cell, Mode} from "../../notebook/notebook.js";
import {cellView} from "./cell-view.js";
import type {CellView} from "./cell-view.js";
import type {CellNews, CellWorker} from "./cell-worker.js";

/** A cell that was deleted, and where it stood. */
export interface Deleted {
  readonly cell: Cell;
  readonly index: number;
}

/** The cells of the open notebook, and the worker that runs them. */
export interface CellList {
  readonly element: HTMLElement;
  cells(): Cell[];
  /** Puts others in their place; none runs. */
  open(cells: readonly Cell[]): void;
  add(mode: Mode, text: string, index: number): void;
  runAll(): void;
  /** Starts anew, with all cells. */
  restart(): void;
  /** Takes note of what the worker says. */
  hear(news: CellNews): void;
  /** The worker is gone. */
  lost(message: string): void;
  photoChosen(): void;
  fetched(): Promise<readonly string[]>;
  dispose(): void;
}

/**
 * @param options.start starts a worker
 * @param options.mayRun whether cells run now
 * @param options.onChange called when a text, or the list, is another
 * @param options.onDelete called with a cell that was deleted
 */
export function cellList({
  busy,
  start,
  mayRun,
  onRun,
  onChange,
  onDelete
}: {
  readonly busy: BusyMark;
  start(): CellWorker;
  mayRun(): boolean;
  onRun(): void;
  onChange(): void;
  onDelete(deleted: Deleted): void;
}): CellList {
  const element = document.createElement("div");
  element.className = "notebook-cells";
  let views: CellView[] = [];
  let worker: CellWorker | null = null;
  let lastId = 0;
  /** Names that each cell gives. */
  const names = new Map<number, readonly string[]>();
  /** Cells whose result is on its way. */
  const awaited = new Set<number>();
  let running: number | null = null;
  const task = busy.task();

  const viewOf = (id: number) => views.find((view) => view.id === id);
  const asCell = ({id, mode, text}: CellView): Cell => ({id, mode, text: text()});

  function waitFor(id: number): void {
    awaited.add(id);
    task.begin();
  }

  function settled(id: number): void {
    awaited.delete(id);
    if (running === id) running = null;
    if (awaited.size === 0) task.end();
  }

  function arrange(): void {
    // Those that stay where they are keep the focus.
    views.forEach((view, index) => {
      if (element.children[index] !== view.element) element.insertBefore(view.element, element.children[index] ?? null);
      view.number(index + 1, views.length);
    });
    while (element.children.length > views.length) element.lastElementChild!.remove();
  }

  function make(cell: Cell): CellView {
    const {id} = cell;
    return cellView(cell, {
      onChange,
      run: () => {
        onRun();
        run([id]);
      },
      stop,
      set: (place, value) => worker?.set(id, place, value),
      addBelow: (mode) => add(mode, "", views.findIndex((view) => view.id === id) + 1),
      move(by) {
        const index = views.findIndex((view) => view.id === id);
        const [view] = views.splice(index, 1);
        views.splice(index + by, 0, view!);
        arrange();
        onChange();
      },
      remove: () => remove(id),
      names: () => [...names].flatMap(([of, given]) => (of === id ? [] : given))
    });
  }

  function add(mode: Mode, text: string, index: number): void {
    const view = make({id: ++lastId, mode, text});
    views.splice(index, 0, view);
    arrange();
    view.focus();
    onChange();
  }

  function remove(id: number): void {
    const index = views.findIndex((view) => view.id === id);
    const [view] = views.splice(index, 1);
    const deleted = {cell: asCell(view!), index};
    if (running === id) stop();
    names.delete(id);
    settled(id);
    worker?.remove([id]);
    view!.dispose();
    arrange();
    (views[index] ?? views[index - 1])?.focus();
    onChange();
    onDelete(deleted);
  }

  function run(ids: readonly number[]): void {
    if (!mayRun()) return;
    // Who was stopped, or never ran, waits with all others for the first press.
    define(worker ? views.filter(({id}) => ids.includes(id)) : views);
  }

  /** Hands cells to the worker, which is started where there is none. */
  function define(wanted: readonly CellView[]): void {
    worker ??= start();
    for (const view of wanted) {
      view.begin("waiting");
      waitFor(view.id);
    }
    worker.define(wanted.map(asCell));
  }

  /** Ends the worker, and all waiting for it. */
  function end(): void {
    worker?.end();
    worker = null;
    running = null;
    awaited.clear();
    task.end();
  }

  const runAll = () => run(views.map(({id}) => id));

  /** Starts anew without the cell that ran. */
  function startWithout(message: string): void {
    const at = running;
    end();
    if (at === null) return views.forEach((view) => view.stopped(message));
    viewOf(at)?.stopped(message);
    names.delete(at);
    define(views.filter(({id}) => id !== at));
  }

  function stop(): void {
    if (worker) startWithout("Stopped. Change this cell, or run it again.");
  }

  function clear(): void {
    end();
    names.clear();
    for (const view of views) view.dispose();
    views = [];
  }

  return {
    element,
    cells: () => views.map(asCell),
    open(cells) {
      clear();
      views = cells.map((cell) => make({...cell, id: ++lastId}));
      arrange();
    },
    add,
    runAll,
    restart() {
      end();
      runAll();
    },
    hear(news) {
      const view = viewOf(news.id);
      if (!view) return;
      switch (news.kind) {
        case "named":
          names.set(news.id, news.names);
          return;
        case "running":
          running = news.id;
          waitFor(news.id);
          return view.begin("running");
        case "done":
          view.show(news.shown);
          break;
        case "failed":
          view.fail(news.message, news.place, news.shown);
      }
      settled(news.id);
      busy.finished();
    },
    lost: startWithout,
    photoChosen: () => worker?.photoChosen(),
    fetched: () => worker?.fetched() ?? Promise.resolve([]),
    dispose: clear
  };
}
