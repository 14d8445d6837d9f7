import {html} from "htl";
import {cellMap} from "../components/cell-map.js";
import type {CellMap} from "../components/cell-map.js";
import {classKey} from "../components/class-key.js";
import {percent} from "../components/class-legend.js";
import {featureMaps} from "../components/feature-maps.js";
import {figureBlock} from "../components/figure-block.js";
import {readouts} from "../components/readouts.js";
import {stageStrip} from "../components/stage-strip.js";
import type {Stage} from "../components/stage-strip.js";
import type {Sample} from "../data/samples/samples.js";
import {differenceShare} from "../engine/label-difference.js";
import {labelsFromLogits} from "../engine/labels.js";
import type {Network} from "../engine/network.js";
import {coarser} from "../engine/pixel.js";
import {LOGITS} from "../engine/plan.js";
import {lesson} from "../lab/lesson.js";
import {perMille, pointOf} from "../lab/photo-geometry.js";
import {fetchSample} from "../lab/photo-choice.js";
import {oneOf, range, text} from "../lab/state.js";
import {covering, paintDetail} from "../media/picture.js";
import type {Photo, Segmentation} from "../worker/protocol.js";
import {BUNDLED} from "./bundled-model.js";
import {segmented} from "./segmented.js";
import type {Segmented} from "./segmented.js";

/** End point that the low-level features leave towards the concatenation. */
const SKIP = "decoder/low_level";
const PROJECTION = "aspp/projection";

/** Side of the magnifier in pixels of the photo. */
const DETAIL = 72;

const SKIPS = {on: "as trained", zeroed: "zeroed", other: "from another photo"};

function tableFor(samples: readonly Sample[]) {
  return {
    skip: oneOf("skip", ["on", "zeroed", "other"], "on"),
    other: oneOf("other", samples.map(({id}) => id), samples[1]!.id),
    outputStride: oneOf("os", [16, 8], 16),
    inputSize: oneOf("size", ["257", "385", "513"], "385"),
    stage: text("stage", SKIP),
    x: range("x", 0, 1000, 790),
    y: range("y", 0, 1000, 150)
  };
}

