import {smallestPlan} from "../../../engine/plan.js";
import {findStep} from "../../../engine/step-list.js";
import type {Stage} from "../../../components/network/stage-strip.js";
import type {Sample} from "../../../data/samples/samples.js";
import {differenceShare} from "../../../engine/labels/label-difference.js";
import {labelsFromLogits} from "../../../engine/labels/labels.js";
import type {RunningSkip} from "../../../engine/head.js";
import type {Network} from "../../../engine/network.js";
import {coarser} from "../../../engine/labels/pixel.js";
import {LOGITS} from "../../../engine/plan.js";
import {modelUrl} from "../../../lab/model-list.js";
import type {WorkContext} from "../../../lab/lesson.js";
import type {Photo} from "../../../engine/photo.js";
import type {Segmentation} from "../../../worker/protocol.js";
import type {donors} from "./donor.js";
import type {DecoderTable, SKIPS} from "./state.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";

/** The model with the chosen skip, and what it is compared with. */
export interface DecoderRuns {
  readonly skip: keyof typeof SKIPS;
  /** What another photo's skip was taken from. */
  readonly donor: string | null;
  readonly result: Segmentation;
  readonly chosen: Segmented;
  readonly trained: Segmented;
  /** The finest mask without a decoder: the trained network's scores on the encoder's grid, enlarged at once. */
  readonly bilinear: Segmented;
  /** Share of the pixels that the chosen skip changes; that its cut changes, where that was run; that enlarging at once changes. */
  readonly changed: number;
  readonly changedByCut: number | null;
  readonly changedByBilinear: number;
}

/** Runs the chosen model as trained and, where the state says so, with its skip cut or transplanted. */
export async function runDecoder(
  {state, backend, engine, photo, checkWanted}: WorkContext<DecoderTable>,
  samples: readonly Sample[],
  donorOf: ReturnType<typeof donors>
): Promise<DecoderRuns> {
  const url = modelUrl(state.model);
  const {network} = await engine.describe(url);
  const stages = stagesOf(network).map(({name}) => name);
  const skip = skipOf(network).endPoint;
  const run = (wanted: typeof state.skip, replaced: Record<string, "zero" | Photo>) =>
    engine.segment(photo, {
      modelUrl: url,
      backend,
      outputStride: state.outputStride,
      inputSize: Number(state.inputSize),
      // Only the chosen run's stages are looked at.
      taps: wanted === state.skip ? stages : [],
      replaced
    });
  const trained = await run("on", {});
  checkWanted();
  const cut = state.skip === "on" ? null : await run("zeroed", {[skip]: "zero"});
  checkWanted();
  const donor = state.skip === "other" ? await donorOf(state.other, photo) : null;
  const transplanted = donor && (await run("other", {[skip]: donor.photo}));

  const result = transplanted ?? cut ?? trained;
  const ratio = (trained.logits.height - 1) / (trained.plan.featureHeight - 1);
  const bilinear = labelsFromLogits(coarser(trained.logits, ratio), trained.covered, photo.height, photo.width);
  return {
    skip: state.skip,
    donor:
      donor && (donor.name === photo.name ? "this very photo: choose another" : `“${samples.find(({id}) => id === state.other)!.title}”`),
    result,
    chosen: segmented(photo, result),
    trained: segmented(photo, trained),
    bilinear: segmented(photo, {...trained, labels: bilinear}),
    changed: differenceShare(result.labels, trained.labels),
    changedByCut: cut && differenceShare(cut.labels, trained.labels),
    changedByBilinear: differenceShare(bilinear, trained.labels)
  };
}

/** The decoder's finest skip. @throws Error where there is no decoder */
function skipOf(network: Network): RunningSkip {
  const skip = smallestPlan(network).skips.at(-1);
  if (!skip) throw new Error("This model has no decoder.");
  return skip;
}

/** The end points between encoder and logits, in order, as the network describes them. */
export function stagesOf(network: Network): Omit<Stage, "maps">[] {
  const {encoded, steps} = smallestPlan(network);
  const skip = skipOf(network);
  const encoder = "var(--rate-12)";
  const green = "var(--concept-decoder)";
  return [
    {name: encoded, title: `Encoder output, ${findStep(steps, encoded).channels} channels`, colour: encoder},
    {name: skip.upsampled, title: "Upsampled", colour: encoder},
    {name: skip.from, title: "Low-level features", colour: green},
    {name: skip.endPoint, title: "After the 1 × 1", colour: green},
    {name: skip.joined, title: "Concatenation", colour: green},
    ...skip.convolutions.map((name, index) => ({
      name,
      title: `3 × 3, number ${index + 1}`,
      colour: green
    })),
    {name: LOGITS, title: "Logits", colour: "var(--concept-output)"}
  ];
}
