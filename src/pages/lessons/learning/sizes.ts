import {html} from "htl";
import {percent} from "../../../components/classes/class-legend.js";
import {playback} from "../../../components/fields/playback.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {diverging, reachOf} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import {labelsFromLogits} from "../../../engine/labels/labels.js";
import {fitInput} from "../../../engine/preprocess.js";
import {chair, enlarged, shrunk, sparse, withBoxes} from "../../../engine/teaching/label-sizes.js";
import type {Ids, Scores} from "../../../engine/teaching/label-sizes.js";
import type {WorkContext} from "../../../lab/lesson.js";
import {perMille, pointOf} from "../../../lab/photo-geometry.js";
import {maskCanvas} from "../../../media/drawn-mask.js";
import {withBoxesPainted} from "../../../media/with-boxes.js";
import type {LabelSizeCourse, LabelSizesAnswer} from "../../../worker/demonstrations/label-sizes.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";
import {codeUnder} from "../code-under.js";
import {CHAIR, MOMENTS, runOf} from "./state.js";
import type {LearningPage, LearningTable} from "./state.js";

/** Height of the chair as a share of the photo's. */
const TALL = 0.6;
/** Cells of the bundled model's logits are this many pixels apart. */
const FINEST = 4;
/** Learning rate of a cell: after a few steps it has what it is asked for. */
const RATE = 8;
const INTERVAL = 700;
const WOOD = "#8a5a2b";
/** Class ids of what became of the chair's pixels, and their colours. */
const FATE = {elsewhere: 0, kept: 1, lost: 2, made: 3};
const FATE_COLOURS = [
  [0, 0, 0],
  [11, 127, 129],
  [204, 51, 34],
  [240, 160, 75]
] as const;

interface Way {
  /** What the loss sees of the labels. */
  readonly seen: Ids;
  readonly course: LabelSizeCourse;
  /** After each of `MOMENTS`. */
  readonly masks: readonly Segmented[];
  /** IoU of the chair after each, 0-1. */
  readonly overlap: readonly number[];
}

export interface Sizes {
  readonly label: Segmented;
  readonly grid: Scores;
  readonly ways: Readonly<Record<keyof LabelSizesAnswer, Way>>;
  /** Pixels of the chair, and those of them that the small labels still call so. */
  readonly pixels: number;
  readonly kept: number;
  paintFate(context: CanvasRenderingContext2D): void;
}

/** Logits made as large as the labels, or labels as small as the logits: on a chair with thin legs. */
export function sizesFigure(page: LearningPage, onShown: (sizes: Sizes) => void): {readonly element: HTMLElement; dispose(): void} {
  const {store} = page;
  let shown: Sizes | null = null;
  const label = cellMap({
    label: "The labels: a chair drawn into the photo",
    onCell(cell) {
      if (!shown) return;
      const {x, y} = perMille(cell, shown.label);
      store.set({chairX: x, chairY: y});
    },
    at: () => (shown ? pointOf(chairPoint(store.get()), shown.label) : null),
    pressed: true
  });
  const small = cellMap({label: "What is left of the chair in small labels"});
  const pulls = {
    enlarged: cellMap({label: "What full labels ask of the chair's logits"}),
    shrunk: cellMap({label: "What small labels ask of the chair's logits"})
  };
  const masks = {
    enlarged: cellMap({label: "The mask that full labels lead to"}),
    shrunk: cellMap({label: "The mask that small labels lead to"})
  };
  for (const map of [label, small, ...Object.values(pulls), ...Object.values(masks)]) page.named(map).classList.add("picture");
  const titles = {small: html`<p></p>`, enlarged: html`<p></p>`, shrunk: html`<p></p>`};
  const facts = readouts([
    "Pixels of the chair",
    "Called chair by small labels",
    "Chair found, logits enlarged",
    "Chair found, labels made small"
  ]);
  const player = playback({
    interval: INTERVAL,
    step: () => store.set({moment: (store.get().moment + 1) % MOMENTS.length})
  });

  page.compute({
    on: ["chairX", "chairY", "leg", "spacing", "inputSize"],
    photo: true,
    near: facts,
    work: sizesOf,
    show(found, {state}) {
      shown = found;
      const {grid, ways} = found;
      label.draw(found.label);
      small.draw({height: found.label.height, width: found.label.width, paint: found.paintFate});
      titles.small.textContent = `What is left: of ${state.spacing} × ${state.spacing} pixels one is asked`;
      const asked = {
        enlarged: ways.enlarged.course.gradient.map((slope) => -slope),
        shrunk: ways.shrunk.course.gradient.map((slope) => -slope)
      };
      const colour = diverging(Math.max(reachOf(asked.enlarged), reachOf(asked.shrunk)));
      for (const way of ["enlarged", "shrunk"] as const)
        pulls[way].draw({height: grid.height, width: grid.width, values: asked[way], colour});
      atMoment();
      onShown(found);
    }
  });
  function atMoment(): void {
    if (!shown) return;
    const {moment} = store.get();
    const {ways, pixels, kept} = shown;
    for (const way of ["enlarged", "shrunk"] as const) {
      masks[way].draw(ways[way].masks[moment]!);
      titles[way].textContent = `The mask after ${MOMENTS[moment]!} steps`;
    }
    facts.update({
      "Pixels of the chair": String(pixels),
      "Called chair by small labels": percent(kept / Math.max(1, pixels)),
      "Chair found, logits enlarged": `${percent(ways.enlarged.overlap[moment]!)} IoU`,
      "Chair found, labels made small": `${percent(ways.shrunk.overlap[moment]!)} IoU`
    });
  }
  page.follow(["moment"], atMoment);

  const presets = page.presets([
    {
      label: "Legs between the cells",
      look: "Small labels have a seat and nothing else. Move the chair by a few pixels with the arrow keys: a leg is hit, or all of it is missed.",
      state: {leg: 4, spacing: 8, chairX: 812, chairY: 600}
    },
    {
      label: "As wide as the gap",
      look: "A leg as wide as the distance between two cells is always hit, wherever it stands.",
      state: {leg: 8, spacing: 8}
    },
    {
      label: "At output stride 16",
      look: "As far apart as the logits of DeepLab v3 in training: of this chair small labels may keep nothing at all, and so nothing is asked.",
      state: {leg: 6, spacing: 16, chairX: 812, chairY: 600}
    }
  ]);

  return {
    element: figureBlock({
      title: "The leg of a chair",
      code: codeUnder(store, (codes) => codes.learning.sizes),
      controls: [
        page.slider("leg", "Width of the legs", "px"),
        page.choice("spacing", "Pixels from cell to cell of the logits"),
        page.slider("moment", "Steps of descent", "", (place) => String(MOMENTS[place]!)),
        player,
        presets
      ],
      body: html`<div class="learning-rows">${facts}
        <h4>Logits enlarged to the labels</h4>
        <div class="figure-columns" style="--column:6.3rem"><div>${label}<p>The labels, and the chair in them</p></div><div>${pulls.enlarged}<p>Asked of the chair's logits</p></div><div>${masks.enlarged}${titles.enlarged}</div></div>
        <h4>Labels made as small as the logits</h4>
        <div class="figure-columns" style="--column:6.3rem"><div>${small}${titles.small}</div><div>${pulls.shrunk}<p>Asked of the chair's logits</p></div><div>${masks.shrunk}${titles.shrunk}</div></div>
        <ul class="chart-legend" aria-label="What became of the chair's pixels">
          <li><span class="swatch" style="background:#0b7f81"></span>still chair</li><li><span class="swatch" style="background:#cc3322"></span>vanished from the small labels</li><li><span class="swatch" style="background:#f0a04b"></span>chair in the small labels alone</li>
        </ul>
      </div>`,
      caption: html`<span>Press on the photo, or use the arrow keys, to move the chair, which is drawn into photo and labels alike; the rest of the labels is the network's own mask. Both losses see the network's logits, and what they ask has one scale. Both then descend on the logits themselves: the masks are the best
        that each loss can lead to.</span>`
    }),
    dispose: player.dispose
  };
}

