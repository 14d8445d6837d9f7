import {parseArgs} from "node:util";
import type {WantedFiles} from "../../src/masks/files.js";
import {RUN_USAGE, runOptionTable, runOptions} from "../evaluate/run-options.js";
import type {RunOptions} from "../evaluate/run-options.js";

export const USAGE = `Usage: npm run segment -- <photo | folder> ... --model <id|path.safetensors> --out <folder> [options]

Writes the mask of each photo as a palette PNG whose pixels are class ids, as in VOC: <photo>.png.
Of a folder, the photos that lie in it.

  --model <id|path>         an id of "npm run model -- list", or the path of a .safetensors file
  --out <folder>            where the files go; made where it is not there
${RUN_USAGE}
  --padding <kind>          tight (default) pads every photo to the next size of the form 16k+1, as the page does; square pads it
                            to a square, as the release was evaluated
  --colour                  also <photo>-colour.png: the mask in the classes' colours
  --probabilities           also <photo>-probabilities.npy: class probabilities, height x width x classes, float32
  --float16                 those as float16, half as large
  --per-class               also <photo>-class-<id>-<name>.png for each class found: white where it is, else black
  --force                   write over files that are there
  --help                    print this`;

export interface SegmentCommand extends RunOptions {
  /** Photos, and folders of photos. */
  readonly sources: readonly string[];
  readonly model: string;
  readonly out: string;
  readonly wanted: WantedFiles;
  readonly force: boolean;
}

/**
 * The options of a command line.
 *
 * @returns null where help is asked for
 * @throws Error with a sentence for the reader when an option is missing, unknown or out of range
 */
export function segmentOptions(args: readonly string[]): SegmentCommand | null {
  const {values, positionals} = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      model: {type: "string"},
      out: {type: "string"},
      ...runOptionTable("tight"),
      colour: {type: "boolean", default: false},
      probabilities: {type: "boolean", default: false},
      float16: {type: "boolean", default: false},
      "per-class": {type: "boolean", default: false},
      force: {type: "boolean", default: false},
      help: {type: "boolean", default: false}
    }
  });
  if (values.help) return null;
  const {model, out, colour, force} = values;
  if (positionals.length === 0) throw new Error("Say what to segment: a photo, several, or a folder of photos.");
  if (model === undefined) throw new Error("Say which model to segment with: --model <id|path.safetensors>.");
  if (out === undefined) throw new Error("Say where the masks go: --out <folder>.");
  if (values.float16 && !values.probabilities) throw new Error("--float16 says how --probabilities are written: give both.");
  const probabilities = values.probabilities ? (values.float16 ? "float16" : "float32") : null;
  return {...runOptions(values), sources: positionals, model, out, force, wanted: {colour, probabilities, perClass: values["per-class"]}};
}
