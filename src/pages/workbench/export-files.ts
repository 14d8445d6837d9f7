import {channelRows, probabilityRows} from "../../engine/labels/class-probability.js";
import {classPng, colourPng, greyPng, palettePng} from "../../formats/mask.js";
import {leftOutIds} from "../../lab/left-out.js";
import {nextTask} from "../../lab/next-task.js";
import type {StateOf} from "../../lab/state.js";
import {classInName} from "../../masks/files.js";
import {compose, viewSize} from "../../media/compose.js";
import type {View} from "../../media/compose.js";
import {drawnMask, maskCanvas} from "../../media/drawn-mask.js";
import type {Standing} from "../inspector/inspection.js";
import {compositionOf} from "./composition.js";
import {passesOf} from "./passes-of.js";
import {legendJson} from "./run-report.js";
import type {WorkbenchTable} from "./state.js";

/** What is kept of a run, and how it is shown. */
export interface Kept {
  readonly run: Standing;
  readonly state: Pick<StateOf<WorkbenchTable>, "hidden" | "opacity" | "split">;
  /** The class of the files that are about one. */
  readonly classId: number;
}

type Made = readonly [content: Uint8Array | Blob | string, suffix: string, type: string];

export type ExportName =
  "overlay" | "side-by-side" | "cut-out" | "colour" | "palette" | "legend" | "class-mask" | "class-cut-out" | "class-probability";

/** Rows of probabilities that are made before anything else has its turn. */
const ROWS_AT_ONCE = 24;
const PNG = "image/png";

/** The files that a run can be kept as. */
export const EXPORT_FILES: Readonly<Record<ExportName, (kept: Kept) => Made | Promise<Made>>> = {
  overlay: async (kept) => [await viewPng(kept, "overlay"), "overlay.png", PNG],
  "side-by-side": async (kept) => [await viewPng(kept, "side-by-side"), "side-by-side.png", PNG],
  "cut-out": async ({run, state}) => [
    await cutOutPng(run, leftOutIds(run.result.classes, {...state, view: "overlay"})),
    "cut-out.png",
    PNG
  ],
  colour: ({run: {mask, result}}) => [colourPng(mask, result.palette), "mask.png", PNG],
  palette: ({run: {mask, result}}) => [palettePng(mask, result.palette), "classes.png", PNG],
  legend: ({run}) => [legendJson(run), "legend.json", "application/json"],
  "class-mask": ({run, classId}) => [classPng(run.mask, classId), `${inName(run, classId)}.png`, PNG],
  "class-cut-out": async ({run, classId}) => [await cutOutPng(run, allBut(run, classId)), `${inName(run, classId)}-cut-out.png`, PNG],
  "class-probability": async ({run, classId}) => [
    greyPng(run.mask, await probabilities(run, classId)),
    `${inName(run, classId)}-probability.png`,
    PNG
  ]
};

/** A view of a run, as a PNG with the photo's pixels. @throws Error with a sentence where the browser makes none */
export function viewPng({run, state}: Omit<Kept, "classId">, view: View): Promise<Blob> {
  const {mask, result} = run;
  const drawn = drawnMask(mask, result.palette, leftOutIds(result.classes, {...state, view}));
  const composition = compositionOf(run, drawn, {...state, view});
  return pngOf(viewSize(composition), (context) => compose(context, composition));
}

/** The photo where it shows a class that is kept, and nothing elsewhere. @param others ids of those that are not */
async function cutOutPng({photo, mask, result}: Standing, others: ReadonlySet<number>): Promise<Blob> {
  if (mask.labels.every((id) => others.has(id))) throw new Error("The mask shows no class here: there is nothing to cut out.");
  return pngOf(photo, (context) => {
    context.drawImage(maskCanvas(mask, result.palette, others), 0, 0);
    context.globalCompositeOperation = "source-in";
    context.drawImage(photo.canvas, 0, 0);
  });
}

/** How likely a class is at each pixel, 255 for certain. */
async function probabilities({result, refinement, mask}: Standing, classId: number): Promise<Uint8Array> {
  const {width, height} = mask;
  const channel = refinement?.ids.indexOf(classId) ?? -1;
  const bytes = new Uint8Array(width * height);
  // A class that takes no part in a CRF is likely nowhere.
  if (refinement && channel < 0) return bytes;
  const rows = refinement ? channelRows(refinement.map, mask, channel) : probabilityRows(passesOf(result), mask, classId);
  let y = 0;
  for (const row of rows) {
    for (let x = 0; x < width; x++) bytes[y * width + x] = Math.round(255 * row[x]!);
    if (++y % ROWS_AT_ONCE === 0) await nextTask();
  }
  return bytes;
}

function allBut({result}: Standing, classId: number): ReadonlySet<number> {
  return new Set([...result.classes.keys()].filter((id) => id !== classId));
}

function inName({result}: Standing, classId: number): string {
  return classInName(result.classes[classId]!, classId);
}

/** @throws Error with a sentence where the browser makes none */
async function pngOf(
  {width, height}: {readonly width: number; readonly height: number},
  paint: (context: CanvasRenderingContext2D) => void
): Promise<Blob> {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, {width, height});
  paint(canvas.getContext("2d")!);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, PNG));
  if (!blob) throw new Error("This browser could not make a picture of that size. Try a smaller photo.");
  return blob;
}