/** The page about the decoder. */
export function decoderLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: tableFor(samples), samples});
  const {store} = page;
  let shown: Shown | null = null;

  const point = {
    onCell: (cell: {row: number; column: number}) => shown && store.set(perMille(cell, shown.chosen.picture)),
    at: () => shown && pointOf(store.get(), shown.chosen.picture),
    step: 4
  };
  const map = cellMap({label: "Segmentation", ...point});
  map.classList.add("picture");
  const key = classKey();
  const facts = readouts(["Pixels changed by the skip", "Pixels changed by enlarging at once", "Low-level skip"]);
  const details = {
    bilinear: cellMap({label: "Detail: enlarged at once"}),
    chosen: cellMap({label: "Detail: the decoder with the chosen skip"}),
    trained: cellMap({label: "Detail: the decoder as trained"})
  };
  const bilinearTitle = html`<h4></h4>` as HTMLElement;
  const trainedDetail = html`<div><h4>As trained</h4>${details.trained}</div>` as HTMLElement;
  const chosenTitle = html`<h4></h4>` as HTMLElement;
  const strip = stageStrip({label: "Stages of the decoder", onChoose: (stage) => store.set({stage})});
  const stageTitle = html`<h4></h4>` as HTMLElement;
  const stageMaps = featureMaps({label: "Feature maps of the chosen stage", shown: 24});

  page.compute({
    on: ["skip", "other", "outputStride", "inputSize"],
    photo: true,
    async work({state, backend, engine, photo, checkWanted}): Promise<Shown> {
      const {network} = await engine.describe(BUNDLED.url);
      const run = (replaced: Record<string, "zero" | Photo>) =>
        engine.segment(photo, {
          modelUrl: BUNDLED.url,
          backend,
          outputStride: state.outputStride,
          inputSize: Number(state.inputSize),
          taps: stagesOf(network).map(({name}) => name),
          replaced
        });
      const trained = await run({});
      checkWanted();
      const donor = state.skip === "other" ? await fetchSample(samples, state.other) : null;
      const cut = state.skip === "on" ? null : await run({[SKIP]: "zero"});
      checkWanted();
      const transplanted = donor && (await run({[SKIP]: covering(donor, photo)}));
      const chosen = transplanted ?? cut ?? trained;
      const ratio = (trained.logits.height - 1) / (trained.plan.featureHeight - 1);
      const bilinear = labelsFromLogits(coarser(trained.logits, ratio), trained.covered, photo.height, photo.width);
      return {
        chosen: {picture: segmented(photo, chosen), result: chosen},
        trained: segmented(photo, trained),
        bilinear: segmented(photo, {...trained, labels: bilinear}),
        changed: differenceShare(chosen.labels, trained.labels),
        changedByCut: cut && differenceShare(cut.labels, trained.labels),
        donor: donor && (donor.name === photo.name ? "this very photo: choose another" : `“${samples.find(({id}) => id === state.other)!.title}”`),
        changedByBilinear: differenceShare(bilinear, trained.labels),
        skip: state.skip
      };
    },
    show(result) {
      shown = result;
      const {chosen, changed, changedByBilinear, skip, donor} = shown;
      map.draw(chosen.picture);
      key.update(chosen.picture.classes);
      facts.update({
        "Pixels changed by the skip": percent(changed),
        "Pixels changed by enlarging at once": percent(changedByBilinear),
        "Low-level skip": donor ? `from ${donor}` : SKIPS[skip]
      });
      magnify();
      showStages();
      attempts.refresh();
    }
  });

  function magnify(): void {
    if (!shown) return;
    const {chosen, trained, bilinear, skip} = shown;
    const at = pointOf(store.get(), chosen.picture);
    const corner = {
      left: Math.min(Math.max(0, at.column - DETAIL / 2), Math.max(0, chosen.picture.width - DETAIL)),
      top: Math.min(Math.max(0, at.row - DETAIL / 2), Math.max(0, chosen.picture.height - DETAIL))
    };
    map.mark([{row: corner.top, column: corner.left, size: DETAIL, colour: "var(--concept-output)"}]);
    const draw = (detail: CellMap, picture: Segmented) => detail.draw({height: DETAIL, width: DETAIL, paint: paintDetail(picture.paint, corner)});
    draw(details.bilinear, bilinear);
    draw(details.chosen, chosen.picture);
    draw(details.trained, trained);
    bilinearTitle.textContent = `Bilinear × ${shown.chosen.result.plan.outputStride}`;
    chosenTitle.textContent = `Skip ${SKIPS[skip]}`;
    // Beside itself it would say nothing.
    trainedDetail.hidden = skip === "on";
  }
  page.follow(["x", "y"], magnify);

  function showStages(): void {
    if (!shown) return;
    const {result} = shown.chosen;
    const stages = stagesOf(result.plan.network).map((stage): Stage => ({...stage, maps: result.taps[stage.name]!}));
    const chosen = stages.find(({name}) => name === store.get().stage) ?? stages[0]!;
    strip.update(stages, chosen.name);
    const {channels} = chosen.maps;
    stageTitle.textContent = `${chosen.title}: ${chosen.name}, ${Math.min(24, channels)} of ${channels} channels`;
    stageMaps.update(chosen.maps);
  }
  page.follow(["stage"], showStages);

  const presets = page.presets([
    {label: "As trained", look: "Low-level features bring the edges of the photo: the mask follows them.", state: {skip: "on"}},
    {label: "Cut the skip", look: "Zeros in its place: the encoder still knows what, and roughly where. Look at thin parts and at corners.", state: {skip: "zeroed"}},
    {label: "Transplant it", look: "Another photo's low-level features. What changes lies along edges, of this photo and of the other; how much depends on how far this model leans on its skip. Compare photos.", state: {skip: "other"}}
  ]);
  const attempts = page.tryThis([
    {
      ask: "Cut the skip. How much of the mask depends on it?",
      answer: () => (shown?.skip === "zeroed" ? `${percent(shown.changed)} of the pixels change their class.` : null)
    },
    {
      ask: "Transplant another photo's low-level features. Does that do more harm than none?",
      answer: () => (shown?.skip === "other" ? `Transplanted, ${percent(shown.changed)} of the pixels change their class; cut, ${percent(shown.changedByCut ?? 0)}.` : null)
    },
    {
      ask: "Put the magnifier on an edge and compare with the bilinear mask.",
      answer: (state) => {
        if (!shown) return null;
        const {differing, total} = differingInDetail(shown, state);
        return differing > 0 ? `In this square ${differing} of ${total} pixels differ.` : null;
      }
    }
  ]);

  return {
    bar: page.bar,
    picker: page.picker,
    attempts,
    surgery: figureBlock({
      title: "The skip, on, cut and transplanted",
      controls: [
        page.choice("skip", "Low-level skip", SKIPS),
        page.select("other", "Other photo", Object.fromEntries(samples.map(({id, title}) => [id, title]))),
        page.choice("outputStride", "Output stride"),
        page.choice("inputSize", "Input size"),
        presets
      ],
      body: html`<div class="figure-columns" style="--column:22rem"><div>${map}${key}${facts}</div><div class="figure-columns detail" style="--column:9.5rem">
        <div>${bilinearTitle}${details.bilinear}</div><div>${chosenTitle}${details.chosen}</div>${trainedDetail}</div></div>`,
      caption: html`<span>Point at an edge: the squares on the right are ${DETAIL} × ${DETAIL} pixels of the photo around it. <em>Bilinear</em> keeps of the trained network's scores only those on the encoder's
        grid and enlarges them at once, which is the finest mask that a head without a decoder could draw from them.</span>`
    }),
    stages: figureBlock({
      title: "Through the decoder, stage by stage",
      body: [strip, html`<div class="stage-detail">${stageTitle}${stageMaps}</div>`],
      caption: "Each stage as its mean activation over the channels; choose one to see its channels, all on one scale (dark is zero). The skip that is chosen above applies here too."
    }),
    dispose: page.dispose
  };
}

