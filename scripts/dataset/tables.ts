import {IGNORE} from "../../src/formats/mask-picture.js";
import type {CheckUp} from "../../src/datasets/check-up.js";
import type {Dataset, Layout, Split} from "../../src/datasets/dataset.js";
import type {Expected, Finding} from "../../src/datasets/finding.js";
import {countInWords} from "../../src/datasets/count-in-words.js";

const LAYOUTS: Readonly<Record<Layout, string>> = {
  voc: "the VOC layout",
  tfrecord: "TFRecord files",
  coco: "COCO's JSON",
  labelme: "labelme's JSON",
  cvat: "CVAT's XML",
  folders: "folders of photos and masks"
};

/** What was found, for a terminal. */
export function checkUpTable(
  {layout, splits, classes: own}: Dataset,
  {name}: Split,
  {photos, census, findings}: CheckUp,
  {classes = own}: Expected
): string {
  const total = census.pixels.reduce((sum, pixels) => sum + pixels, 0);
  const rows = Array.from(census.pixels.keys()).flatMap((id) => {
    if (census.masks[id] === 0) return [];
    const called = id === IGNORE ? "(ignored)" : (classes?.[id] ?? "");
    const share = `${((100 * census.pixels[id]!) / total).toFixed(2)} %`;
    return [`${String(id).padStart(5)}  ${called.padEnd(16)} ${share.padStart(8)}  in ${countInWords(census.masks[id]!, "mask")}`];
  });
  return [
    `${countInWords(photos, "photo")} of ${name} in ${LAYOUTS[layout]}; its lists: ${splits.join(", ")}.`,
    ...(rows.length > 0 ? ["   id  class              pixels", ...rows] : []),
    ...(findings.length > 0 ? findings.map(findingLine) : ["Nothing is wrong with it."])
  ].join("\n");
}

/** A finding in a line or two, grave ones marked. */
export function findingLine({grave, sentence, mend}: Finding): string {
  return `${grave ? "!" : "-"} ${sentence}${mend ? `\n  Mend: ${mend.label}.` : ""}`;
}
