import {html} from "htl";
import {percent} from "../../../components/classes/class-legend.js";
import {classKey} from "../../../components/classes/class-key.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import {stepChart} from "../../../components/training/step-chart.js";
import type {StepSeries} from "../../../components/training/step-chart.js";
import type {Activations} from "../../../engine/activations.js";
import type {Network} from "../../../engine/network.js";
import {smallestPlan} from "../../../engine/plan.js";
import type {WorkContext} from "../../../lab/lesson.js";
import {sourceLooks} from "../../../lab/source-look.js";
import type {BranchesAnswer} from "../../../worker/demonstrations/branches.js";
import {LIKE_BUNDLED} from "../bundled-model.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";
import {codeUnder} from "../code-under.js";
import type {PhotosOf} from "./other-photos.js";
import {SMALL_RATES, runOf} from "./state.js";
import type {LearningPage, LearningState, LearningTable} from "./state.js";

/** Side of the squares that are learnt from, in pixels. */
const SIDE = 129;
export const STEPS = 40;
/** Until this step every second is looked at, then every fourth. */
const EARLY = 8;
const CHANNELS = 64;
const RATE = 1e-3;
const SEED = 1;
/** The reader's photo among those that are learnt from. */
const OWN = 0;

/** How each branch is called and coloured. */
export const LOOK = sourceLooks(LIKE_BUNDLED);
/** The branches as they are shown: image pooling, which is no convolution, last. */
const BRANCHES = LIKE_BUNDLED.branches.toSorted((a, b) => Number(a.kind === "image_pooling") - Number(b.kind === "image_pooling"));
const DASHES = ["none", "9 4", "5 4", "2 4", "12 4 2 4"];

/** What is learnt from: the reader's photo and others, as the held backbone sees them. */
interface Lessons {
  readonly network: Network;
  readonly features: readonly Activations[];
  readonly labels: readonly {readonly width: number; readonly height: number; readonly ids: Uint8Array}[];
  picture(labels: Uint8Array): Segmented;
}

/** A course of learning, as far as it has come. */
export interface Course {
  readonly lessons: Lessons;
  readonly key: string;
  readonly photo: object;
  readonly looks: readonly BranchesAnswer[];
}

