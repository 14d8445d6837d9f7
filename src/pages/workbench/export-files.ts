import {colourPng, palettePng} from "../../formats/mask.js";
import type {Standing} from "../inspector/inspection.js";
import {legendJson} from "./run-report.js";

type Made = readonly [content: Uint8Array | string, suffix: string, type: string];

export type ExportName = "colour" | "palette" | "legend";

/** The files that a run can be kept as. */
export const EXPORT_FILES: Readonly<Record<ExportName, (run: Standing) => Made>> = {
  colour: ({mask, result}) => [colourPng(mask, result.palette), "mask.png", "image/png"],
  palette: ({mask, result}) => [palettePng(mask, result.palette), "classes.png", "image/png"],
  legend: (run) => [legendJson(run), "legend.json", "application/json"]
};
