import {html} from "htl";
import {nextId, selectField} from "../../components/fields/fields.js";
import {vocPalette} from "../../data/labels/voc.js";
import {countInWords} from "../../datasets/count-in-words.js";
import {datasetPanel} from "../../lab/datasets/dataset-panel.js";
import type {ChosenSplit} from "../../lab/datasets/dataset-panel.js";
import {nameOf} from "../../lab/datasets/name-of.js";
import type {ListedModel} from "../../lab/model-list.js";
import type {PageShell} from "../../lab/page-shell.js";
import type {Store} from "../../lab/state.js";
import type {TrainingChoice, ValChoice} from "../../worker/training-messages.js";
import {LISTS_TO_LEARN_FROM, NOTHING_APART, apartChoices, apartOf} from "./settings.js";
import type {TrainTable} from "./state.js";

/** What a training is told of its photos. */
export interface TrainingPhotos extends Pick<TrainingChoice, "data" | "labels" | "title" | "from" | "source"> {
  readonly val: ValChoice;
  readonly chosen: ChosenSplit;
}

export interface TrainingData {
  readonly element: HTMLElement;
  /** Null before a list of photos was looked at, or where what was found is to be put right first. */
  photos(): TrainingPhotos | null;
  /** Why there are none, or nothing can be learnt of them: a sentence; empty where all is well. */
  why(): string;
  /** Folds it away, or shows it. */
  fold(isFolded: boolean): void;
  /** Opens a project that the reader labelled. */
  openLabelled(id: string): void;
  said(): string;
}

/**
 * Photos that are learnt from, which of them are kept apart, and the names of their classes.
 *
 * @param options.onChange called with each change
 */
export function trainingData(options: {
  readonly shell: PageShell;
  readonly signal: AbortSignal;
  readonly store: Store<TrainTable>;
  model(): ListedModel;
  onChange(): void;
}): TrainingData {
  const {shell, signal, store, model, onChange} = options;
  const panel = datasetPanel({
    shell,
    signal,
    names: store,
    // Masks are checked against what will be learnt, not against what the model knows.
    expected(facts) {
      const {classes, palette} = model();
      const {classes: named} = store.get();
      if (facts.classes) return {classes: facts.classes, palette: facts.colours ?? vocPalette(facts.classes.length)};
      return named.length > 0 ? {classes: named, palette: vocPalette(named.length)} : {classes, palette};
    },
    lists: () => [store.get().list, ...LISTS_TO_LEARN_FROM],
    onChosen(chosen) {
      if (chosen) {
        const {split, facts, labelled} = chosen;
        const usual = LISTS_TO_LEARN_FROM.find((name) => facts.splits.includes(name)) ?? facts.splits[0];
        store.set({list: split === usual ? "" : split, project: labelled?.id ?? ""});
        apart.offer(
          apartChoices(facts, split).map((value) => ({value, label: apartInWords(value)})),
          apartNow(chosen)
        );
      }
      summary.textContent = chosen
        ? `${nameOf(chosen)}: ${countInWords(chosen.checked.photos, "photo")} of the list ${chosen.split}`
        : "Choose labelled photos";
      fields.hidden = chosen === null;
      naming.hidden = chosen?.facts.classes !== undefined;
      onChange();
    }
  });
  const apart = selectField({label: "Kept apart", choices: [], value: "", onChange: (value) => store.set({val: value})});
  const id = nextId("names");
  const names = html`<input id=${id} type="text" autocomplete="off" placeholder="background, chair" onchange=${() =>
    store.set({
      classes: names.value
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "")
    })} />` as HTMLInputElement;
  const naming =
    html`<div class="field" hidden><label class="field-name" for=${id}>Names of the classes, in the order of their numbers</label>${names}
    <span class="hint">The data set tells none. Left empty, they are those of the model that it starts from.</span></div>` as HTMLElement;
  const fields = html`<div class="train-basics" hidden>${apart}${naming}</div>` as HTMLElement;

  const apartNow = ({facts, split}: ChosenSplit) => {
    const choices = apartChoices(facts, split);
    return choices.includes(store.get().val) ? store.get().val : choices[0]!;
  };
  store.listen((state, before) => {
    names.value = state.classes.join(", ");
    const chosen = panel.chosen();
    if (chosen) apart.show(apartNow(chosen));
    if (state.classes.join() !== before.classes.join() && chosen && !chosen.facts.classes) panel.recheck();
    if (state.model !== before.model && chosen && !chosen.facts.classes && state.classes.length === 0) panel.recheck();
  });
  names.value = store.get().classes.join(", ");
  const summary = html`<summary>Choose labelled photos</summary>` as HTMLElement;
  const element = html`<details class="train-photos" open>${summary}${panel.element}${fields}</details>` as HTMLDetailsElement;

  return {
    element,
    fold: (isFolded) => (element.open = !isFolded),
    photos() {
      const chosen = panel.chosen();
      if (!chosen || whyNot(chosen) !== "") return null;
      const {given, mends, split, facts, labelled, checked} = chosen;
      const {classes} = store.get();
      const name = nameOf(chosen);
      return {
        chosen,
        data: {given, mends, split},
        val: apartOf(store.get().val, apartChoices(facts, split)),
        title: `${name}, trained`,
        from: `${name} (${countInWords(checked.photos, "labelled photo")} of the list ${split})`,
        source: labelled?.id ?? "",
        ...(!facts.classes && classes.length > 0 && {labels: {classes, palette: vocPalette(classes.length)}})
      };
    },
    why() {
      const chosen = panel.chosen();
      return chosen ? whyNot(chosen) : "Choose labelled photos first.";
    },
    openLabelled: panel.openLabelled,
    said: panel.said
  };
}

function whyNot({checked: {findings, photos}}: ChosenSplit): string {
  if (photos === 0) return "This list has no photos.";
  return findings.some(({grave}) => grave) ? "Put right first what the check-up found: it would be learnt." : "";
}

function apartInWords(value: string): string {
  if (value === NOTHING_APART) return "nothing: no way to tell whether it over-fits";
  return value.endsWith("%") ? `${value} of these photos` : `the list ${value}`;
}
