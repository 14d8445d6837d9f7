import {html} from "htl";
import {maskNames} from "../../components/photo/mask-names.js";
import type {PlacedName} from "../../components/photo/mask-names.js";
import {pictureFigure} from "../../components/photo/picture-figure.js";
import type {Point} from "../../components/photo/picture-figure.js";
import {tabs} from "../../components/fields/tabs.js";
import type {DrawnMask, MaskMaker} from "../../media/drawn-mask.js";
import {paintOverlay} from "../../media/picture.js";
import type {ListedModel} from "../../lab/model-list.js";
import type {PageShell, Work} from "../../lab/page-shell.js";
import {pointPerMille} from "../../lab/photo-geometry.js";
import {regionNames} from "../../lab/region-names.js";
import {follow, isChanged} from "../../lab/state.js";
import type {Store} from "../../lab/state.js";
import type {WorkbenchTable} from "../workbench/state.js";
import {classPanel} from "./class/class-panel.js";
import {comparePanel} from "./compare/compare-panel.js";
import {copyLink} from "./copy-link.js";
import type {Cursor} from "./cursor.js";
import type {Inspection, InspectionContext, Panel, PanelMaker, Standing} from "./inspection.js";
import {mapsPanel} from "./maps/maps-panel.js";
import {overlayMask} from "./overlay-mask.js";
import {perturbPanel} from "./perturb/perturb-panel.js";
import {pixelPanel} from "./pixel/pixel-panel.js";
import type {PanelName} from "./state.js";
import {ANCHOR} from "../../lab/way-in.js";

const MAKERS: Readonly<Record<PanelName, {readonly title: string; readonly make: PanelMaker}>> = {
  maps: {title: "Maps", make: mapsPanel},
  pixel: {title: "Why here", make: pixelPanel},
  class: {title: "By class", make: classPanel},
  perturb: {title: "Change the photo", make: perturbPanel},
  compare: {title: "Compare runs", make: comparePanel}
};

export interface Inspector {
  readonly element: HTMLElement;
  /** Shows the inside of a run whose result was shown. */
  show(standing: Standing): void;
  /** Chooses a point of the photo, 0-1 of its width and height. */
  choose(point: Point): void;
  dispose(): void;
}

export interface InspectorOptions {
  readonly store: Store<WorkbenchTable>;
  readonly shell: PageShell;
  readonly models: readonly ListedModel[];
  readonly cursor: Cursor;
  /** Makes the mask over the photo. */
  readonly maskOf: MaskMaker;
  /** Stands in the photo's place until there is a run. */
  readonly hint: HTMLElement;
  /** Shows what went wrong with a part of the page, or for null takes it back. */
  report(reason: unknown, part: unknown): void;
}

