import {html} from "htl";
import {lossInWords, rateCurve} from "../../../components/charts/rate-curve.js";
import {classKey} from "../../../components/classes/class-key.js";
import {percent} from "../../../components/classes/class-legend.js";
import {playback} from "../../../components/fields/playback.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import {labelsFromLogits} from "../../../engine/labels/labels.js";
import {relabelledPatch, relabelledSpot} from "../../../engine/labels/relabelled.js";
import type {Relabelled} from "../../../engine/labels/relabelled.js";
import {fitInput} from "../../../engine/preprocess.js";
import type {WorkContext} from "../../../lab/lesson.js";
import {pointOf} from "../../../lab/photo-geometry.js";
import type {Descent} from "../../../worker/inspections/descent.js";
import {photoMap} from "../photo-map.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";
import {codeUnder} from "../code-under.js";
import {layerViews} from "./layer.js";
import {AREAS, CLASSES, MOVED, RATES, rateInWords, runOf} from "./state.js";
import type {LearningPage, LearningState, LearningTable} from "./state.js";

/** Radius of a spot, as a share of the photo's long side. */
const SPOT = 0.055;
/** Milliseconds that each rate stands while all are played. */
const INTERVAL = 700;

/** A photo with its mask, what it is said to show, and what a step makes of it. */
export interface Lectured {
  readonly state: LearningState;
  readonly before: Segmented;
  readonly label: Segmented;
  readonly taught: Relabelled;
  /** In the order of `RATES`. */
  readonly after: readonly Segmented[];
  readonly found: Descent;
}

/** One step of descent on the reader's photo. */
export function descentFigure(page: LearningPage, onShown: (shown: Lectured) => void): {readonly element: HTMLElement; dispose(): void} {
  let shown: Lectured | null = null;
  const maps = {
    before: photoMap({label: "The mask, and the point that is taught", store: page.store, size: () => shown?.before, pressed: true}),
    label: cellMap({label: "The label"}),
    after: cellMap({label: "The mask after one step"})
  };
  for (const map of Object.values(maps)) page.named(map).classList.add("picture");
  const keys = {before: classKey(), label: classKey({label: "Classes in the label"}), after: classKey({label: "Classes after the step"})};
  const titles = {label: html`<h4></h4>`, after: html`<h4></h4>`};
  const facts = readouts(["Loss before", "Loss after", "Taught pixels that follow", "Other pixels changed"]);
  const verdict = html`<p class="look"></p>`;
  const curve = rateCurve({label: "Loss after one step", onRate: (rate) => page.store.set({rate})});
  const layer = layerViews(page);
  const player = playback({
    interval: INTERVAL,
    step: () => page.store.set({rate: (page.store.get().rate + 1) % RATES.length})
  });

  page.compute({
    on: ["x", "y", "taught", "area", "layer", "moved", "inputSize"],
    photo: true,
    work: lectured,
    show(found) {
      shown = found;
      const {before, label, state} = found;
      maps.before.draw(before);
      maps.label.draw(label);
      keys.before.update(before.classes);
      keys.label.update(label.classes);
      titles.label.textContent = `The label: ${AREAS[state.area]} is ${state.taught}`;
      const at = pointOf(state, before);
      const size = before.width / 40;
      maps.before.mark([{row: at.row + (1 - size) / 2, column: at.column + (1 - size) / 2, size, colour: "#fff"}]);
      layer.show(found.found.layer);
      step();
      onShown(found);
    }
  });
  function step(): void {
    if (!shown) return;
    const {after, found} = shown;
    const {rate} = page.store.get();
    const now = after[rate]!;
    maps.after.draw(now);
    keys.after.update(now.classes);
    titles.after.textContent = `After one step with rate ${rateInWords(rate)}`;
    curve.update({before: found.before.loss, after: found.after, chosen: rate});
    const following = followers(shown, rate);
    facts.update({
      "Loss before": lossInWords(found.before.loss),
      "Loss after": lossInWords(found.after[rate]!.loss),
      "Taught pixels that follow": percent(following),
      "Other pixels changed": percent(othersChanged(shown, now))
    });
    verdict.textContent = inWords(shown, rate);
  }
  page.follow(["rate"], step);

  const presets = page.presets([
    {
      label: "A chair that is none",
      look: "The network takes a piece of the pink wall for a chair. Told that it is background, it needs one small step. Press Play.",
      state: {sample: "cat", address: "", x: 572, y: 100, taught: "background", area: "patch", moved: "all", rate: 3}
    },
    {
      label: "A leg that was missed",
      look: "The hind leg is not in the mask. The loss falls with the right rate, and yet the leg may not come: a few hundred pixels ask for it, and all others for what they have.",
      state: {sample: "dog", address: "", x: 292, y: 855, taught: "dog", area: "spot", moved: "all", rate: 4}
    },
    {
      label: "One layer alone",
      look: "Only the chosen layer moves. It takes a far larger rate to change as much.",
      state: {moved: "layer", rate: 7}
    }
  ]);

  return {
    element: figureBlock({
      title: "One step on your photo",
      code: codeUnder(
        page.store,
        (codes) => (state) => codes.learning.descent({...state, id: CLASSES.indexOf(state.taught), learningRate: RATES[state.rate]!})
      ),
      controls: [
        page.slider("rate", "Learning rate", "", rateInWords),
        player,
        page.select("taught", "Say that it is"),
        page.choice("area", "What you relabel", AREAS),
        page.choice("moved", "What moves", MOVED),
        page.choice("inputSize", "Input size"),
        presets
      ],
      body: html`<div>
        <div class="figure-columns level" style="--column:12.5rem"><div><h4>The mask now</h4>${maps.before}${keys.before}</div><div>${titles.label}${maps.label}${keys.label}</div><div>${titles.after}${maps.after}${keys.after}</div></div>
        ${facts}${verdict}${curve}
      </div>`,
      more: html`<div class="learning-layer">${layer.element}</div>` as Node,
      caption: html`<span>Press on a patch of the mask and say what it is, true or false; the rest of the label is the network's own mask. The step is plain descent on all pixels of this one photo. Every rate on the slider is really tried, and the curve shows the loss after each. For the chosen layer and channel,
        <em>asked</em> is minus the gradient: red where the loss would have more, blue where less.</span>`
    }),
    dispose: player.dispose
  };
}

