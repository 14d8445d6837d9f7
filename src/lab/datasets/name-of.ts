import type {ChosenSplit} from "./dataset-panel.js";

/** What a reader's data set is called: its project's title, the folder that its files were chosen in, or the first of them. */
export function nameOf({labelled, given}: Pick<ChosenSplit, "labelled" | "given">): string {
  return labelled?.title ?? given.files[0]?.path.split("/")[0] ?? "";
}
