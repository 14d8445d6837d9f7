import {html} from "htl";
import {spreadRows} from "../../../components/charts/spread-rows.js";
import {classKey} from "../../../components/classes/class-key.js";
import {percent} from "../../../components/classes/class-legend.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import {differenceShare} from "../../../engine/labels/label-difference.js";
import {labelsFromLogits} from "../../../engine/labels/labels.js";
import {fitInput} from "../../../engine/preprocess.js";
import {deviations} from "../../../engine/teaching/batch-statistics.js";
import type {WorkContext} from "../../../lab/lesson.js";
import type {BatchNormAnswer} from "../../../worker/inspections/batch-norm.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";
import {codeUnder} from "../code-under.js";
import {BATCHES, EARLY, MEASURES, POINTWISE, POOLING, runOf} from "./state.js";
import type {LearningPage, LearningTable} from "./state.js";
import type {PhotosOf} from "./other-photos.js";

const CROPS = 24;
const SEED = 3;
/** Long side of photo and crops: a few dozen of them run while the reader waits. */
const LONG_SIDE = 193;
const ROWS = {
  means: {ideal: 0, idealName: "running mean", from: -2.5, to: 2.5},
  spreads: {ideal: 1, idealName: "running deviation", from: 0, to: 2}
};
const COLOURS = ["var(--rate-6)", "var(--rate-12)", "var(--rate-18)"];

export interface Norms {
  readonly answer: BatchNormAnswer;
  readonly running: Segmented;
  /** In the order of `BATCHES`. */
  readonly masks: readonly Segmented[];
  /** Share of the pixels, 0-1, whose class is another than with running statistics, in the same order. */
  readonly changed: readonly number[];
}

/** Statistics of batches beside the running ones, and the masks that they give. */
export function normsFigure(page: LearningPage, photosOf: PhotosOf, onShown: (norms: Norms) => void): HTMLElement {
  const charts = {
    means: spreadRows({
      label: "Means of channels in batches",
      xTitle: "from the running mean, in running deviations",
      rows: BATCHES.length
    }),
    spreads: spreadRows({
      label: "Deviations of channels in batches",
      xTitle: "deviation of a batch, over the running one",
      rows: BATCHES.length
    })
  };
  const running = {map: cellMap({label: "Mask with running statistics"}), key: classKey()};
  const batches = BATCHES.map((size) => ({
    size,
    map: cellMap({label: `Mask with the statistics of a batch of ${size}`}),
    key: classKey({label: `Classes with a batch of ${size}`})
  }));
  for (const {map} of [running, ...batches]) page.named(map).classList.add("picture");
  const facts = readouts(["Values a channel in a batch of 1", ...BATCHES.map(changedName)]);
  let shown: Norms | null = null;

  page.compute({
    on: [],
    photo: true,
    near: facts,
    work: (context) => normsOf(context, photosOf),
    show(found) {
      shown = found;
      running.map.draw(found.running);
      running.key.update(found.running.classes);
      batches.forEach(({map, key}, index) => {
        map.draw(found.masks[index]!);
        key.update(found.masks[index]!.classes);
      });
      facts.update(Object.fromEntries(BATCHES.map((size, index) => [changedName(size), percent(found.changed[index]!)])));
      spread();
      onShown(found);
    }
  });
  function spread(): void {
    const {norm, measure} = page.store.get();
    for (const [name, chart] of Object.entries(charts)) chart.hidden = name !== measure;
    const moments = shown?.answer.moments[norm];
    if (!shown || !moments) return;
    charts[measure].update({
      ...ROWS[measure],
      rows: BATCHES.map((size, index) => ({
        name: `${Math.floor(CROPS / size)} × a batch of ${size}`,
        colour: COLOURS[index]!,
        values: deviations(moments, size)[measure]
      }))
    });
    facts.update({"Values a channel in a batch of 1": String(shown.answer.cells[norm])});
  }
  page.follow(["norm", "measure"], spread);

  const presets = page.presets([
    {
      label: "A layer of ASPP",
      look: "A batch of one has a mean of its own in every channel; sixteen come close to the running one.",
      state: {norm: POINTWISE, measure: "means"}
    },
    {
      label: "Image pooling",
      look: "One value a channel and photo. In a batch of one nothing deviates from its mean: after the norm every photo has the same vector, and the branch says nothing.",
      state: {norm: POOLING, measure: "spreads"}
    },
    {
      label: "An early layer",
      look: "Many cells, and channels that look at edges: here even one photo is much like all.",
      state: {norm: EARLY, measure: "means"}
    }
  ]);

  return figureBlock({
    title: "Batches of 1, 4 and 16",
    code: codeUnder(page.store, (codes) => codes.learning.norms),
    controls: [page.select("norm", "Layer"), page.choice("measure", "Compared", MEASURES), presets],
    body: html`<div class="learning-rows">${facts}${Object.values(charts)}
      <div class="figure-columns" style="--column:25rem">${inPairs([html`<div><h4>Running statistics</h4>${running.map}${running.key}</div>`, ...batches.map(({size, map, key}) => html`<div><h4>Your photo in a batch of ${size}</h4>${map}${key}</div>`)])}</div>
    </div>`,
    caption: html`<span>${CROPS} crops of your photo and of samples, scaled by 0.5 to 2 and mirrored as in training, are dealt out to batches; the chart shows what each batch would tell the chosen layer's norm, a value a channel and batch. <em>Running</em> are here the statistics of all ${CROPS} crops. For each mask the photo
      runs in a batch of that many crops, itself among them. Photo and crops are ${LONG_SIDE} pixels long.</span>`
  });
}

/** Four pictures: all in a row or two and two, never three and one. */
function inPairs(pictures: readonly Node[]): readonly Node[] {
  const pairs = [pictures.slice(0, 2), pictures.slice(2)];
  return pairs.map((pair) => html`<div class="figure-columns level" style="--column:10rem">${pair}</div>`);
}

function changedName(size: number): string {
  return `Pixels changed in a batch of ${size}`;
}

async function normsOf(context: WorkContext<LearningTable>, photosOf: PhotosOf): Promise<Norms> {
  const {engine, photo, state, checkWanted} = context;
  const {resizedWidth: width, resizedHeight: height} = fitInput(photo.height, photo.width, LONG_SIDE);
  const photos = await photosOf(photo, state.sample, {width, height});
  checkWanted();
  const run = runOf(context, null);
  const small = photos[0]!;
  const result = await engine.segment(small, run);
  checkWanted();
  const answer = await engine.inspect(small, run, "batchNorm", {photos, crops: CROPS, batches: BATCHES, seed: SEED});
  const picture = (labels: Uint8Array) => segmented(photo, {...result, width, height, labels});
  const own = labelsFromLogits(result.logits, result.covered, height, width);
  const masks = answer.masks.map(({labels}) => picture(labels));
  return {answer, running: picture(own), masks, changed: masks.map(({labels}) => differenceShare(labels, own))};
}
