import {html} from "htl";
import type {Mark} from "../../../components/maps/cell-map.js";
import {classKey} from "../../../components/classes/class-key.js";
import {percent} from "../../../components/classes/class-legend.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {mixingDesk} from "../../../components/fields/mixing-desk.js";
import type {MixingDesk} from "../../../components/fields/mixing-desk.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Sample} from "../../../data/samples/samples.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import type {RunningBranch} from "../../../engine/head.js";
import {differenceShare, keptShare} from "../../../engine/labels/label-difference.js";
import {fieldInWords, tapSquares} from "../../../lab/branch-squares.js";
import {lesson} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {rangeOf} from "../../../lab/try-this.js";
import {pointOf} from "../../../lab/photo-geometry.js";
import {sourceLooks} from "../../../lab/source-look.js";
import type {Segmentation} from "../../../worker/protocol.js";
import {codeUnder} from "../code-under.js";
import {contributionsFigure} from "./contributions.js";
import {ASPP_TABLE, BRANCHES, BRANCH_NAMES, OWN_RATES, asppRun} from "./state.js";
import type {AsppTable} from "./state.js";
import {changeInWords, keptInWords, objectAhead} from "./words.js";
import {photoMap} from "../photo-map.js";
import {pictureBeside} from "../picture-beside.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";
import {BUNDLED} from "../bundled-model.js";

/** Branches to predict of, by their titles: the narrowest, the widest, and the one that sees everything. */
const WIDEST = BRANCHES.findLast(({kind}) => kind === "atrous")!;
const RIVALS = BRANCHES.filter(({kind, name}) => kind !== "atrous" || name === WIDEST.name).map(({title}) => title);
/** Rates, as the slider has them, and shares of the photo to predict. */
const FITTING = [{text: "below 4", below: 4}, {text: "4 to 8", below: 9}, {text: "9 or more"}];
const CHANGED = [{text: "less than 1 %", below: 0.01}, {text: "1 to 10 %", below: 0.1}, {text: "more than 10 %"}];

const listed = (words: readonly string[]) => new Intl.ListFormat("en-GB").format(words);

/** Milliseconds that taps take to where another rate, or a branch that is heard again, sends them. */
const SPREAD = 500;

const OBJECT_AHEAD = "Object ahead in the mean logits";

