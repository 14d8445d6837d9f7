import {html} from "htl";
import {selectField} from "../components/fields/fields.js";
import {photoMenu} from "../components/photo/photo-menu.js";
import type {Sample} from "../data/samples/samples.js";
import type {DecodedPhoto} from "../media/decode.js";
import type {BackendId} from "../worker/protocol.js";
import {backendChoices} from "./backend-choices.js";
import type {EngineClient} from "./engine-client.js";
import {lessonControls} from "./lesson-controls.js";
import type {LessonControls} from "./lesson-controls.js";
import {loadFormulaStyle} from "./formula-style.js";
import {commonTable} from "./lesson-table.js";
import type {CommonTable, LessonState, LessonTable} from "./lesson-table.js";
import {namesSwitch} from "./names-choice.js";
import {backendFor} from "./network-parameters.js";
import {reportAddress} from "./address-report.js";
import {photoIn} from "./photo-choice.js";
import {pagePhoto} from "./page-photo.js";
import {pageShell} from "./page-shell.js";
import type {Work} from "./page-shell.js";
import {followReading} from "./reading.js";
import type {ReadingStep} from "./reading.js";
import {isSamePhoto, rememberedPhoto} from "./photo-memory.js";
import type {RememberedPhoto} from "./photo-memory.js";
import {pathInSite, tellProgress} from "./progress.js";
import {tellRowHeights} from "./row-heights.js";
import {stripFilling} from "./strip-filling.js";
import {keptStripPictures, showStripPictures} from "./strip-pictures.js";
import {addressStore, follow, isChanged} from "./state.js";
import type {Store, Table} from "./state.js";
import {explainTerms} from "./terms.js";
import {visitLesson} from "./visited.js";
import {wayIn} from "./way-in.js";
import {whenNear} from "../components/page/when-near.js";

export interface Lesson<T extends Table> extends LessonControls<T> {
  readonly store: Store<LessonTable<T>>;
  readonly engine: EngineClient;
  /** The photo and the ways to bring another, backend, reset, status and what went wrong; one a page. */
  readonly bar: HTMLElement;
  /**
   * A link to the workbench's inspector with the reader's photo.
   *
   * @param carry what else of the state goes along, by key in the workbench's address
   */
  wayIn(
    text: string,
    carry?: (state: LessonState<T>) => Readonly<Record<string, string | number | undefined>>
  ): HTMLAnchorElement & {refresh(): void};
  /** Has the names of classes stand on a mask where the reader wants them; the switch for that is with the ways to bring a photo. */
  named<M extends {name(isNamed: boolean): void}>(mask: M): M;
  /** Calls `show` now and after every change of one of the named values. */
  follow(names: readonly (keyof LessonTable<T> & string)[], show: (state: LessonState<T>) => void): void;
  /**
   * Computes now and after every change of a named value, the backend or (where it is used) the photo; the latest wins,
   * and what is shown stays until the new result comes. What is far below the reader's sight begins once it is near it.
   */
  compute<R>(options: {
    readonly on: readonly (keyof T & string)[];
    /** Whether it needs the photo, and so runs anew with each one. */
    readonly photo?: boolean;
    /** What shows the result: nothing is computed before the reader comes near it. Without, it is computed as the page opens. */
    readonly near?: Element;
    work(context: WorkContext<T>): Promise<R>;
    show(result: R, context: WorkContext<T>): void;
  }): void;
  /** Shows what went wrong with a part of the page, or for null takes it back. */
  report(reason: unknown, part: string): void;
  dispose(): void;
}

export interface WorkContext<T extends Table> extends Work {
  readonly state: LessonState<T>;
  readonly backend: BackendId;
  /** The reader's photo. @throws Error in work that did not ask for one */
  readonly photo: DecodedPhoto;
}

/**
 * What the pages of the lessons share: one state table that drives address, controls and reset; the shell of a page; the photo.
 *
 * @param options.formulas whether the page has any; by default it does
 * @param options.strip where the page runs a network: the address of the model's file. The strip over the page shows its maps, once
 *   a figure stands
 */
