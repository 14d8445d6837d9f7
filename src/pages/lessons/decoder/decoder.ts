import {html} from "htl";
import {classKey} from "../../../components/classes/class-key.js";
import {percent} from "../../../components/classes/class-legend.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {wipe} from "../../../components/maps/wipe.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Sample} from "../../../data/samples/samples.js";
import {lesson} from "../../../lab/lesson.js";
import {knowsPeopleAlone} from "../../../lab/model-list.js";
import type {ListedModel} from "../../../lab/model-list.js";
import {pointOf} from "../../../lab/photo-geometry.js";
import {rangeOf} from "../../../lab/try-this.js";
import {codeUnder} from "../code-under.js";
import {DETAIL, differingInSquare, magnifier} from "./magnifier.js";
import {donors} from "./donor.js";
import {runDecoder} from "./run.js";
import type {DecoderRuns} from "./run.js";
import {stagesFigure} from "./stages.js";
import {SKIPS, decoderTable} from "./state.js";
import {modelChoice} from "../model-choice.js";
import {photoMap} from "../photo-map.js";
import {pictureBeside} from "../picture-beside.js";
import {modelUrl} from "../../../lab/model-list.js";

/** Shares of the mask, and of the magnifier's square, to predict. */
const CHANGED = [{text: "less than 1 %", below: 0.01}, {text: "1 to 5 %", below: 0.05}, {text: "more than 5 %"}];
const DIFFERING = [{text: "less than 5 %", below: 0.05}, {text: "5 to 20 %", below: 0.2}, {text: "more than 20 %"}];
/** A sample of people near by. */
const CROWD = "musicians";

/** The page about the decoder. */
export function decoderLesson(options: {
  readonly main: HTMLElement;
  readonly samples: readonly Sample[];
  readonly models: readonly ListedModel[];
}) {
  const {main, samples} = options;
  const models = options.models.filter(({hasDecoder}) => hasDecoder);
  const table = decoderTable(
    samples,
    models.map(({id}) => id)
  );
  const page = lesson({main, table, samples, strip: ({model}) => modelUrl(model)});
  const donorOf = donors(samples);
  const {store} = page;
  let shown: DecoderRuns | null = null;

  const map = page.named(photoMap({label: "Segmentation", store, size: () => shown?.chosen}));
  /** What the chosen skip makes of the edges: as trained, from the mask that is enlarged at once; otherwise from the trained one. */
  const edges = wipe(map, {again: "Watch the edges", before: "The mask before"});
  const key = classKey();
  const facts = readouts(["Pixels changed by the skip", "Pixels changed by enlarging at once", "Low-level skip"]);
  const detail = magnifier();
  const stages = stagesFigure(page);

  page.compute({
    on: ["model", "skip", "other", "outputStride", "inputSize"],
    photo: true,
    work: (context) => runDecoder(context, samples, donorOf),
    show(runs) {
      const isSwitched = shown !== null && shown.skip !== runs.skip && shown.chosen.photo === runs.chosen.photo;
      shown = runs;
      map.draw(runs.chosen);
      edges.from(runs.skip === "on" ? runs.bilinear : runs.trained, {plays: isSwitched});
      key.update(runs.chosen.classes);
      facts.update({
        "Pixels changed by the skip": percent(runs.changed),
        "Pixels changed by enlarging at once": percent(runs.changedByBilinear),
        "Low-level skip": runs.donor ? `from ${runs.donor}` : SKIPS[runs.skip]
      });
      magnify();
      stages.show(runs);
      attempts.refresh();
    }
  });
  const magnify = () => {
    if (shown) map.mark(detail.show(shown, pointOf(store.get(), shown.chosen)));
  };
  page.follow(["x", "y"], magnify);
  page.follow(["stage"], () => shown && stages.show(shown));

  const model = modelChoice(page, models);
  const ofPeople = models.find(knowsPeopleAlone)?.id;
  const presets = page.presets([
    {
      label: "As trained",
      look: "Low-level features know the edges of the photo. How far this model leans on them, the other two show.",
      state: {skip: "on"}
    },
    ...(ofPeople !== undefined && samples.some(({id}) => id === CROWD)
      ? [
          {
            label: "A skip that matters",
            look: "A network for people, which leans on its skip: cut it, and outlines move all along. Choose nano on the same photo and compare.",
            state: {model: ofPeople, skip: "zeroed", inputSize: "513", sample: CROWD, address: "", x: 645, y: 750} as const
          }
        ]
      : []),
    {
      label: "Cut the skip",
      look: "Zeros in its place: the encoder still knows what, and roughly where. Look at thin parts and at corners.",
      state: {skip: "zeroed"}
    },
    {
      label: "Transplant it",
      look: "Another photo's low-level features. What changes lies along edges, of this photo and of the other; how much depends on how far this model leans on its skip. Compare photos.",
      state: {skip: "other"}
    }
  ]);
  const attempts = page.tryThis([
    {
      ask: "Cut the skip. How much of the mask depends on it?",
      guesses: CHANGED.map(({text}) => text),
      answer: () =>
        shown?.skip === "zeroed"
          ? {right: rangeOf(shown.changed, CHANGED), text: `${percent(shown.changed)} of the pixels change their class.`}
          : null
    },
    {
      ask: "Transplant another photo's low-level features. Does that change more of the mask than none, or less?",
      guesses: ["more", "as much", "less"],
      answer: () => {
        if (shown?.skip !== "other" || shown.changedByCut === null) return null;
        const {changed, changedByCut} = shown;
        return {
          right: changed > changedByCut ? "more" : changed < changedByCut ? "less" : "as much",
          text: `Transplanted, ${percent(changed)} of the pixels change their class; cut, ${percent(changedByCut)}.`
        };
      }
    },
    {
      ask: "Put the magnifier on another edge, and compare with the mask that is enlarged at once. How many of the square's pixels differ?",
      guesses: DIFFERING.map(({text}) => text),
      answer: (state) => {
        if (!shown || (state.x === table.x.initial && state.y === table.y.initial)) return null;
        const {differing, total} = differingInSquare(shown, pointOf(state, shown.chosen));
        return differing > 0
          ? {right: rangeOf(differing / total, DIFFERING), text: `In this square ${differing} of ${total} pixels differ.`}
          : null;
      }
    }
  ]);

  return {
    bar: page.bar,
    show: page.show,
    attempts,
    surgery: figureBlock({
      title: "The skip, on, cut and transplanted",
      code: codeUnder(store, (codes) => codes.networks.surgery),
      body: pictureBeside(map, [key, facts], detail.element),
      controls: [
        presets,
        html`<div class="field"><span class="field-name">Edges</span>${edges.button}</div>`,
        page.select("other", "Other photo", Object.fromEntries(samples.map(({id, title}) => [id, title]))),
        model.field,
        page.choice("outputStride", "Output stride"),
        page.choice("inputSize", "Input size"),
        model.lacks
      ],
      caption: html`<span>Point at an edge: the squares under the photo are ${DETAIL} × ${DETAIL} pixels around it. <em>Bilinear</em> keeps only the scores on the encoder's grid and enlarges them at once:
        the finest mask that a head without a decoder could draw from them. Switch the skip, and the mask before is wiped away.</span>`
    }),
    stages: stages.element,
    dispose: page.dispose
  };
}
