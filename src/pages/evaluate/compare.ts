import {html} from "htl";
import {selectField} from "../../components/fields/fields.js";
import {figureBlock} from "../../components/page/figure-block.js";
import {differenceIntervals, points} from "../../components/results/difference-intervals.js";
import type {Interval} from "../../components/results/difference-intervals.js";
import {COMPARED, isOpen, pairedDifferences} from "../../evaluate/paired.js";
import type {ComparedMetric, Pair, PairedDifference} from "../../evaluate/paired.js";
import {talliesOf} from "../../evaluate/photo-counts.js";
import type {PhotoCounts} from "../../evaluate/photo-counts.js";
import type {Store} from "../../lab/state.js";
import {runInWords} from "./figures.js";
import type {KeptRun} from "./kept-runs.js";
import type {EvaluateTable} from "./state.js";

const NAMES: Readonly<Record<ComparedMetric, string>> = {
  meanIoUOfLabelled: "mIoU, classes in the labels",
  meanIoU: "mIoU, all classes",
  pixelAccuracy: "Pixel accuracy",
  meanAccuracy: "Mean accuracy",
  frequencyWeightedIoU: "Frequency-weighted IoU"
};

/** Of a key so much stands in the address. */
const DIGITS = 12;

export interface ComparisonView {
  readonly element: HTMLElement;
  /** @param runs all that are kept */
  show(run: KeptRun, runs: readonly KeptRun[]): void;
}

/** A result beside another of the same photos, with how far they could lie apart by the choice of photos alone. */
export function comparisonView(store: Store<EvaluateTable>): ComparisonView {
  let content: Parameters<ComparisonView["show"]> | null = null;
  const other = selectField({label: "Compare with", choices: [], value: "", onChange: (value) => store.set({against: value})});
  const said = html`<p></p>` as HTMLElement;
  const intervals = differenceIntervals({label: "Both results"});

  function draw(): void {
    if (!content) return;
    const [run, runs] = content;
    const others = runs.filter((each) => each.key !== run.key && pairsOf(run, each).length > 0);
    const {against} = store.get();
    const found = against === "" ? undefined : others.find(({key}) => key.startsWith(against));
    other.offer(
      [
        {value: "", label: others.length > 0 ? "nothing" : "no other result of these photos yet"},
        ...others.map((each) => ({value: each.key.slice(0, DIGITS), label: runInWords(each)}))
      ],
      found ? found.key.slice(0, DIGITS) : ""
    );
    intervals.hidden = !found;
    if (!found) {
      said.textContent =
        others.length > 0 ? "" : "Measure another model or setting on the same photos; both results are kept, and can be compared then.";
      return;
    }
    const pairs = pairsOf(run, found);
    const differences = pairedDifferences(pairs);
    said.textContent = verdict(differences.meanIoUOfLabelled, pairs.length, runInWords(found));
    const rows = COMPARED.flatMap((metric): Interval[] => {
      const difference = differences[metric];
      return difference ? [{name: NAMES[metric], ...difference}] : [];
    });
    intervals.update({first: "shown", second: "compared"}, rows);
  }
  store.listen((state, before) => state.against !== before.against && draw());

  return {
    element: figureBlock({
      title: "Two results on the same photos",
      controls: [other],
      body: [said, intervals],
      caption:
        "As many photos as there are, drawn with repetition 2000 times; each draw measures both (a paired bootstrap). An interval that holds zero is hatched: on other photos of this kind the other could be ahead."
    }),
    show(...next) {
      content = next;
      draw();
    }
  };
}

/** The photos that both have measured, one by one the same. */
export function pairsOf(one: KeptRun, other: KeptRun): Pair[] {
  const classes = one.model.classes.length;
  if (other.model.classes.length !== classes) return [];
  const theirs = new Map<string, PhotoCounts>(other.photos.flatMap((photo) => (photo ? [[photo.digest, photo.counts] as const] : [])));
  return one.photos.flatMap((photo) => {
    const counts = photo && theirs.get(photo.digest);
    return counts ? [[talliesOf(photo.counts, classes), talliesOf(counts, classes)] as const] : [];
  });
}

/** What a difference of mIoU comes to, in a sentence. */
export function verdict(difference: PairedDifference | null, photos: number, name: string): string {
  if (!difference) return "None of the classes is in the labels: there is nothing to compare.";
  const {difference: apart, low, high} = difference;
  const count = photos === 1 ? "This one photo" : `These ${photos} photos`;
  const range = `from ${points(low)} to ${points(high)} points`;
  if (apart === 0 && low === 0 && high === 0) return `${count} give both the same mIoU.`;
  return isOpen(difference)
    ? `${count} cannot tell them apart: mIoU differs by ${points(apart)} points, and by the choice of photos alone that could be ${range}.`
    : `${count} tell them apart: “${name}” is ${apart > 0 ? "better" : "worse"} by ${points(Math.abs(apart)).replace("+", "")} points of mIoU (${range}).`;
}
