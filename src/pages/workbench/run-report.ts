import {cost} from "../../engine/cost.js";
import {classShares} from "../../engine/labels/pixel.js";
import {PRECISIONS} from "../../engine/precision.js";
import type {Precision, WeightFormat} from "../../engine/precision.js";
import {tensorsOn} from "../../worker/protocol.js";
import type {Capabilities, WhereItRuns} from "../../worker/protocol.js";
import {averagingInWords} from "../../lab/averaging.js";
import {capitals} from "../../lab/backend-choices.js";
import type {Standing} from "../inspector/inspection.js";
import {formatEdits} from "../inspector/perturb/edit-text.js";
import {billions, megabytes, milliseconds} from "../../lab/quantities.js";

/** What weights are kept as, in words. */
export const PRECISION_NAMES: Readonly<Record<Precision, string>> = {
  float32: "32-bit floats",
  float16: "16-bit floats",
  int8: "8-bit whole numbers"
};

/** The same of any format; one that has no words of its own goes by its name. */
export function weightsInWords(format: WeightFormat = "float32"): string {
  return PRECISIONS.some((precision) => precision === format) ? PRECISION_NAMES[format as Precision] : format;
}

type Row = readonly [name: string, value: string];

/** Milliseconds by stage, and together. */
export function timeRows({result, refinement}: Standing, drawing: number): Row[] {
  const {timings, averaged} = result;
  const {upload, network, upsampling} = timings;
  const total = upload + network + upsampling + (averaged?.time ?? 0) + (refinement?.milliseconds ?? 0) + drawing;
  return [
    ["Upload", milliseconds(upload)],
    ["Network", milliseconds(network)],
    ["Upsampling", milliseconds(upsampling)],
    ...(averaged ? [["Other passes", milliseconds(averaged.time)] as const] : []),
    ...(refinement ? [["CRF", milliseconds(refinement.milliseconds)] as const] : []),
    ["Drawing", milliseconds(drawing)],
    ["Total", milliseconds(total)]
  ];
}

/** What was run, where, and what it cost. */
export function runRows({result, refinement}: Standing, {backends, where}: Capabilities & {where: WhereItRuns}): Row[] {
  const {backend, memory, plan, averaged, arena} = result;
  return [
    ["Input", `${plan.inputWidth} × ${plan.inputHeight}`],
    ["Features", `${plan.featureWidth} × ${plan.featureHeight} (output stride ${plan.outputStride})`],
    ...(averaged ? [["Mask", `mean of ${averagingInWords(averaged.averaging)}`] as const] : []),
    ...(refinement ? [["CRF", `${refinement.map.width} × ${refinement.map.height}, ${named(refinement.ids.length)}`] as const] : []),
    ["Multiply-adds", billions(cost(plan).multiplyAdds)],
    ["Backend", `${capitals(backend)}, ${backends.find(({id}) => id === backend)?.detail ?? ""}`],
    ...(tensorsOn(backend) === backend ? [] : [["Gradients", `${capitals(tensorsOn(backend))}, TensorFlow.js`] as const]),
    ["Runs", where.worker ? "in a worker" : "in the page"],
    ["Tensors held", `${memory.numTensors} (${megabytes(memory.numBytes)})`],
    ...(arena === undefined ? [] : [["Activations", `${megabytes(arena)}, laid out in one memory`] as const]),
    ...(memory.numBytesInGPU === null ? [] : [["GPU memory", megabytes(memory.numBytesInGPU)] as const])
  ];
}

function named(classes: number): string {
  return `${classes} ${classes === 1 ? "class takes" : "classes take"} part`;
}

/** The legend as JSON: ids, names, colours and shares (0-1) of the classes found, with what they came from. */
export function legendJson({photo, edits, model, result, refinement, mask}: Standing): string {
  const {classes, palette, averaged} = result;
  const {width, height, labels} = mask;
  const {outputStride, inputWidth, inputHeight} = result.plan;
  const edit = formatEdits(edits);
  const found = [...classShares(labels, classes.length)]
    .map((share, id) => ({id, name: classes[id], colour: palette[id], share}))
    .filter(({share}) => share > 0)
    .sort((a, b) => b.share - a.share);
  const legend = {
    photo: photo.name,
    ...(edit && {edit}),
    width,
    height,
    model,
    outputStride,
    inputWidth,
    inputHeight,
    ...averaged?.averaging,
    ...(refinement && {crf: refinement.options}),
    classes: found
  };
  return JSON.stringify(legend, null, 2);
}
