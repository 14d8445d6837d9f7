import type {PlaceScores} from "../components/classes/class-scores.js";
import type {Labels} from "../data/labels/index.js";
import {softmaxTerms} from "../engine/labels/pixel.js";

/** The logits of one place, for the table that takes them apart. @param chosen the class that the figure around is about */
export function placeScores({classes, palette}: Labels, logits: ArrayLike<number>, chosen: number): PlaceScores {
  const coloured = classes.map((name, id) => ({name, colour: `rgb(${palette[id]!.join(" ")})`}));
  return {classes: coloured, logits, ...softmaxTerms(logits), chosen};
}
