import {html} from "htl";
import {classKey} from "../../../components/classes/class-key.js";
import {percent} from "../../../components/classes/class-legend.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import {RELEASED_CRF} from "../../../engine/crf/options.js";
import {differenceShare} from "../../../engine/labels/label-difference.js";
import {coarser} from "../../../engine/labels/pixel.js";
import {modelUrl} from "../../../lab/model-list.js";
import {milliseconds} from "../../../lab/quantities.js";
import type {DecodedPhoto} from "../../../media/decode.js";
import type {Refinement, Segmentation} from "../../../worker/protocol.js";
import {codeUnder} from "../code-under.js";
import {segmented} from "../../segmented.js";
import {wide} from "../wide.js";
import {CRF_VERSIONS} from "./state.js";
import type {NetworkPage, NetworkState} from "./state.js";

interface Refined {
  readonly photo: DecodedPhoto;
  readonly result: Segmentation;
  readonly refinement: Refinement;
}

/** The CRF that ended v1 and v2, on the model's scores for the reader's photo: before, and after so many iterations. */
export function crfFigure(page: NetworkPage): HTMLElement {
  const {store} = page;
  let shown: Refined | null = null;

  const before = cellMap({label: "Scores enlarged, before the CRF"});
  const after = cellMap({label: "After the CRF"});
  const afterTitle = html`<h4></h4>`;
  const key = classKey();
  const facts = readouts(["Pixels changed by the CRF", "Pixels changed by the last iteration", "Classes that take part", "CRF time"]);
  const note = html`<p class="look crf-note"></p>`;
  const pictures = html`<div hidden>
    <div class="figure-columns" style="--column:18rem"><div><h4>Scores enlarged</h4>${before}</div><div>${afterTitle}${after}</div></div>
    ${key}${facts}
  </div>` as HTMLElement;
  const iterations = wide(page.slider("crfIterations", "CRF iterations"));
  for (const map of [before, after]) page.named(map).classList.add("picture");

  function draw(): void {
    pictures.hidden = iterations.hidden = !shown;
    if (!shown) return;
    const {photo, result, refinement} = shown;
    const {steps, ids} = refinement;
    const done = store.get().crfIterations;
    const [first, here] = [steps[0]!, steps[done]!];
    const picture = segmented(photo, {...result, labels: here});
    before.draw({...segmented(photo, {...result, labels: first}), smooth: true});
    after.draw({...picture, smooth: true});
    afterTitle.textContent = done === 1 ? "After 1 iteration" : `After ${done} iterations`;
    key.update(picture.classes);
    facts.update({
      "Pixels changed by the CRF": percent(differenceShare(here, first)),
      "Pixels changed by the last iteration": done > 0 ? percent(differenceShare(here, steps[done - 1]!)) : "none",
      "Classes that take part": ids.length === 1 ? "1: all pixels agree" : String(ids.length),
      "CRF time": `${milliseconds(refinement.milliseconds)} for ${RELEASED_CRF.iterations} iterations`
    });
  }
  page.follow(["crfIterations"], draw);

  page.compute({
    on: ["model", "version", "outputStride", "inputSize"],
    photo: true,
    async work({state, backend, engine, photo}): Promise<Refined | null> {
      if (!endsWithCrf(state)) return null;
      const {outputStride, inputSize} = state;
      const result = await engine.segment(photo, {modelUrl: modelUrl(state.model), backend, outputStride, inputSize});
      // Without what a decoder draws finer: v1 and v2 had none.
      const {logits, covered, plan} = result;
      const scores = {logits: coarser(logits, (logits.height - 1) / (plan.featureHeight - 1)), covered};
      return {photo, result, refinement: await engine.refine(photo, [scores], {...RELEASED_CRF, longestSide: inputSize}, true)};
    },
    show(refined, {state}) {
      shown = refined;
      note.textContent = refined
        ? `The scores are the chosen model's, since ${state.version} has no weights here, on the grid of its ASPP: ${refined.result.plan.featureWidth} × ${refined.result.plan.featureHeight} cells.`
        : "Choose v1 or v2 as the version, and the CRF that they end with runs here, on the chosen model's scores for your photo.";
      draw();
    }
  });

  return figureBlock({
    title: "What the CRF did",
    code: codeUnder(store, (codes) => codes.networks.refined),
    controls: [
      iterations,
      page.presets([
        {
          label: "v1, with its CRF",
          look: "Scores at output stride 8, enlarged eight times: blobs. The CRF moves their outlines to edges of colour; most of it is done after a few iterations.",
          state: {version: "v1", outputStride: 8, inputSize: 513, crfIterations: 10}
        },
        {
          label: "One iteration",
          look: "Each pixel has heard all others once. Move the slider and watch where pixels still change.",
          state: {version: "v1", outputStride: 8, inputSize: 513, crfIterations: 1}
        },
        {
          label: "From coarse scores",
          look: "At output stride 32 thin parts are not in the scores at all: what the network has lost, colours alone do not bring back.",
          state: {version: "v1", outputStride: 32, inputSize: 513, crfIterations: 10}
        }
      ])
    ],
    body: [note, pictures],
    caption: html`<span>Pixels near by with like colours (a bilateral kernel, ${RELEASED_CRF.bilateral.position} pixels and ${RELEASED_CRF.bilateral.colour} of 255 levels wide, weight
      ${RELEASED_CRF.bilateral.weight}), and those within some ${RELEASED_CRF.smoothness.position} pixels whatever their colours (weight ${RELEASED_CRF.smoothness.weight}), pull each other to one class: the values of v1's
      release. In one iteration every pixel hears the probabilities of all others; a permutohedral lattice makes that a filter.</span>`
  });
}

/** Whether the chosen version's paper had a CRF behind the network. */
function endsWithCrf({version}: NetworkState): boolean {
  return (CRF_VERSIONS as readonly string[]).includes(version);
}
