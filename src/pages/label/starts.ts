import {html} from "htl";
import {selectField, sliderField} from "../../components/fields/fields.js";
import type {ListedModel} from "../../lab/model-list.js";
import {modelUrl} from "../../lab/model-list.js";
import {backendFor} from "../../lab/network-parameters.js";
import type {PageShell, Work} from "../../lab/page-shell.js";
import {hundredths} from "../../lab/quantities.js";
import {follow} from "../../lab/state.js";
import type {Store} from "../../lab/state.js";
import {IGNORE, idsIn} from "../../formats/mask-picture.js";
import type {Mask} from "../../formats/mask-picture.js";
import {classNamed, classesOf, withClass} from "../../labelling/project.js";
import type {Project} from "../../labelling/project.js";
import type {Segmentation} from "../../worker/protocol.js";
import type {OpenPhoto} from "./open-photo.js";
import type {LabelSession} from "./session.js";
import type {LabelTable} from "./state.js";

/** How the workbench runs by default. */
const RUN = {outputStride: 16, inputSize: 513} as const;

export interface Starts {
  readonly element: HTMLElement;
  fromModel(): void;
  fromPrevious(): void;
  snap(): void;
  /** Labels have changed: what was computed of them before is no longer wanted. */
  onStroke(): void;
}

/**
 * Labels that need not be drawn: a network's, those of the photo before; and outlines that snap to edges. The first two fill what is
 * undecided; what was drawn stays.
 *
 * @param options.change called with the project, where it gets classes that a network found
 * @param options.replace called with all labels of the open photo
 * @param options.say called with what was done
 */
export function starts(options: {
  readonly shell: PageShell;
  readonly session: LabelSession;
  readonly models: readonly ListedModel[];
  readonly table: LabelTable;
  readonly store: Store<LabelTable>;
  change(next: Project): void;
  replace(next: Uint8Array): void;
  say(words: string): void;
}): Starts {
  const {shell, session, models, table, store, change, replace, say} = options;
  const {get, set} = store;

  const found = shell.computation<{readonly open: OpenPhoto; readonly model: string}, Segmentation>({
    part: "first labels",
    async work({open, model, engine}: {open: OpenPhoto; model: string} & Work) {
      const backend = backendFor(get().backend, await shell.capabilities);
      return engine.segment(open.pixels(), {...RUN, modelUrl: modelUrl(model), backend});
    },
    show({labels, classes, palette}, {open, model}) {
      if (session.photo() !== open) return;
      const there = idsIn({...open.history.canvas, ids: labels});
      let project = session.project();
      for (const id of there) if (!classNamed(project, classes[id]!)) project = withClass(project, classes[id]!, palette[id]);
      if (project !== session.project()) change(project);
      const ids = new Uint8Array(IGNORE + 1).fill(IGNORE);
      for (const id of there) ids[id] = classNamed(project, classes[id]!)!.id;
      replace(filled(open, project, (index) => ids[labels[index]!]!));
      const title = models.find(({id}) => id === model)!.title;
      say(`${title} finds ${there.map((id) => classes[id]).join(", ")}: what was undecided has its labels.`);
    }
  });

  const previous = shell.computation<{readonly open: OpenPhoto}, Mask | null>({
    part: "first labels",
    async work({open}) {
      const {photos} = session.project();
      const before = photos[photos.findIndex(({key}) => key === open.photo.key) - 1];
      if (!before) throw new Error("This is the first photo of the project: no other comes before it.");
      return (await session.labels(before)).history.canvas;
    },
    show(mask, {open}) {
      if (!mask || session.photo() !== open) return;
      const {width, height} = open.photo;
      const at = (index: number) => {
        const [x, y] = [index % width, Math.floor(index / width)];
        return mask.ids[Math.floor(((y + 0.5) / height) * mask.height) * mask.width + Math.floor(((x + 0.5) / width) * mask.width)]!;
      };
      replace(filled(open, session.project(), at));
      say("What was undecided has the labels of the photo before.");
    }
  });

  const snapping = shell.computation<{readonly open: OpenPhoto}, Uint8Array>({
    part: "first labels",
    work({open, engine}) {
      const {width, height} = open.photo;
      return engine.snapLabels(open.pixels(), open.history.canvas.ids, (get().reach / 1000) * Math.max(width, height));
    },
    show(next, {open}) {
      if (session.photo() !== open) return;
      replace(next);
      say("Outlines are drawn to the edges near by; undo takes it back.");
    }
  });

  const withPhoto = (begin: (open: OpenPhoto) => void) => () => {
    const open = session.photo();
    if (open) begin(open);
  };
  const fromModel = withPhoto((open) => void found.start({open, model: get().model}));
  const fromPrevious = withPhoto((open) => void previous.start({open}));
  const snap = withPhoto((open) => void snapping.start({open}));

  const model = selectField({
    label: "Model",
    choices: models.map(({id, title}) => ({value: id, label: title})),
    value: get().model,
    onChange: (value) => set({model: table.model.parse(value)!})
  });
  const reach = sliderField({
    label: "Outlines move by about",
    min: table.reach.min,
    max: table.reach.max,
    value: get().reach,
    unit: "% of the long side",
    text: hundredths,
    onInput: (value) => set({reach: value})
  });
  follow(store, ["model", "reach"], (state) => {
    model.show(state.model);
    reach.show(state.reach);
  });

  return {
    element: html`<section class="panel controls"><h2>Start from</h2>
      ${model}
      <div class="exports">
        <button type="button" onclick=${fromModel}>The model's labels</button>
        <button type="button" onclick=${fromPrevious}>The previous photo's labels</button>
      </div>
      <p class="hint">They fill what is undecided; what you drew stays.</p>
      ${reach}
      <div class="exports"><button type="button" onclick=${snap}>Snap to edges</button></div>
    </section>` as HTMLElement,
    fromModel,
    fromPrevious,
    snap,
    onStroke: () => snapping.drop()
  };
}

/** The labels of a photo, those that are undecided from elsewhere. */
function filled({history: {canvas}}: OpenPhoto, project: Project, other: (index: number) => number): Uint8Array {
  const isDecided = new Uint8Array(IGNORE + 1);
  for (const {id} of classesOf(project)) isDecided[id] = 1;
  return canvas.ids.map((id, index) => (isDecided[id] ? id : other(index)));
}
