import type {Sampling} from "../../engine/steps/upsample.js";
import type {OnnxNode} from "../../formats/onnx.js";
import {pairOf} from "./maps.js";
import type {OnnxMap} from "./maps.js";
import {numberOf, numbersOf, textOf} from "./reading.js";
import type {NodeReader, Reading} from "./reading.js";

/** Resize, and Upsample as it was called before version 10. */

const SAMPLINGS: ReadonlyMap<string, Sampling> = new Map([
  ["align_corners", "corners"],
  ["half_pixel", "half_pixel"],
  // Another only where a single cell results.
  ["pytorch_half_pixel", "half_pixel"],
  ["asymmetric", "neither"]
]);

/** The first version in which a node can say where cells lie. */
const SAYS_SAMPLING = 11;
/** Of a cell. */
const TOLERANCE = 1e-2;

export const resize: NodeReader = (node, reading) => {
  const [input = ""] = node.inputs;
  const map = reading.map(input);
  if (!map) return "of what is no map";
  if (numberOf(node, "antialias", 0) === 1) return "with antialias";
  const mode = samplingOf(node, map, reading);
  if (typeof mode === "object") return `(${mode.unread})`;
  const size = sizeOf(node, map, reading);
  if (typeof size === "string") return size;
  return {steps: [{op: "resize", input, mode, size}], map: {...map, size}};
};

function samplingOf(node: OnnxNode, {size}: OnnxMap, {opset, isFromTorch}: Reading): Sampling | {readonly unread: string} {
  // From a single cell every mode copies that cell.
  if (size.every((side) => side === 1)) return "corners";
  const mode = textOf(node, "mode", "nearest");
  if (mode !== "linear" && mode !== "bilinear") return {unread: mode};
  // Until then ONNX could only say "asymmetric". PyTorch wrote that for half-pixel centres, which its networks are trained with, and
  // refused to write aligned corners.
  if (opset < SAYS_SAMPLING) return isFromTorch ? "half_pixel" : "neither";
  const stated = textOf(node, "coordinate_transformation_mode", "half_pixel");
  return SAMPLINGS.get(stated) ?? {unread: stated};
}

/** Height and width after it; a text where they are not read. */
function sizeOf(node: OnnxNode, map: OnnxMap, {opset, constant}: Reading): readonly [number, number] | string {
  const [, second, third, fourth] = node.inputs;
  const [scalesName, sizesName] = opset < SAYS_SAMPLING ? [second] : [third, fourth];
  const axes = numbersOf(node, "axes");
  const ofMap = (values: ArrayLike<number> | undefined, absent: number) => {
    const spread =
      axes && values ? [0, 1, 2, 3].map((axis) => values[axes.findIndex((each) => each === axis || each + 4 === axis)] ?? absent) : values;
    return pairOf(spread, map.layout);
  };
  const sizes = ofMap(constant(sizesName)?.values, NaN);
  if (sizes) return sizes;
  const scales = ofMap(numbersOf(node, "scales") ?? constant(scalesName)?.values, 1);
  if (!scales) return "to a size that is computed in the run: export it for one size of photo";
  const exact = map.size.map((side, axis) => side * scales[axis]!);
  const size = exact.map((side) => Math.floor(side + TOLERANCE)) as [number, number];
  const isWhole = exact.every((side, axis) => Number.isNaN(side) || Math.abs(side - size[axis]!) < TOLERANCE);
  return isWhole ? size : `by ${scales.join(" and ")}, which gives no whole number of cells`;
}