export function lesson<const T extends Table>({
  main,
  table: own,
  samples,
  formulas = true,
  strip
}: {
  readonly main: HTMLElement;
  readonly table: T;
  readonly samples: readonly Sample[];
  readonly formulas?: boolean;
  readonly strip?: (state: LessonState<T>) => string;
}): Lesson<T> {
  const table = {...own, ...commonTable(samples)} as LessonTable<T>;
  const store = addressStore<LessonTable<T>>(table, rememberedPhoto() as Partial<LessonState<T>>);
  // The part of the state that every lesson has; TypeScript cannot see it through the type parameter.
  const common = store as unknown as Store<CommonTable>;
  const shell = pageShell({main, idle: () => ""});
  const {engine, capabilities, report} = shell;
  reportAddress(shell, table, store);

  const left = new AbortController();
  let photo: DecodedPhoto | null = null;
  const photoListeners: (() => void)[] = [];
  const backend = selectField({
    label: "Backend",
    choices: [{value: "auto", label: "Auto"}],
    value: "auto",
    onChange: (value) => common.set({backend: table.backend.parse(value)!})
  });
  /** The choice that was opened last, whether it came already or is still loading. */
  let opened: RememberedPhoto | null = null;
  /** Opens what the state says where that is not what was opened last, as after a reset or a preset. */
  const openWhatIsSaid = () => {
    const said = photoIn(common.get());
    if (opened && !isSamePhoto(said, opened)) picked.open(said);
  };
  const picked = pagePhoto({
    shell,
    samples,
    onWanted: (choice) => (opened = choice),
    onPhoto(decoded, chosen) {
      photo = decoded;
      // What maps of it take up is known before they are drawn.
      main.style.setProperty("--photo-aspect", String(decoded.canvas.width / decoded.canvas.height));
      menu.show(titleOf(decoded, samples), decoded.canvas);
      common.set(chosen);
      showStripPictures(keptStripPictures(chosen)?.pictures ?? {});
      for (const listener of photoListeners) listener();
    }
  });

  const menu = photoMenu(picked.element);
  const names = namesSwitch(common);
  names.hidden = true;

  common.listen((state, before) => {
    backend.show(state.backend);
    if (!isSamePhoto(state, before)) openWhatIsSaid();
  });
  const reset = () => {
    store.reset();
    // A photo that is still loading is not yet in the state, and would come in after the reset.
    openWhatIsSaid();
  };

  const steps: ReadingStep[] = [];
  const fillStrip = strip && stripFilling(shell, () => photoIn(common.get()), strip);
  const made: Lesson<T> = {
    ...lessonControls(table, store, (step) => steps.push(step)),
    store,
    engine,
    bar: html`<section class="lesson-bar" aria-label="Photo and where it computes">
      ${shell.error}
      <div class="lesson-bar-row">${menu}${backend}<button type="button" class="reset" aria-label="Reset this page" onclick=${reset}>Reset</button>${shell.status}</div>
    </section>`,
    wayIn(text, carry = () => ({})) {
      const link = html`<a class="way-in">${text}</a>` as HTMLAnchorElement;
      const refresh = () => {
        const {sample, address, own} = common.get();
        link.href = wayIn({...carry(store.get()), ...(address ? {url: address} : {sample, own})});
      };
      refresh();
      store.listen(refresh);
      return Object.assign(link, {refresh});
    },
    named(mask) {
      names.hidden = false;
      follow(common, ["names"], (state) => mask.name(state.names));
      return mask;
    },
    follow: (names, show) => follow(store, names, show),
    compute<R>({on, photo: usesPhoto = false, near, work, show}: Parameters<Lesson<T>["compute"]>[0]) {
      const {start} = shell.computation({
        part: work,
        async work({current, ...rest}: {readonly state: LessonState<T>; readonly current: DecodedPhoto | null} & Work) {
          const context: WorkContext<T> = {
            ...rest,
            backend: backendFor(common.get().backend, await capabilities),
            get photo() {
              if (!current) throw new Error("This figure has no photo.");
              return current;
            }
          };
          return {context, result: (await work(context)) as R};
        },
        show({context, result}) {
          show(result, context);
          if (usesPhoto) fillStrip?.(context);
        }
      });
      let isAwaited = near === undefined;
      // The photo of the moment it began, even if another comes while it runs.
      const begin = () =>
        !isAwaited || (usesPhoto && !photo) ? undefined : void start({state: store.get(), current: usesPhoto ? photo : null});
      store.listen((state, before) => {
        if (isChanged<LessonState<T>>([...on, "backend"], state, before)) begin();
      });
      if (usesPhoto) photoListeners.push(begin);
      else begin();
      if (near) {
        whenNear(near, left.signal, () => {
          isAwaited = true;
          begin();
        });
      }
    },
    report,
    dispose() {
      left.abort();
      leaveHeights();
      menu.dispose();
      picked.dispose();
      shell.dispose();
    }
  };

  picked.element.append(names, made.wayIn("Look inside this photo"));
  const leaveHeights = tellRowHeights(main);
  explainTerms(main, left.signal);
  followReading(steps, left.signal);
  visitLesson(pathInSite(location.href));
  tellProgress();
  if (formulas) loadFormulaStyle();
  void shell.meetMachine(capabilities, (found) => backend.offer(backendChoices(found), common.get().backend));
  // After the page has asked for its figures, so that the first photo finds them listening.
  queueMicrotask(() => !shell.isLeft() && photoListeners.length > 0 && picked.open(common.get()));
  return made;
}

/** What a photo is called: a sample by its title, all else by its file's name. */
function titleOf({name}: DecodedPhoto, samples: readonly Sample[]): string {
  return samples.find(({file}) => file === name)?.title ?? name;
}