interface Shown {
  readonly chosen: {readonly picture: Segmented; readonly result: Segmentation};
  readonly trained: Segmented;
  readonly bilinear: Segmented;
  /** Share of the pixels that the chosen skip changes, and that enlarging at once changes. */
  readonly changed: number;
  readonly changedByBilinear: number;
  /** The same without the skip, where it was run to compare with. */
  readonly changedByCut: number | null;
  readonly skip: keyof typeof SKIPS;
  /** What another photo's skip was taken from. */
  readonly donor: string | null;
}

/** The end points between encoder and logits, in order, as the network describes them. */
function stagesOf({decoder, aspp}: Network): Omit<Stage, "maps">[] {
  if (!decoder) throw new Error("This model has no decoder.");
  const encoder = "var(--rate-12)";
  const green = "var(--concept-decoder)";
  return [
    {name: PROJECTION, title: `Encoder output, ${aspp.projectionChannels} channels`, colour: encoder},
    {name: "decoder/upsampled", title: "Upsampled", colour: encoder},
    {name: `backbone/${decoder.lowLevelEndPoint}`, title: "Low-level features", colour: green},
    {name: SKIP, title: "After the 1 × 1", colour: green},
    {name: "decoder/concat", title: "Concatenation", colour: green},
    ...decoder.convolutions.map(({name, separable}, index) => ({name: `decoder/${name}${separable ? "/pointwise" : ""}`, title: `3 × 3, number ${index + 1}`, colour: green})),
    {name: LOGITS, title: "Logits", colour: "var(--concept-output)"}
  ];
}

function differingInDetail({trained, bilinear}: Shown, state: {x: number; y: number}): {differing: number; total: number} {
  const {row, column} = pointOf(state, trained);
  let differing = 0;
  let total = 0;
  for (let y = Math.max(0, row - DETAIL / 2); y < Math.min(trained.height, row + DETAIL / 2); y++) {
    for (let x = Math.max(0, column - DETAIL / 2); x < Math.min(trained.width, column + DETAIL / 2); x++) {
      const index = y * trained.width + x;
      total++;
      if (trained.labels[index] !== bilinear.labels[index]) differing++;
    }
  }
  return {differing, total};
}
