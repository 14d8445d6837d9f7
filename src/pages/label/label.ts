import {html} from "htl";
import {sliderField} from "../../components/fields/fields.js";
import {labelStage} from "../../components/label/label-stage.js";
import type {Place} from "../../components/label/view-transform.js";
import {toolBar} from "../../components/label/tool-bar.js";
import type {Sample} from "../../data/samples/samples.js";
import type {Box} from "../../drawing/canvas.js";
import type {ListedModel} from "../../lab/model-list.js";
import {pageShell} from "../../lab/page-shell.js";
import {chooseNames, namesSwitch} from "../../lab/names-choice.js";
import {addressStore, follow} from "../../lab/state.js";
import type {LabelStore} from "../../labelling/label-store.js";
import {classesOf, newProject} from "../../labelling/project.js";
import type {Project} from "../../labelling/project.js";
import {colourTable, paintLabels} from "../../media/label-view.js";
import {classPanel} from "./class-panel.js";
import {drawnNames} from "./drawn-names.js";
import {ACTION_ITEMS, TOOL_ITEMS} from "./icons.js";
import type {Action} from "./icons.js";
import {keyHelp, labelShortcuts} from "./keys.js";
import {saving} from "./saving.js";
import {labelSession} from "./session.js";
import {listenToKeys} from "./shortcuts.js";
import {labelTable} from "./state.js";
import {strokes} from "./strokes.js";
import {starts} from "./starts.js";
import {workOnProjects} from "./projects.js";

/** What is said of strokes that are kept, by where that is. */
const KEPT: Readonly<Record<LabelStore["kind"], string>> = {
  files: "Kept in this browser.",
  database: "Kept in this browser.",
  memory: "This browser keeps nothing for the site: save before you leave."
};
/** What the first project is called. */
const TITLE = "My labels";

/**
 * The page on which readers label photos of their own: what they draw is kept in this browser after each stroke.
 *
 * @param options.projects what is kept in `store`, the newest first
 */
