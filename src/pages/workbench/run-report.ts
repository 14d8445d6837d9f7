import {cost} from "../../engine/cost.js";
import {classShares} from "../../engine/labels/pixel.js";
import type {Precision} from "../../engine/precision.js";
import type {Capabilities, Segmentation, WhereItRuns} from "../../worker/protocol.js";
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
export function timeRows({timings: {upload, network, upsampling}}: Segmentation, drawing: number): Row[] {
  const total = upload + network + upsampling + drawing;
  return [
    ["Upload", milliseconds(upload)],
    ["Network", milliseconds(network)],
    ["Upsampling", milliseconds(upsampling)],
    ["Drawing", milliseconds(drawing)],
    ["Total", milliseconds(total)]
  ];
}

/** What was run, where, and what it cost. */
export function runRows(result: Segmentation, {backends, where}: Capabilities & {where: WhereItRuns}): Row[] {
  const {backend, memory, plan} = result;
  return [
    ["Input", `${plan.inputWidth} × ${plan.inputHeight}`],
    ["Features", `${plan.featureWidth} × ${plan.featureHeight} (output stride ${plan.outputStride})`],
    ["Multiply-adds", billions(cost(plan).multiplyAdds)],
    ["Backend", `${capitals(backend)}, ${backends.find(({id}) => id === backend)?.detail ?? ""}`],
    ["Runs", where.worker ? "in a worker" : "in the page"],
    ["Tensors held", `${memory.numTensors} (${megabytes(memory.numBytes)})`],
    ...(memory.numBytesInGPU === null ? [] : [["GPU memory", megabytes(memory.numBytesInGPU)] as const])
  ];
}

/**
 * The legend as JSON: ids, names, colours and shares (0-1) of the classes found, with what they came from.
 *
 * @param edit changes to the photo as addresses write them; empty for none
 */
export function legendJson(photo: string, model: string, result: Segmentation, edit: string): string {
  const {width, height, labels, classes, palette} = result;
  const {outputStride, inputWidth, inputHeight} = result.plan;
  const found = [...classShares(labels, classes.length)]
    .map((share, id) => ({id, name: classes[id], colour: palette[id], share}))
    .filter(({share}) => share > 0)
    .sort((a, b) => b.share - a.share);
  return JSON.stringify({photo, ...(edit && {edit}), width, height, model, outputStride, inputWidth, inputHeight, classes: found}, null, 2);
}
