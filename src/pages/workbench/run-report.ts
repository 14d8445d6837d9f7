import {cost} from "../../engine/cost.js";
import {classShares} from "../../engine/labels/pixel.js";
import type {Precision} from "../../engine/precision.js";
import type {LabelImage} from "../../media/mask.js";
import type {Capabilities, WhereItRuns} from "../../worker/protocol.js";
import type {Standing} from "../inspector/inspection.js";
import {capitals} from "../../lab/backend-choices.js";
import {billions, megabytes, milliseconds} from "../../lab/quantities.js";

/** What weights are kept as, in words. */
export const PRECISION_NAMES: Readonly<Record<Precision, string>> = {
  float32: "32-bit floats",
  float16: "16-bit floats",
  int8: "8-bit whole numbers"
};

type Row = readonly [name: string, value: string];

/** Milliseconds by stage, and together. */
export function timeRows({result, refinement}: Standing, drawing: number): Row[] {
  const {upload, network, upsampling} = result.timings;
  const total = upload + network + upsampling + drawing + (refinement?.milliseconds ?? 0);
  return [
    ["Upload", milliseconds(upload)],
    ["Network", milliseconds(network)],
    ["Upsampling", milliseconds(upsampling)],
    ...(refinement ? [["CRF", milliseconds(refinement.milliseconds)] as const] : []),
    ["Drawing", milliseconds(drawing)],
    ["Total", milliseconds(total)]
  ];
}

/** What was run, where, and what it cost. */
export function runRows({result, refinement}: Standing, {backends, where}: Capabilities & {where: WhereItRuns}): Row[] {
  const {backend, memory, plan} = result;
  return [
    ["Input", `${plan.inputWidth} × ${plan.inputHeight}`],
    ["Features", `${plan.featureWidth} × ${plan.featureHeight} (output stride ${plan.outputStride})`],
    ["Multiply-adds", billions(cost(plan).multiplyAdds)],
    ...(refinement ? [["CRF", `${refinement.map.width} × ${refinement.map.height}, ${named(refinement.ids.length)}`] as const] : []),
    ["Backend", `${capitals(backend)}, ${backends.find(({id}) => id === backend)?.detail ?? ""}`],
    ["Runs", where.worker ? "in a worker" : "in the page"],
    ["Tensors held", `${memory.numTensors} (${megabytes(memory.numBytes)})`],
    ...(memory.numBytesInGPU === null ? [] : [["GPU memory", megabytes(memory.numBytesInGPU)] as const])
  ];
}

function named(classes: number): string {
  return `${classes} ${classes === 1 ? "class takes" : "classes take"} part`;
}

/** The label map that a run shows: the CRF's, where there is one. */
export function shownLabels({result: {width, height, labels}, refinement}: Standing): LabelImage {
  return {width, height, labels: refinement?.labels ?? labels};
}

/**
 * The legend as JSON: ids, names, colours and shares (0-1) of the classes found, with what they came from.
 *
 * @param edit changes to the photo as addresses write them; empty for none
 */
export function legendJson(standing: Standing, edit: string): string {
  const {photo, model, result} = standing;
  const {width, height, labels} = shownLabels(standing);
  const {classes, palette} = result;
  const {outputStride, inputWidth, inputHeight} = result.plan;
  const found = [...classShares(labels, classes.length)]
    .map((share, id) => ({id, name: classes[id], colour: palette[id], share}))
    .filter(({share}) => share > 0)
    .sort((a, b) => b.share - a.share);
  const crf = standing.refinement?.options;
  return JSON.stringify(
    {
      photo: photo.name,
      ...(edit && {edit}),
      width,
      height,
      model,
      outputStride,
      inputWidth,
      inputHeight,
      ...(crf && {crf}),
      classes: found
    },
    null,
    2
  );
}