export function labelPage(options: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  readonly samples: readonly Sample[];
  readonly store: LabelStore;
  readonly projects: readonly Project[];
}): {readonly element: HTMLElement; dispose(): void} {
  const {main, models, samples, store: shelf, projects} = options;
  const table = labelTable(models.map(({id}) => id));
  const store = addressStore(table);
  const {get, set} = store;
  const left = new AbortController();
  /** What was done last, in a sentence. */
  let told = "";
  /** Where the reader points, in pixels of the photo. */
  let at: Place | null = null;
  let colours = colourTable(new Map(), 0);

  const shell = pageShell({main, idle: () => `${told} ${work.summary()}`.trim()});
  const session = labelSession(shelf, newProject(TITLE, "", 0), {onLeave: () => hand.finish(), onSaved});
  const saved = html`<span class="hint label-saved"></span>` as HTMLElement;
  const readout = html`<span class="hint label-readout"></span>` as HTMLElement;

  const stage = labelStage({
    onStart: (place, isEraser) => hand.start(place, isEraser),
    onMove: (place) => hand.move(place),
    onEnd: () => hand.end(),
    onCancel: () => hand.cancel(),
    onEnter: () => hand.close(),
    onPoint(place) {
      at = place;
      tellPlace();
    }
  });
  const hand = strokes({
    photo: session.photo,
    state: get,
    classId: () => classes.chosen(),
    scale: () => stage.view().scale,
    onChanged: showPart,
    onStroke: keep,
    onCorners: (corners) => stage.line(corners)
  });
  const classes = classPanel({
    project: session.project,
    change,
    onChosen: () => get().tool === "eraser" && set({tool: "brush"}),
    onRefused: (reason) => shell.report(reason, "classes")
  });
  const work = workOnProjects({shell, session, samples, projects, title: TITLE, signal: left.signal, onOther: showPhoto, onChange: show});

  const start = starts({shell, session, models, table, store, change, replace: (next) => hand.replace(next), say});
  const save = saving({shell, session, change, say});

  const actions: Readonly<Record<Action, () => void>> = {
    undo: () => (hand.isBusy() ? hand.cancel() : step("undo")),
    redo: () => step("redo"),
    smaller: () => stage.zoom(-1),
    larger: () => stage.zoom(1),
    fit: () => stage.fit(),
    magnifier: () => set({magnifier: !get().magnifier}),
    help: () => help.toggle()
  };
  const bar = toolBar({
    tools: TOOL_ITEMS,
    actions: ACTION_ITEMS,
    onTool: (tool) => set({tool}),
    onAction: (action) => actions[action]()
  });
  const slider = (name: "brush" | "likeness" | "opacity", label: string, unit: string) => {
    const {min, max} = table[name];
    return sliderField({label, min, max, value: get()[name], unit, onInput: (value) => set({[name]: value})});
  };
  const brush = slider("brush", "Brush and eraser", "px of the screen");
  const likeness = slider("likeness", "A fill stops where colours differ by", `of ${table.likeness.max}`);
  const opacity = slider("opacity", "Opacity of the labels", "%");
  const names = namesSwitch(store);
  const shortcuts = labelShortcuts({
    store,
    table,
    actions,
    choose: (index) => classes.choose(index),
    others: [
      {keys: ["g"], shown: "G", label: "Start from the model's labels", run: start.fromModel},
      {keys: ["v"], shown: "V", label: "Start from the previous photo's labels", run: start.fromPrevious},
      {keys: ["s"], shown: "S", label: "Snap outlines to edges", run: start.snap},
      {keys: ["n"], shown: "N", label: "Names on the regions, or none", run: () => chooseNames(store, !get().names)},
      {keys: ["PageUp"], shown: "Page up", label: "Previous photo", run: () => work.goBy(-1)},
      {keys: ["PageDown"], shown: "Page down", label: "Next photo", run: () => work.goBy(1)}
    ]
  });
  const help = keyHelp(shortcuts);

  function change(next: Project): void {
    session.change(next);
    show();
  }

  function say(words: string): void {
    told = words;
    if (!shell.busy.isBusy()) shell.status.update(`${told} ${work.summary()}`.trim());
  }

  function step(way: "undo" | "redo"): void {
    hand.finish();
    const changed = session.photo()?.history[way]();
    if (!changed) return;
    showPart(changed);
    keep();
  }

  /** Labels of a part have changed. */
  function showPart(part: Box): void {
    session.touch(part);
    stage.repaint(part);
    tellPlace();
  }

  /** A stroke is finished. */
  function keep(): void {
    start.onStroke();
    session.save();
    saved.textContent = "Keeping …";
    showSteps();
    nameRegions();
  }

  function onSaved(problem: unknown): void {
    shell.report(problem, "keeping");
    saved.textContent = problem === null ? (session.isSaved() ? KEPT[shelf.kind] : "Keeping …") : "Not kept.";
    work.onSaved();
  }

  function showSteps(): void {
    const history = session.photo()?.history;
    bar.enable("undo", history?.canUndo ?? false);
    bar.enable("redo", history?.canRedo ?? false);
  }

  function show(): void {
    const project = session.project();
    classes.show(project);
    work.show();
    colours = colourTable(new Map(classesOf(project).map(({id, colour}) => [id, colour])), project.classes[0]!.id);
    stage.repaint();
    nameRegions();
    showSteps();
    save.show(project);
    say(told);
  }

  function nameRegions(): void {
    const open = session.photo();
    stage.name(open && get().names ? drawnNames(open.history.canvas, classesOf(session.project())) : []);
  }

  function showPhoto(): void {
    const open = session.photo();
    stage.show(
      open && {
        width: open.photo.width,
        height: open.photo.height,
        paintPhoto: open.paint,
        paintLabels: (context, view, part) => paintLabels(context, open.history.canvas, colours, view, part)
      },
      open ? `Labels of ${open.photo.id}: arrow keys move, Space draws, ? shows all keys` : "No photo is open"
    );
    saved.textContent = "";
    told = "";
    at = null;
    tellPlace();
    show();
  }

  function tellPlace(): void {
    const open = session.photo();
    const [x, y] = at?.map(Math.floor) ?? [];
    if (!open || x === undefined || y === undefined || x < 0 || y < 0 || x >= open.photo.width || y >= open.photo.height) {
      readout.textContent = "";
      return;
    }
    const id = open.history.canvas.ids[y * open.photo.width + x]!;
    readout.textContent = `${x}, ${y}: ${classesOf(session.project()).find((each) => each.id === id)?.name ?? "undecided"}`;
  }

  follow(store, ["tool", "brush", "likeness", "opacity", "magnifier"], (state) => {
    const {tool} = state;
    bar.show(tool);
    bar.press("magnifier", state.magnifier);
    brush.show(state.brush);
    likeness.show(state.likeness);
    opacity.show(state.opacity);
    likeness.hidden = tool !== "fill";
    stage.moves(tool === "move");
    stage.ring(tool === "brush" || tool === "eraser" ? state.brush : 0);
    stage.opacity(state.opacity / 100);
    stage.magnify(state.magnifier);
  });
  follow(store, ["names"], nameRegions);
  store.listen((state, before) => {
    if (state.tool !== before.tool) hand.finish();
  });

  const element = html`<div class="workbench label-page">
    ${work.strip}${shell.error}
    <div class="stage">
      <div class="stage-picture">
        ${bar}${help}${stage}
        <div class="label-under">${shell.status}${readout}${saved}</div>
      </div>
      <div class="stage-side">
        ${classes.element}
        <section class="panel controls" aria-label="Drawing">${brush}${likeness}${opacity}${names}</section>
        ${start.element}${save.element}${work.panel}
      </div>
    </div>
  </div>` as HTMLElement;
  listenToKeys(element, shortcuts, left.signal);
  const mayBeLost = () => !session.isSaved() || (shelf.kind === "memory" && (session.photo()?.history.canUndo ?? false));
  addEventListener("beforeunload", (event) => mayBeLost() && event.preventDefault(), {signal: left.signal});
  work.begin();
  void shell.meetMachine("machine", () => {});

  return {
    element,
    dispose() {
      left.abort();
      shell.dispose();
    }
  };
}