/** The page about atrous spatial pyramid pooling. */
export function asppLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: ASPP_TABLE, samples, strip: () => BUNDLED.url});
  const {store} = page;
  let shown: {
    readonly result: Segmentation;
    readonly picture: Segmented;
    readonly branches: readonly RunningBranch[];
    readonly changed: number;
    /** Share of the objects' pixels that are as in the network as trained; null where it found no object. */
    readonly kept: number | null;
    readonly muted: readonly string[];
  } | null = null;
  /** What each branch alone keeps of the objects, as far as it was heard alone with one photo and setting. */
  const heard = new Map<string, number>();
  let heardOf = {setting: "", photo: null as object | null};
  /** The network as trained on the photo that stands, to compare with. */
  let trained: {readonly key: string; readonly photo: object; readonly labels: Uint8Array} | null = null;

  const map = page.named(photoMap({label: "Segmentation with the branches' taps", store, size: () => shown?.result}));
  const key = classKey();
  const facts = readouts(["Class at the point", "Pixels changed", "Object pixels kept", OBJECT_AHEAD, "Feature size", "Rates in this run"]);
  // It has its lines before the network has run: what stands under it does not move.
  const fields = html`<ul class="chart-legend" aria-label="Fields of the branches">${BRANCHES.map(({title, colour}) => fieldOf(title, colour))}</ul>`;
  const desk: MixingDesk = mixingDesk({
    strips: BRANCHES.map(({name, title, colour, rate}) => ({
      name,
      title,
      colour,
      control: rate && page.slider(rate, `Rate of ${title}`)
    })),
    onMute: (name) => {
      const {muted} = store.get();
      store.set({muted: muted.includes(name) ? muted.filter((other) => other !== name) : [...muted, name]});
    },
    onSolo: (name) => {
      const others = BRANCH_NAMES.filter((other) => other !== name);
      const {muted} = store.get();
      const isAlone = !muted.includes(name) && others.every((other) => muted.includes(other));
      store.set({muted: isAlone ? [] : others});
    }
  });
  page.follow(["muted"], ({muted}) => desk.mute(new Set(muted)));

  page.compute({
    on: ["rate1", "rate2", "rate3", "muted", "outputStride", "inputSize"],
    photo: true,
    async work(context) {
      const {state, photo, engine} = context;
      const key = `${state.outputStride} ${state.inputSize}`;
      if (trained?.key !== key || trained.photo !== photo) {
        const untouched = {...context, state: {...state, ...OWN_RATES, muted: []}};
        const {labels} = await engine.segment(photo, (await asppRun(untouched)).options);
        trained = {key, photo, labels};
      }
      context.checkWanted();
      const {options, branches} = await asppRun(context);
      const result = await engine.segment(photo, {...options, taps: branches.map(({joined}) => joined)});
      const background = result.classes.indexOf(BACKGROUND);
      return {
        result,
        changed: differenceShare(result.labels, trained.labels),
        kept: keptShare(trained.labels, result.labels, background)
      };
    },
    show({result, changed, kept}, {photo, state}) {
      const {muted} = state;
      hear(state, photo, kept);
      const branches = result.plan.branches;
      shown = {result, picture: segmented(photo, result), branches, changed, kept, muted};
      map.draw(shown.picture);
      key.update(shown.picture.classes);
      for (const {name, kind, joined, rate} of branches) {
        const maps = result.taps[joined]!;
        desk.fill(name, maps, kind === "image_pooling" ? "one value a channel" : kind === "atrous" ? `rate ${rate} here` : "");
      }
      facts.update({
        "Pixels changed": percent(changed),
        "Object pixels kept": keptInWords(kept),
        [OBJECT_AHEAD]: objectAhead(result),
        "Feature size": `${result.plan.featureWidth} × ${result.plan.featureHeight}`,
        "Rates in this run": branches
          .filter(({kind}) => kind === "atrous")
          .map(({rate}) => rate)
          .join(", ")
      });
      point(SPREAD);
      attempts.refresh();
    }
  });

  function hear({muted, rate1, rate2, rate3, outputStride, inputSize}: LessonState<AsppTable>, photo: object, kept: number | null): void {
    const setting = [rate1, rate2, rate3, outputStride, inputSize].join();
    if (heardOf.setting !== setting || heardOf.photo !== photo) heard.clear();
    heardOf = {setting, photo};
    const alone = BRANCHES.find(({name}) => name === soloed(muted));
    if (alone && kept !== null) heard.set(alone.title, kept);
  }

  /**
   * Draws where each branch looks for the point, at the rates that stand now, which the mask may still be to follow.
   *
   * @param glide milliseconds that the taps take from where they were: none where the reader's own hand moves them
   */
  function point(glide = 0): void {
    if (!shown) return;
    const {result, branches} = shown;
    const state = store.get();
    const at = pointOf(state, result);
    facts.update({"Class at the point": result.classes[result.labels[at.row * result.width + at.column]!]!});
    const look = sourceLooks(result.plan);
    const marks: Mark[] = [];
    const legend: {text: string; colour: string}[] = [];
    // The widest first, so that the smaller lie on top.
    for (const running of branches.toReversed()) {
      const {colour, title} = look(running.endPoint);
      const {rate} = BRANCHES.find(({name}) => name === running.name) ?? {};
      const branch = rate ? {...running, rate: (state[rate] * 16) / result.plan.outputStride} : running;
      const muted = state.muted.includes(branch.name);
      const taps = tapSquares(branch, result, at);
      const from = taps[(taps.length - 1) / 2];
      if (!muted)
        marks.push(
          ...taps.map(({inside, ...square}, index): Mark => {
            return {...square, colour, filled: true, dashed: !inside, key: `${branch.name} ${index}`, from};
          })
        );
      legend.push({colour, text: `${title}: ${muted ? "muted" : fieldInWords(branch, taps)}`});
    }
    map.mark([...marks, {row: at.row - 1.5, column: at.column - 1.5, size: 3, colour: "#fff", key: "point"}], {glide});
    fields.replaceChildren(...legend.toReversed().map(({text, colour}) => fieldOf(text, colour)));
  }
  page.follow(["x", "y"], () => point());
  page.follow(["rate1", "rate2", "rate3", "muted"], () => point(SPREAD));

  const soloed = (muted: readonly string[]) =>
    muted.length === BRANCH_NAMES.length - 1 ? BRANCH_NAMES.find((name) => !muted.includes(name)) : undefined;
  const namesOf = (kind: RunningBranch["kind"]) => BRANCHES.filter((branch) => branch.kind === kind).map(({name}) => name);
  const allBut = (kind: RunningBranch["kind"]) => BRANCH_NAMES.filter((name) => !namesOf(kind).includes(name));
  /** Settings that presets and prose speak of. */
  const settings = {
    asTrained: {...OWN_RATES, muted: []},
    poolingAlone: {...OWN_RATES, muted: allBut("image_pooling")},
    withoutPooling: {...OWN_RATES, muted: namesOf("image_pooling")}
  };
  const presets = page.presets([
    {
      label: "As trained",
      look: "Five branches, rates 6, 12, 18: each square is one tap, and each tap sees far more than its own cell.",
      state: settings.asTrained
    },
    {
      label: "No surroundings",
      look: "The 1 × 1 alone: nothing around a place beyond what the backbone saw. Look for patches of a wrong class inside objects.",
      state: {...OWN_RATES, muted: allBut("conv_1x1")}
    },
    {
      label: "One vector for all",
      look: "Image pooling alone gives every place the same, so the mask tells no place from another: on our sample photos it is background throughout. What the branch knows of a photo shows in the mean logits, by the object's class that comes after the background.",
      state: settings.poolingAlone
    },
    {
      label: "Looking next door",
      look: "All rates 1, with the same weights: they were trained to look further, and the mask shows it.",
      state: {rate1: 1, rate2: 1, rate3: 1, muted: []}
    },
    {
      label: "Too far",
      look: "At rate 24 on this map most taps lie outside and read zero, on a real network.",
      state: {rate1: 24, rate2: 24, rate3: 24, muted: []}
    }
  ]);
  const attempts = page.tryThis([
    {
      ask: `Solo ${listed(RIVALS)}. Which of them alone keeps most of the objects' pixels?`,
      guesses: RIVALS,
      answer: () => {
        const kept = RIVALS.map((title) => [title, heard.get(title)] as const);
        if (kept.some(([, share]) => share === undefined)) return null;
        const [right] = kept.reduce((best, next) => (next[1]! > best[1]! ? next : best));
        return {right, text: `Alone they keep ${listed(kept.map(([title, share]) => `${percent(share!)} (${title})`))}.`};
      }
    },
    {
      ask: `Lower the rate of ${WIDEST.title} until all nine of its taps lie on the map at your point. How low must it be?`,
      guesses: FITTING.map(({text}) => text),
      answer: (state) => {
        const branch = shown?.branches.findLast(({kind}) => kind === "atrous");
        if (!shown || !branch) return null;
        const {result} = shown;
        const at = pointOf(state, result);
        const {featureWidth, featureHeight, outputStride} = result.plan;
        // As the slider has them, at output stride 16.
        const fits = (rate: number) => tapSquares({...branch, rate: (rate * 16) / outputStride}, result, at).every((tap) => tap.inside);
        let largest = (branch.rate * outputStride) / 16;
        if (!fits(largest)) return null;
        while (fits(largest + 1)) largest++;
        return {
          right: rangeOf(largest, FITTING),
          text: `${largest} is the largest rate that fits here, on a map of ${featureWidth} × ${featureHeight} cells.`
        };
      }
    },
    {
      ask: "Mute image pooling. How much of the photo changes its class?",
      guesses: CHANGED.map(({text}) => text),
      answer: () =>
        shown?.muted.join() === namesOf("image_pooling").join()
          ? {right: rangeOf(shown.changed, CHANGED), text: changeInWords(shown.changed, shown.kept)}
          : null
    }
  ]);

  return {
    bar: page.bar,
    show: page.show,
    settings,
    attempts,
    desk: figureBlock({
      title: "Five branches on your photo",
      code: codeUnder(store, (codes) => codes.networks.desk),
      body: pictureBeside(map, [key, fields], desk),
      controls: [presets, page.choice("outputStride", "Output stride"), page.choice("inputSize", "Input size")],
      more: facts,
      caption:
        "Point at the photo: the squares are the cells that each branch reads for that place; what would lie outside the photo reads zero. Rates are stated at output stride 16. Each strip shows eight of its branch's maps. Object pixels are those to which the network as trained gives an object's class; the mean logits are over the whole photo."
    }),
    contributions: contributionsFigure(page),
    dispose: page.dispose
  };
}

function fieldOf(text: string, colour: string): Node {
  return html`<li><span class="swatch" style=${`background:${colour}`}></span>${text}</li>` as Node;
}