/** ASPP learning from nothing, and what each of its branches is worth as it does. */
export function branchesFigure(page: LearningPage, photosOf: PhotosOf, onShown: (course: Course) => void): HTMLElement {
  const {store} = page;
  let course: Course | null = null;
  /** Which look is shown: the last, or one that the reader goes back to. */
  let chosen: number | null = null;

  const charts = {
    worth: stepChart({label: "How much the loss rises without a branch", scale: "linear", text: short, onStep: look}),
    loss: stepChart({label: "Loss", scale: "log", text: short, onStep: look}),
    share: stepChart({label: "Share of each branch in what the projection reads", scale: "linear", text: percent, onStep: look})
  };
  const whole = {label: cellMap({label: "The label of your photo"}), mask: cellMap({label: "The mask with all branches"})};
  const alone = BRANCHES.map(({name, endPoint}) => ({
    name,
    ...LOOK(endPoint),
    map: cellMap({label: `The mask with ${LOOK(endPoint).title} alone`})
  }));
  for (const map of [...Object.values(whole), ...alone.map(({map}) => map)]) page.named(map).classList.add("picture");
  const key = classKey({label: "Classes in the label of your photo"});
  const facts = readouts(["Step", "Loss now", "Worth most now"]);
  const button = html`<button type="button" class="primary" onclick=${press}></button>` as HTMLButtonElement;
  const again = html`<button type="button" onclick=${startAgain}>Start again</button>` as HTMLButtonElement;

  /** Nothing is to be seen before anything was learnt. */
  const results = html`<div hidden>
    ${facts}
    <div class="figure-columns" style="--column:20rem"><div><h4>How much the loss rises without a branch</h4>${charts.worth}</div><div><h4>Loss</h4>${charts.loss}</div></div>
    <div class="figure-columns level" style="--column:8.5rem">
      <div><h4>The label</h4>${whole.label}</div><div><h4>All branches</h4>${whole.mask}</div>${alone.map(({title, map}) => html`<div><h4>${title} alone</h4>${map}</div>`)}
    </div>${key}
    <h4>Share of each branch in what the projection reads</h4>${charts.share}
  </div>` as HTMLElement;

  function press(): void {
    if (isDone()) startAgain();
    else store.set({learns: !store.get().learns});
  }
  function startAgain(): void {
    course = null;
    chosen = null;
    draw();
    // Off and on, so that what is under way is overtaken.
    store.set({learns: false});
    store.set({learns: true});
  }
  const isDone = () => course !== null && course.looks.at(-1)?.state.step === STEPS;
  function look(step: number): void {
    if (!course) return;
    const {looks} = course;
    const now = looks[chosen ?? looks.length - 1]!.state.step;
    // On to the next look or back to one before: an arrow key leads one step on, where nothing may have been looked at.
    chosen = step > now ? looks.findIndex(({state}) => state.step >= step) : looks.findLastIndex(({state}) => state.step <= step);
    draw();
  }

  page.compute({
    on: ["learns", "smallRates"],
    photo: true,
    near: button,
    async work(context) {
      const {state, photo, checkWanted} = context;
      if (course && (course.photo !== photo || course.key !== state.smallRates)) {
        course = null;
        chosen = null;
      }
      draw();
      if (!state.learns) return;
      course ??= {lessons: await lessonsOf(context, photosOf), key: state.smallRates, photo, looks: []};
      checkWanted();
      while (!isDone()) {
        const next = await nextLook(context, course);
        checkWanted();
        course = {...course, looks: [...course.looks, next]};
        chosen = null;
        draw();
      }
    },
    show() {
      draw();
    }
  });
  page.follow(["learns"], write);

  function write(): void {
    const {learns} = store.get();
    button.textContent = isDone() ? "Learn again" : learns ? "Pause" : course ? "Go on" : "Let it learn";
    again.hidden = !course || isDone();
  }

  function draw(): void {
    write();
    const looks = course?.looks ?? [];
    const at = chosen ?? looks.length - 1;
    const now = looks[at];
    const curves = (series: readonly StepSeries[]) => ({
      series,
      marks: [],
      end: STEPS,
      ...(chosen !== null && now && {at: now.state.step})
    });
    const ofBranch = (of: (answer: BranchesAnswer, name: string) => number) =>
      curves(
        BRANCHES.map(({name, endPoint}, index): StepSeries => {
          const {title, colour} = LOOK(endPoint);
          return {
            name: title,
            colour,
            dashes: DASHES[index]!,
            points: looks.map((answer) => ({step: answer.state.step, value: of(answer, name)}))
          };
        })
      );
    const branch = (answer: BranchesAnswer, name: string) => answer.branches.find((each) => each.name === name)!;
    charts.worth.update(ofBranch((answer, name) => Math.max(0, branch(answer, name).muted - answer.loss)));
    charts.share.update(ofBranch((answer, name) => branch(answer, name).share));
    charts.loss.update(
      curves([
        {name: "all branches", colour: "var(--concept-cost)", points: looks.map(({state, loss}) => ({step: state.step, value: loss}))}
      ])
    );
    results.hidden = !now;
    if (!course || !now) {
      facts.update({Step: "–", "Loss now": "–", "Worth most now": "–"});
      return;
    }
    const {lessons} = course;
    const label = lessons.picture(lessons.labels[OWN]!.ids);
    whole.label.draw(label);
    key.update(label.classes);
    whole.mask.draw(lessons.picture(now.mask));
    for (const {name, map} of alone) map.draw(lessons.picture(branch(now, name).mask));
    facts.update({
      Step: `${now.state.step} of ${STEPS}`,
      "Loss now": short(now.loss),
      "Worth most now": titleOfWorthMost(now)
    });
    onShown(course);
  }

  return figureBlock({
    title: "ASPP from nothing",
    code: codeUnder(store, (codes) => (state) => codes.learning.branches({...state, rates: ratesOf(state)})),
    controls: [
      html`<div class="learning-buttons">${button}${again}</div>`,
      page.choice("smallRates", "Rates on this small map", SMALL_RATES)
    ],
    body: html`<div class="learning-rows">${results}</div>`,
    caption: html`<span>A head without a decoder, each branch ${CHANNELS} channels wide, learns from nothing on the middle of your photo and of four samples, ${SIDE} × ${SIDE} pixels each, labelled by the trained network; the backbone is held. All photos are one batch, for ${STEPS} steps of Adam, whose rate falls from ${RATE} as “poly” has it. A branch is worth the loss
      with zeros in its place less the loss with all. Point at a chart to go back. Nothing is kept.</span>`
  });
}

/** The branch without which the loss rises most. */
export function titleOfWorthMost({branches}: BranchesAnswer): string {
  const {name} = branches.toSorted((a, b) => b.muted - a.muted)[0]!;
  return LOOK(BRANCHES.find((branch) => branch.name === name)!.endPoint).title;
}

function short(value: number): string {
  return value.toPrecision(2).replace(/e.*/, "");
}

/** The backbone's features of the photos, and their labels. */
async function lessonsOf(context: WorkContext<LearningTable>, photosOf: PhotosOf): Promise<Lessons> {
  const {engine, photo, state, checkWanted} = context;
  const run = runOf(context, null);
  const {network} = await engine.describe(run.modelUrl);
  // Names of end points do not depend on the size.
  const {features: tap} = smallestPlan(network);
  const photos = await photosOf(photo, state.sample, {width: SIDE, height: SIDE});
  const results = [];
  for (const each of photos) {
    checkWanted();
    results.push(await engine.segment(each, {...run, taps: [tap]}));
  }
  const {classes, palette} = results[OWN]!;
  const own = {...photo, ...photos[OWN]!};
  return {
    network,
    features: results.map(({taps}) => taps[tap]!),
    labels: results.map(({labels: ids}) => ({width: SIDE, height: SIDE, ids})),
    picture: (labels) => segmented(own, {width: SIDE, height: SIDE, labels, classes, palette})
  };
}

function ratesOf({smallRates}: Pick<LearningState, "smallRates">): number[] {
  return SMALL_RATES[smallRates].split(", ").map(Number);
}

/** Learns on to the next look. */
function nextLook(context: WorkContext<LearningTable>, {lessons: {network, features, labels}, looks}: Course): Promise<BranchesAnswer> {
  const from = looks.at(-1)?.state ?? null;
  const steps = from === null ? 0 : from.step < EARLY ? 2 : 4;
  return context.engine.demonstrate(context.backend, "branches", {
    network,
    features,
    labels,
    rates: ratesOf(context.state),
    channels: CHANNELS,
    from,
    steps,
    of: STEPS,
    rate: RATE,
    seed: SEED,
    shown: OWN
  });
}
