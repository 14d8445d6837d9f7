import {choiceField, selectField, sliderField, switchField} from "../components/fields/fields.js";
import type {Choice} from "../components/fields/fields.js";
import {presetList} from "../components/fields/preset-list.js";
import {showThis} from "../components/page/show-this.js";
import type {LessonState, LessonTable, NameOf} from "./lesson-table.js";
import type {ReadingStep} from "./reading.js";
import type {Store, Table} from "./state.js";
import {tryThis} from "./try-this.js";
import type {Attempt} from "./try-this.js";

/** The controls that a lesson makes from its state table; each keeps in step with the state. */
export interface LessonControls<T extends Table> {
  /** A slider for a parameter made by `range`. @param text a value as the reader sees it; the number where it is not said */
  slider(name: NameOf<T, number>, label: string, unit?: string, text?: (value: number) => string): HTMLElement;
  /** A list for a parameter made by `oneOf`. */
  select(name: NameOf<T, string> | NameOf<T, number>, label: string, names?: Readonly<Record<string, string>>): HTMLElement;
  /** The same as a row of buttons, for a few choices. */
  choice(name: NameOf<T, string> | NameOf<T, number>, label: string, names?: Readonly<Record<string, string>>): HTMLElement;
  /** A switch for a parameter made by `flag`. */
  toggle(name: NameOf<T, boolean>, label: string): HTMLElement;
  /** Buttons that set several values at once and say what to look for. */
  presets(list: readonly {readonly label: string; readonly look: string; readonly state: Partial<LessonState<T>>}[]): HTMLElement;
  /**
   * Words in the prose that set the figures to what they speak of; the reader's own hand goes on from there.
   *
   * @param words what is read
   * @param state the values that stand then; the others stay
   */
  show(words: string, state: Partial<LessonState<T>>): HTMLButtonElement;
  /**
   * Small actions that the reader is asked for, each with what to predict first; an answer is null until the live state gives it.
   *
   * @param about what they are about, where a page has more than one such list
   */
  tryThis(items: readonly Attempt<LessonState<T>>[], about?: string): HTMLElement & {refresh(): void};
}

/** @param onStep is told of the words that set figures, as the page makes them */
export function lessonControls<T extends Table>(
  table: LessonTable<T>,
  store: Store<LessonTable<T>>,
  onStep: (step: ReadingStep) => void
): LessonControls<T> {
  const {get, listen} = store;
  const set = (change: object) => store.set(change);
  const valueOf = <V>(name: string) => get()[name as keyof LessonState<T>] as V;

  /** Keeps a control and a value of the state together. */
  function bound<F extends {show(value: never): void}>(name: string, field: F, read: (value: unknown) => unknown = (value) => value): F {
    listen(() => (field.show as (value: unknown) => void)(read(valueOf(name))));
    return field;
  }
  const oneOfField =
    (make: typeof selectField | typeof choiceField) =>
    (name: string, label: string, names: Readonly<Record<string, string>> = {}) => {
      const choices = (table[name] as unknown as {choices: readonly (string | number)[]}).choices.map((value): Choice => ({
        value: String(value),
        label: names[value] ?? String(value)
      }));
      const onChange = (value: string) => set({[name]: table[name]!.parse(value)});
      return bound(name, make({label, choices, value: String(valueOf(name)), onChange}), String);
    };

  /** What words left, by name: a value that is neither that nor the first one is the reader's own. */
  const left = new Map<string, string>();
  const isOwn = (name: string) => {
    const {format, initial} = table[name]!;
    const value = format(valueOf(name));
    return value !== format(initial) && value !== left.get(name);
  };

  /** Whether the page's values are these, whatever the others are. */
  const isStanding = (wanted: Readonly<Record<string, unknown>>) =>
    Object.entries(wanted).every(([name, value]) => table[name]!.format(valueOf(name)) === table[name]!.format(value));

  return {
    slider(name, label, unit = "", text = String) {
      const {min, max} = table[name] as unknown as {min: number; max: number};
      return bound(
        name,
        sliderField({label, min, max, value: valueOf<number>(name), unit, text, onInput: (value) => set({[name]: value})})
      );
    },
    select: oneOfField(selectField),
    choice: oneOfField(choiceField),
    toggle(name, label) {
      return bound(name, switchField({label, value: valueOf<boolean>(name), onChange: (value) => set({[name]: value})}));
    },
    presets(list) {
      const view = presetList(list.map(({label, look, state}) => ({label, look, choose: () => set(state)})));
      const refresh = () => view.show(list.map(({state}) => isStanding(state)));
      refresh();
      listen(refresh);
      return view;
    },
    show(words, state) {
      const unknown = Object.keys(state).find((name) => !(name in table));
      if (unknown !== undefined) throw new RangeError(`This lesson has no value named "${unknown}".`);
      const take = () => {
        for (const [name, value] of Object.entries(state)) left.set(name, table[name]!.format(value));
        set(state);
      };
      const button = showThis(words, take);
      onStep({words: button, take: () => !Object.keys(state).some(isOwn) && take()});
      const refresh = () => button.setAttribute("aria-pressed", String(isStanding(state)));
      refresh();
      listen(refresh);
      return button;
    },
    tryThis(items, about) {
      const view = tryThis(items, get, about);
      listen(view.refresh);
      return view;
    }
  };
}
