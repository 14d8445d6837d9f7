import {html} from "htl";
import {errorNote} from "../components/page/error-note.js";
import {choiceField, selectField, sliderField, switchField} from "../components/fields/fields.js";
import type {Choice} from "../components/fields/fields.js";
import {presetList} from "../components/fields/preset-list.js";
import {statusLine} from "../components/page/status-line.js";
import {tryList} from "../components/fields/try-list.js";
import type {Sample} from "../data/samples/samples.js";
import type {DecodedPhoto} from "../media/decode.js";
import type {BackendId} from "../worker/protocol.js";
import {backendChoices} from "./backend-choices.js";
import {busyMark} from "./busy.js";
import {connectEngine} from "./engine-client.js";
import type {EngineClient} from "./engine-client.js";
import {allowThreadsNextTime} from "./isolation.js";
import {wayIn} from "../pages/inspector/way-in.js";
import {isSuperseded, latestWins, superseded} from "./latest.js";
import {BACKEND_CHOICES, backendFor} from "./network-parameters.js";
import {photoChoice, photoParameters} from "./photo-choice.js";
import {rememberedPhoto} from "./photo-memory.js";
import type {RememberedPhoto} from "./photo-memory.js";
import {siteUrl} from "../site.js";
import {addressStore, oneOf} from "./state.js";
import type {Parameter, StateOf, Store, Table} from "./state.js";
import {visitLesson} from "./visited.js";

/** The part of a page that its message is about when it is about the photo. */
const PHOTO = "photo";

/** What every lesson's state has: where it computes, and the reader's photo. */
function commonTable(samples: readonly Sample[]) {
  return {backend: oneOf("backend", BACKEND_CHOICES, "auto"), ...photoParameters(samples)};
}

type Common = ReturnType<typeof commonTable>;
export type LessonTable<T extends Table> = T & Common;
export type LessonState<T extends Table> = StateOf<LessonTable<T>>;

/** Keys of a table whose values are of a type. */
type NameOf<T extends Table, V> = {[K in keyof T & string]: T[K] extends Parameter<V> ? K : never}[keyof T & string];

export interface Lesson<T extends Table> {
  readonly store: Store<LessonTable<T>>;
  readonly engine: EngineClient;
  /** Ways to bring a photo. */
  readonly picker: HTMLElement;
  /** Backend, reset, status and what went wrong; one a page. */
  readonly bar: HTMLElement;
  /** A slider for a parameter made by `range`. */
  slider(name: NameOf<T, number>, label: string, unit?: string): HTMLElement;
  /** A list for a parameter made by `oneOf`. */
  select(name: NameOf<T, string> | NameOf<T, number>, label: string, names?: Readonly<Record<string, string>>): HTMLElement;
  /** The same as a row of buttons, for up to five choices. */
  choice(name: NameOf<T, string> | NameOf<T, number>, label: string, names?: Readonly<Record<string, string>>): HTMLElement;
  /** A switch for a parameter made by `flag`. */
  toggle(name: NameOf<T, boolean>, label: string): HTMLElement;
  /**
   * A link to the workbench's inspector with the reader's photo.
   *
   * @param carry what else of the state goes along, by key in the workbench's address
   */
  wayIn(
    text: string,
    carry?: (state: LessonState<T>) => Readonly<Record<string, string | number | undefined>>
  ): HTMLAnchorElement & {refresh(): void};
  /** Buttons that set several values at once and say what to look for. */
  presets(list: readonly {readonly label: string; readonly look: string; readonly state: Partial<LessonState<T>>}[]): HTMLElement;
  /** Small actions that the reader is asked for; an answer is null until the live state gives it. */
  tryThis(items: readonly {readonly ask: string; answer(state: LessonState<T>): string | null}[]): HTMLElement & {refresh(): void};
  /** Calls `show` now and after every change of one of the named values. */
  follow(names: readonly (keyof LessonTable<T> & string)[], show: (state: LessonState<T>) => void): void;
  /**
   * Computes now and after every change of a named value, the backend or (where it is used) the photo; the latest wins,
   * and what stands stays until the new result does.
   */
  compute<R>(options: {
    readonly on: readonly (keyof T & string)[];
    /** Whether it needs the photo, and so runs anew with each one. */
    readonly photo?: boolean;
    work(context: WorkContext<T>): Promise<R>;
    show(result: R, context: WorkContext<T>): void;
  }): void;
  /** Shows what went wrong with a part of the page, or for null takes it back. */
  report(reason: unknown, part: string): void;
  dispose(): void;
}