async function lectured(context: WorkContext<LearningTable>): Promise<Lectured> {
  const {state, photo, engine, checkWanted} = context;
  const run = runOf(context, Number(state.inputSize));
  const result = await engine.segment(photo, run);
  checkWanted();
  const {resizedWidth: width, resizedHeight: height} = fitInput(photo.height, photo.width, run.inputSize);
  const own = {width, height, ids: labelsFromLogits(result.logits, result.covered, height, width)};
  const at = pointOf(state, own);
  const id = CLASSES.indexOf(state.taught);
  const taught = state.area === "patch" ? relabelledPatch(own, at, id) : relabelledSpot(own, at, id, SPOT * Math.max(width, height));
  const {ids} = taught;
  const found = await engine.inspect(photo, run, "descent", {
    labels: {width, height, ids},
    endPoint: state.layer,
    moved: state.moved,
    rates: RATES
  });
  const picture = (labels: Uint8Array) => segmented(photo, {...result, width, height, labels});
  return {
    state,
    taught,
    found,
    before: picture(found.before.labels),
    label: picture(ids),
    after: found.after.map(({labels}) => picture(labels))
  };
}

/** Share of the relabelled pixels, 0-1, that have the class they were given after a step with a rate. */
export function followers({taught, after}: Lectured, rate: number): number {
  const {labels} = after[rate]!;
  return taught.pixels.filter((pixel) => labels[pixel] === taught.ids[pixel]).length / taught.pixels.length;
}

/** Share of the other pixels, 0-1, whose class changes with a step. */
function othersChanged({taught, before}: Lectured, {labels}: Segmented): number {
  const isChanged = (id: number, pixel: number) => id !== before.labels[pixel];
  const all = labels.filter(isChanged).length;
  const among = taught.pixels.filter((pixel) => isChanged(labels[pixel]!, pixel)).length;
  return (all - among) / Math.max(1, labels.length - taught.pixels.length);
}

/** As good as the best is a loss that is higher by no more than this share. */
const AS_GOOD = 0.1;

function inWords({found}: Lectured, rate: number): string {
  const losses = found.after.map(({loss}) => (Number.isFinite(loss) ? loss : Infinity));
  const [loss, least] = [losses[rate]!, Math.min(...losses)];
  if (loss > found.before.loss) return "Too large: the loss is higher than before the step.";
  if (loss <= (1 + AS_GOOD) * least) return "About right: of these rates none lowers the loss much more.";
  return rate < losses.indexOf(least)
    ? "Too small: the loss falls, but a larger step would take more off it."
    : "Larger than it should be: a smaller step would take more off the loss.";
}