/** The inspector under the workbench: the network opened, panel by panel, on the run that stands. */
export function inspector(options: InspectorOptions): Inspector {
  const {store, shell, models, cursor, maskOf, hint, report} = options;
  const {engine} = shell;
  let standing: Standing | null = null;
  let mask: {readonly of: Standing; readonly drawn: DrawnMask; named?: readonly PlacedName[]} | null = null;
  /** Those that were opened: most readers open one or two. */
  const panels = new Map<PanelName, Panel>();
  /** By panel, what to do when a run comes to stand or the panel is opened. */
  const refreshers = new Map<PanelName, (() => void)[]>();
  const isOpen = (name: PanelName) => store.get().panel === name;

  const picture = pictureFigure({label: "Photo, looked into", onPoint: cursor.move, onLeave: () => cursor.move(null), onChoose: choose});
  cursor.listen(picture.cross);
  const names = maskNames();
  picture.append(names);

  function inspectionFor(name: PanelName): Inspection {
    const own: (() => void)[] = [];
    refreshers.set(name, own);
    return {
      store,
      engine,
      models,
      cursor,
      picture,
      standing: () => standing,
      onStanding(show) {
        own.push(() => standing && show(standing));
      },
      follow: (names, show) => follow(store, names, show),
      compute({on, wanted = () => true, work, show, clear}) {
        const {start, drop} = shell.computation<Omit<InspectionContext, keyof Work>, Parameters<typeof show>[0]>({
          part: work,
          work,
          show,
          report
        });
        /** The run that was computed for last; null where it has to be computed anew. */
        let done: Standing | null = null;
        const refresh = () => {
          if (!standing || !isOpen(name) || done === standing) return;
          const state = store.get();
          done = standing;
          if (wanted(state)) {
            void start({state, standing});
            return;
          }
          drop();
          clear?.();
          report(null, work);
        };
        own.push(refresh);
        store.listen((state, before) => {
          if (!isChanged(on, state, before)) return;
          done = null;
          refresh();
        });
      },
      paintMask,
      // One that is being made is drawn once it is opened.
      redraw: () => isOpen(name) && panels.has(name) && redraw(),
      report
    };
  }

  const places = Object.entries(MAKERS).map(([id, {title}]) => ({id: id as PanelName, title, panel: html`<div></div>`}));
  const tabbed = tabs({
    label: "Look inside",
    list: places,
    beside: copyLink(ANCHOR),
    onSelect: (panel) => store.set({panel})
  });
  const passes = html`<p class="hint" hidden></p>`;
  const view = html`<div class="inspector-picture">${hint}${picture}</div>`;
  picture.hidden = true;

  function panelOf(name: PanelName): Panel {
    let panel = panels.get(name);
    if (!panel) {
      panel = MAKERS[name].make(inspectionFor(name));
      panels.set(name, panel);
      places.find(({id}) => id === name)!.panel.append(panel.element);
      if (panel.side) view.append(panel.side);
    }
    return panel;
  }

  function paintMask(context: CanvasRenderingContext2D, of: Standing): void {
    if (mask?.of !== of) mask = {of, drawn: overlayMask(of.result, maskOf)};
    paintOverlay(of.photo.canvas, mask.drawn, store.get().opacity / 100)(context);
    if (store.get().names) names.show((mask.named ??= regionNames(of.result, of.result.classes)));
  }

  function redraw(): void {
    if (!standing) return;
    const {panel} = store.get();
    const {paint = paintMask, marks} = panelOf(panel);
    hint.hidden = true;
    picture.hidden = false;
    names.show([]);
    picture.draw(standing.photo, (context) => paint(context, standing!));
    picture.mark(marks?.(standing) ?? []);
  }

  function choose(point: Point): void {
    if (!standing) return;
    store.set(pointPerMille(point));
    panelOf(store.get().panel).onChoose?.(point);
  }

  function open(panel: PanelName): void {
    const opened = panelOf(panel);
    tabbed.show(panel);
    for (const {side} of panels.values()) if (side) side.hidden = side !== opened.side;
    picture.onStroke(opened.onStroke ? (stroke, point) => opened.onStroke?.(stroke, point) : null);
    for (const refresh of refreshers.get(panel)!) refresh();
    redraw();
  }
  store.listen((state, before) => {
    if (state.panel !== before.panel) open(state.panel);
    else if (isChanged(["x", "y", "opacity", "names"], state, before)) redraw();
  });
  open(store.get().panel);

  const element = html`<section class="inspector" id=${ANCHOR} aria-labelledby="look-inside-title">
    <h2 id="look-inside-title">Look inside</h2>
    ${passes}
    <div class="inspector-body">${view}${tabbed}</div>
  </section>`;
  // The tabs are a row over both columns.
  element.querySelector(".inspector-body")!.before(tabbed.firstElementChild!);

  /** An address that asks for the inspector is not kept waiting below the workbench. */
  let asked = location.hash === `#${ANCHOR}`;
  return {
    element,
    show(next) {
      standing = next;
      const {averaged} = next.result;
      passes.hidden = !averaged;
      if (averaged) {
        passes.textContent = `Here is looked into a single pass, at scale 1, and its own mask is shown; the mask above is the mean of ${averaged.passes.length} passes.`;
      }
      for (const refresh of refreshers.get(store.get().panel)!) refresh();
      redraw();
      if (asked) element.scrollIntoView();
      asked = false;
    },
    choose,
    dispose() {
      for (const panel of panels.values()) panel.dispose?.();
    }
  };
}
