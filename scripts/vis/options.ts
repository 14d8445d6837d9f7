import {parseArgs} from "node:util";
import {RUN_USAGE, runOptionTable, runOptions} from "../evaluate/run-options.js";
import {coresOption} from "../evaluate/options.js";
import type {RunOptions} from "../evaluate/run-options.js";

export const USAGE = `Usage: npm run vis -- --dataset <folder|zip> --model <id|path.safetensors> --out <folder> [options]

Draws what "npm run evaluate" measures: of each photo <id>_image.png, <id>_truth.png and <id>_prediction.png in the colours of the classes, and
<id>_overlay.png, the prediction over the photo.

  --split <name>            the list of photos; by default the first that is there of val, trainval and train
  --without <id,id>         photos to leave out
  --out <folder>            where the pictures go: a new or an empty folder
${RUN_USAGE}
  --padding <square|tight>  square by default
  --cores <number>          photos that are segmented at the same time; by default as many as there are cores
  --help                    print this`;

export interface VisOptions extends RunOptions {
  readonly dataset: string;
  readonly model: string;
  readonly out: string;
  /** Undefined: the first that is there. */
  readonly split: string | undefined;
  readonly without: readonly string[];
  /** Undefined: as many as are of use. */
  readonly cores: number | undefined;
}

/**
 * The options of a command line.
 *
 * @returns null where help is asked for
 * @throws Error with a sentence for the reader when an option is missing, unknown or out of range
 */
export function visOptions(args: readonly string[]): VisOptions | null {
  const {values} = parseArgs({
    args: [...args],
    options: {
      dataset: {type: "string"},
      model: {type: "string"},
      out: {type: "string"},
      ...runOptionTable("square"),
      split: {type: "string"},
      without: {type: "string"},
      cores: {type: "string"},
      help: {type: "boolean", default: false}
    }
  });
  if (values.help) return null;
  const {dataset, model, out, split} = values;
  if (dataset === undefined) throw new Error("Say which data set to draw: --dataset <folder|zip>.");
  if (model === undefined) throw new Error("Say which model to draw the masks of: --model <id|path.safetensors>.");
  if (out === undefined) throw new Error("Say where the pictures go: --out <folder>.");
  return {...runOptions(values), dataset, model, out, split, without: values.without?.split(",") ?? [], cores: coresOption(values.cores)};
}
