import {classEditor} from "../../components/label/class-editor.js";
import {hexOf, packed} from "../../datasets/colours.js";
import {classNamed, classesOf, withClass, withClassBack, withClassColour, withClassName, withoutClass} from "../../labelling/project.js";
import type {Project} from "../../labelling/project.js";

/** Keys of the first classes. */
const KEYS = "123456789";
/** No class's id. */
const NONE = -1;

export interface ClassPanel {
  readonly element: HTMLElement;
  /** Id of the class that is drawn. */
  chosen(): number;
  /** Chooses the class at a place of the list. */
  choose(index: number): void;
  show(project: Project): void;
}

/**
 * The classes of a project, of which one is drawn.
 *
 * @param options.change called with the project as the reader wants it @param options.onRefused with why something cannot be done
 */
export function classPanel(options: {
  project(): Project;
  change(next: Project): void;
  onChosen(): void;
  onRefused(reason: unknown): void;
}): ClassPanel {
  const {project, change, onChosen, onRefused} = options;
  let chosen = NONE;
  /** How many classes are shown. */
  let count = 0;

  const attempt = (next: () => Project, then: (after: Project) => void = () => {}) => {
    const before = project();
    try {
      const after = next();
      onRefused(null);
      then(after);
      change(after);
    } catch (reason) {
      onRefused(reason);
      show(before);
    }
  };
  const editor = classEditor({
    onChoose(id) {
      chosen = id;
      show(project());
      onChosen();
    },
    onAdd: (name) =>
      attempt(
        () => withClass(project(), name),
        (after) => (chosen = classNamed(after, name)!.id)
      ),
    onRename: (id, name) => attempt(() => withClassName(project(), id, name)),
    onColour: (id, colour) => {
      const value = parseInt(colour.slice(1), 16);
      attempt(() => withClassColour(project(), id, [value >> 16, (value >> 8) & 255, value & 255]));
    },
    onRemove: (id) => attempt(() => withoutClass(project(), id)),
    onBringBack: (id) => attempt(() => withClassBack(project(), id))
  });

  function show(now: Project): void {
    const classes = classesOf(now);
    // What is likeliest to be drawn is not the background, which the first other class finds chosen.
    if (!classes.some(({id}) => id === chosen) || (count === 1 && classes.length > 1)) chosen = (classes[1] ?? classes[0]!).id;
    count = classes.length;
    editor.update(
      classes.map(({id, name, colour}, index) => ({
        id,
        name,
        colour: hexOf(packed(...colour)),
        shortcut: KEYS[index] ?? "",
        canBeRemoved: index > 0
      })),
      now.classes.filter(({isRemoved = false}) => isRemoved),
      chosen
    );
  }

  return {
    element: editor,
    chosen: () => chosen,
    choose(index) {
      const wanted = classesOf(project())[index];
      if (!wanted) return;
      chosen = wanted.id;
      show(project());
      onChosen();
    },
    show
  };
}