export interface WorkContext<T extends Table> {
  readonly state: LessonState<T>;
  readonly backend: BackendId;
  readonly engine: EngineClient;
  /** The reader's photo. @throws Error in work that did not ask for one */
  readonly photo: DecodedPhoto;
  /** For work of several steps, between them: does nothing while its result is wanted. @throws DOMException "AbortError" once a later change took over */
  checkWanted(): void;
}

/**
 * What the pages of the lessons share: one state table that drives address, controls and reset; the engine; the photo;
 * busy marks (`aria-busy` and a count of results, `data-run`, on `main`) and messages.
 */
export function lesson<const T extends Table>({
  main,
  table: own,
  samples
}: {
  readonly main: HTMLElement;
  readonly table: T;
  readonly samples: readonly Sample[];
}): Lesson<T> {
  const table = {...own, ...commonTable(samples)} as LessonTable<T>;
  const store = addressStore<LessonTable<T>>(table, rememberedPhoto() as Partial<LessonState<T>>);
  const {get, listen} = store;
  // The part of the state that every lesson has; TypeScript cannot see it through the type parameter.
  const common = store as unknown as Store<Common>;
  const set = store.set as (change: object) => void;
  const engine = connectEngine({onProgress: ({message, fraction}) => busy.isBusy() && status.update(`${message} …`, fraction)});
  const capabilities = engine.capabilities();
  const status = statusLine();
  const error = errorNote();

  let photo: DecodedPhoto | null = null;
  let photoFailed = false;
  const photoListeners: (() => void)[] = [];
  let disposed = false;

  const busy = busyMark(main, () => status.update(""));
  const fail = (reason: unknown, part: unknown) => {
    if (isSuperseded(reason) || disposed) return;
    error.update(reason instanceof Error ? reason.message : String(reason), part);
  };

  async function chosenBackend(): Promise<BackendId> {
    return backendFor(common.get().backend, await capabilities);
  }

  const backend = selectField({
    label: "Backend",
    choices: [{value: "auto", label: "Auto"}],
    value: "auto",
    onChange: (value) => set({backend: value})
  });
  /** The choice that was opened last, whether it stands already or is still loading. */
  let opened: RememberedPhoto | null = null;
  const loading = busy.task();
  /** Opens what the state says where that is not what was opened last, as after a reset or a preset. */
  const openWhatIsSaid = () => {
    const {sample, address} = common.get();
    if (opened && (sample !== opened.sample || address !== opened.address)) picked.open({sample, address});
  };
  const picked = photoChoice({
    samples,
    onWanted: (choice) => {
      opened = choice;
      loading.begin();
    },
    onPhoto: (decoded, chosen) => {
      // A sample in place of a photo that could not be had leaves the sentence that says so.
      if (photo || !photoFailed) error.update(null, PHOTO);
      photo = decoded;
      set(chosen);
      for (const listener of photoListeners) listener();
      loading.end();
    },
    onFailed: (reason) => {
      photoFailed = true;
      fail(reason, PHOTO);
      loading.end();
    },
    onProblem: (reason) => fail(reason, PHOTO)
  });

  common.listen((state, before) => {
    backend.show(state.backend);
    if (state.sample !== before.sample || state.address !== before.address) openWhatIsSaid();
  });
  const reset = () => {
    store.reset();
    // A photo that is still loading is not yet in the state, and would come in after the reset.
    openWhatIsSaid();
  };

  /** Keeps a control and a value of the state together. */
  function bound<F extends {show(value: never): void}>(name: string, field: F, read: (value: unknown) => unknown = (value) => value): F {
    listen(() => (field.show as (value: unknown) => void)(read(valueOf(name))));
    return field;
  }
  const choicesOf = (name: string, names: Readonly<Record<string, string>>): Choice[] =>
    (table[name] as unknown as {choices: readonly (string | number)[]}).choices.map((value) => ({
      value: String(value),
      label: names[value] ?? String(value)
    }));
  const valueOf = <V>(name: string) => get()[name as keyof LessonState<T>] as V;

  const made: Lesson<T> = {
    store,
    engine,
    picker: picked.element,
    bar: html`<section class="lesson-bar" aria-label="Where it computes">
      ${error}
      <div class="lesson-bar-row">${backend}<button type="button" class="reset" onclick=${reset}>Reset this page</button>${status}</div>
    </section>` as HTMLElement,

    slider(name, label, unit = "") {
      const {min, max} = table[name] as unknown as {min: number; max: number};
      return bound(name, sliderField({label, min, max, value: valueOf<number>(name), unit, onInput: (value) => set({[name]: value})}));
    },
    select(name, label, names = {}) {
      const onChange = (value: string) => set({[name]: table[name]!.parse(value)});
      return bound(name, selectField({label, choices: choicesOf(name, names), value: String(valueOf(name)), onChange}), String);
    },
    choice(name, label, names = {}) {
      const onChange = (value: string) => set({[name]: table[name]!.parse(value)});
      return bound(name, choiceField({label, choices: choicesOf(name, names), value: String(valueOf(name)), onChange}), String);
    },
    toggle(name, label) {
      return bound(name, switchField({label, value: valueOf<boolean>(name), onChange: (value) => set({[name]: value})}));
    },
    wayIn(text, carry = () => ({})) {
      const link = html`<a class="way-in">${text}</a>` as HTMLAnchorElement;
      const refresh = () => {
        const {sample, address} = common.get();
        link.href = wayIn({...carry(get()), ...(address ? {url: address} : {sample})});
      };
      refresh();
      listen(refresh);
      return Object.assign(link, {refresh});
    },
    presets(list) {
      const stands = (wanted: Readonly<Record<string, unknown>>) =>
        Object.entries(wanted).every(([name, value]) => table[name]!.format(valueOf(name)) === table[name]!.format(value));
      const view = presetList(list.map(({label, look, state}) => ({label, look, choose: () => set(state)})));
      const refresh = () => view.show(list.map(({state}) => stands(state)));
      refresh();
      listen(refresh);
      return view;
    },
    tryThis(items) {
      const view = tryList(items.map(({ask}) => ask));
      const refresh = () => view.update(items.map(({answer}) => answer(get())));
      refresh();
      listen(refresh);
      return Object.assign(view, {refresh});
    },
    follow(names, show) {
      show(get());
      listen((state, before) => {
        if (names.some((name) => state[name] !== before[name])) show(state);
      });
    },
    compute({on, photo: usesPhoto = false, work, show}) {
      const latest = latestWins(work);
      let turns = 0;
      const start = async () => {
        if (disposed || (usesPhoto && !photo)) return;
        const turn = ++turns;
        // The photo of the moment it began, even if another comes while it runs.
        const current = photo;
        busy.begin();
        try {
          const context: WorkContext<T> = {
            state: get(),
            backend: await chosenBackend(),
            engine,
            get photo() {
              if (!usesPhoto || !current) throw new Error("This figure has no photo.");
              return current;
            },
            checkWanted() {
              if (turn !== turns || disposed) throw superseded();
            }
          };
          const result = await latest(context);
          if (disposed) return;
          show(result, context);
          error.update(null, work);
          busy.finished();
        } catch (reason) {
          fail(reason, work);
        } finally {
          busy.end();
        }
      };
      listen((state, before) => {
        if (on.some((name) => state[name] !== before[name]) || state.backend !== before.backend) void start();
      });
      if (usesPhoto) photoListeners.push(() => void start());
      else void start();
    },
    report: (reason, part) => (reason === null ? error.update(null, part) : fail(reason, part)),
    dispose() {
      disposed = true;
      picked.dispose();
      engine.dispose();
    }
  };

  picked.element.append(made.wayIn("Look inside this photo"));
  visitLesson(pathOfLesson());
  loadStylesheet(siteUrl("vendor/katex/katex.min.css"));

  async function open(): Promise<void> {
    busy.begin();
    try {
      backend.offer(backendChoices(await capabilities), common.get().backend);
    } catch (reason) {
      fail(reason, capabilities);
    } finally {
      busy.end();
    }
    void allowThreadsNextTime();
  }
  void open();
  // After the page has asked for its figures, so that the first photo finds them listening.
  queueMicrotask(() => !disposed && photoListeners.length > 0 && picked.open(common.get()));
  return made;
}

/** The path of this page as the list of lessons has it, wherever the site is hosted. */
function pathOfLesson(): string {
  const name = location.pathname.slice(new URL(siteUrl("")).pathname.length).replace(/\.html$/, "");
  return `/${name === "index" ? "" : name}`;
}

/** Formulas have a stylesheet of their own, whose fonts lie beside it. */
function loadStylesheet(address: string): void {
  if (document.querySelector(`link[href="${address}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}