function chairPoint({chairX, chairY}: {readonly chairX: number; readonly chairY: number}): {readonly x: number; readonly y: number} {
  return {x: chairX, y: chairY};
}

async function sizesOf(context: WorkContext<LearningTable>): Promise<Sizes> {
  const {state, photo, engine, checkWanted} = context;
  const {resizedWidth: width, resizedHeight: height} = fitInput(photo.height, photo.width, Number(state.inputSize));
  const boxes = chair(pointOf(chairPoint(state), {width, height}), Math.round(TALL * height), state.leg);
  const run = runOf(context, Number(state.inputSize));
  const plain = await engine.segment(photo, run);
  checkWanted();
  const painted = withBoxesPainted(photo, {width, height}, boxes, WOOD);
  const result = await engine.segment(painted, runOf(context, null));
  checkWanted();
  const own = {width, height, ids: labelsFromLogits(plain.logits, plain.covered, height, width)};
  const labels = withBoxes(own, boxes, CHAIR);
  const grid = sparse(result.logits, state.spacing / FINEST);
  const few = shrunk(labels, state.spacing);
  const found = await engine.demonstrate(context.backend, "labelSizes", {
    logits: grid,
    labels,
    input: {height: result.plan.inputHeight, width: result.plan.inputWidth},
    covered: result.covered,
    small: few,
    id: CHAIR,
    moments: MOMENTS,
    rate: RATE
  });
  const picture = (ids: Uint8Array) => segmented(painted, {...result, width, height, labels: ids});
  const way = (seen: Ids, course: LabelSizeCourse): Way => ({
    seen,
    course,
    masks: course.masks.map(({labels: ids}) => picture(ids)),
    overlap: course.masks.map(({labels: ids}) => overlap(labels.ids, ids))
  });
  const again = enlarged(few, state.spacing, labels);
  const fate = fateOf(labels.ids, again.ids);
  const canvas = maskCanvas({width, height, labels: fate}, FATE_COLOURS, new Set([FATE.elsewhere]));
  return {
    label: picture(labels.ids),
    grid,
    ways: {enlarged: way(labels, found.enlarged), shrunk: way(few, found.shrunk)},
    pixels: labels.ids.filter((id) => id === CHAIR).length,
    kept: fate.filter((each) => each === FATE.kept).length,
    paintFate(drawing) {
      drawing.clearRect(0, 0, width, height);
      drawing.globalAlpha = 0.35;
      drawing.drawImage(painted.canvas, 0, 0);
      drawing.globalAlpha = 1;
      drawing.drawImage(canvas, 0, 0);
    }
  };
}

/** What became of each pixel of the chair in labels that were made small. */
function fateOf(labels: Uint8Array, again: Uint8Array): Uint8Array {
  return labels.map((id, pixel) => {
    const [is, stays] = [id === CHAIR, again[pixel] === CHAIR];
    return is ? (stays ? FATE.kept : FATE.lost) : stays ? FATE.made : FATE.elsewhere;
  });
}

/** IoU of the chair, 0-1. */
function overlap(truth: Uint8Array, found: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    const [is, says] = [truth[i] === CHAIR, found[i] === CHAIR];
    if (is && says) both++;
    if (is || says) either++;
  }
  return either > 0 ? both / either : 0;
}
