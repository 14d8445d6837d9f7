import {parseArgs} from "node:util";
import {CRF_GRIDS, RELEASED_CRF} from "../../src/engine/crf/options.js";
import type {CrfOptions} from "../../src/engine/crf/options.js";
import type {WeightFormat} from "../../src/engine/precision.js";
import {quantisationName, quantisationNamed} from "../../src/engine/quantise.js";
import {BAND_WIDTHS, BOUNDARY_DISTANCE} from "../../src/evaluate/boundary.js";
import type {BoundaryDistance} from "../../src/evaluate/boundary.js";
import {RUN_USAGE, runOptionTable, runOptions} from "./run-options.js";
import type {RunOptions} from "./run-options.js";

const bilateralText = Object.values(RELEASED_CRF.bilateral).join();

export const USAGE = `Usage: npm run evaluate -- --dataset <folder|zip> --model <id|path.safetensors> [options]

Measures a model on a data set, after a look at every photo and mask.

  --dataset <folder|zip>    the data set: the VOC layout, TFRecord shards, or "images" beside "masks" (see npm run dataset)
  --model <id|path>         an id of "npm run model -- list", or the path of a .safetensors file
${RUN_USAGE}
  --padding <kind>          square (default) pads every photo to a square, as the release was evaluated; tight pads
                            only to the next size of the form 16k+1, as the page does
  --rates <6,12,18>         atrous rates of ASPP, stated at output stride 16; the model's own by default
  --mute <layers>           zeros in the place of these, e.g. decoder/low_level,aspp/image_pooling
  --ablate                  measure the model whole and without each of its parts: the skip, the decoder's grid, the atrous rates
                            and branches, image pooling
  --quantise <formats>      measure the model as it is and with its weights rounded to each of these, with commas between: float16,
                            or int (symmetric), uint (with a zero point) or minmax (zero off the grid) of 8, 6 or 4 bits with
                            a scale per channel or per tensor, e.g. int8-per-channel,uint4-per-tensor
  --boundary                measure outlines as well: mIoU in bands of ${BAND_WIDTHS.slice(0, -1).join(", ")} and ${BAND_WIDTHS.at(-1)!} pixels along them, and Boundary IoU
  --boundary-distance <d>   how far inside outlines Boundary IoU looks: a share of the photo's diagonal, 2% by default,
                            or pixels, e.g. 15
  --crf                     measure as well what a fully connected CRF after the network, as v1 and v2 had, makes of its scores
  --crf-grid <grid>         photo (default): it labels the photo's pixels; logits: the cells of the scores, which is faster
  --crf-iterations <n>      of mean field inference; ${RELEASED_CRF.iterations} by default
  --crf-bilateral <w,p,c>   weight, width in pixels and colour width (of 255) of its bilateral kernel; ${bilateralText} by default
  --split <name>            list of photos; by default the first that is there of val, trainval and train, else the one there is
  --without <names>         leave photos of that list out, e.g. those whose mask is wrong: 2009_004483,2010_005359
  --cores <n>               photos that are segmented at the same time, each in a thread; by default one a core, as far as memory reaches
  --json                    print one JSON object instead of a table
  --help                    print this`;

export interface EvaluateOptions extends RunOptions {
  readonly dataset: string;
  readonly model: string;
  /** Undefined: the model's own. */
  readonly rates: readonly number[] | undefined;
  readonly muted: readonly string[];
  readonly ablate: boolean;
  /** None: the weights are taken as they are. */
  readonly quantise: readonly WeightFormat[];
  /** Undefined: none. */
  readonly crf: CrfOptions | undefined;
  /** Undefined: outlines are not measured. */
  readonly boundaryDistance: BoundaryDistance | undefined;
  /** Undefined: the first that is there. */
  readonly split: string | undefined;
  /** Names of photos that are left out. */
  readonly without: readonly string[];
  /** Undefined: as many as are of use. */
  readonly cores: number | undefined;
  readonly json: boolean;
}

/**
 * The options of a command line.
 *
 * @returns null where help is asked for
 * @throws Error with a sentence for the reader when an option is missing, unknown or out of range
 */
export function evaluateOptions(args: readonly string[]): EvaluateOptions | null {
  const {values} = parseArgs({
    args: [...args],
    options: {
      dataset: {type: "string"},
      model: {type: "string"},
      ...runOptionTable("square"),
      rates: {type: "string"},
      mute: {type: "string"},
      ablate: {type: "boolean", default: false},
      quantise: {type: "string"},
      boundary: {type: "boolean", default: false},
      "boundary-distance": {type: "string"},
      crf: {type: "boolean", default: false},
      "crf-grid": {type: "string"},
      "crf-iterations": {type: "string"},
      "crf-bilateral": {type: "string"},
      split: {type: "string"},
      without: {type: "string"},
      cores: {type: "string"},
      json: {type: "boolean", default: false},
      help: {type: "boolean", default: false}
    }
  });
  if (values.help) return null;
  if (values.dataset === undefined) throw new Error("Say which data set to measure on: --dataset <folder>.");
  if (values.model === undefined) throw new Error("Say which model to measure: --model <id|path.safetensors>.");
  const rates = values.rates?.split(",").map(Number);
  if (rates && !rates.every((rate) => Number.isInteger(rate) && rate >= 1)) {
    throw new Error(`--rates are whole numbers from 1 up with commas between, not "${values.rates}".`);
  }
  const muted = values.mute?.split(",") ?? [];
  if (values.ablate && (rates || muted.length > 0)) throw new Error("--ablate chooses --rates and --mute itself: give it alone.");
  const quantise = values.quantise?.split(",").map(weightFormat) ?? [];
  if (values.ablate && quantise.length > 0) throw new Error("--ablate and --quantise each measure a list of runs: give one of them.");
  const boundaryDistance = boundaryDistanceOf(values.boundary, values["boundary-distance"]);
  const crf = crfOptions(values.crf, {
    grid: values["crf-grid"],
    iterations: values["crf-iterations"],
    bilateral: values["crf-bilateral"]
  });
  if ((values.ablate || quantise.length > 0) && crf) {
    throw new Error("--ablate and --quantise measure the network, and --crf what follows it: give one of them.");
  }
  const without = values.without?.split(",") ?? [];
  const cores = coresOption(values.cores);
  const {dataset, model, ablate, split, json} = values;
  return {...runOptions(values), dataset, model, rates, muted, ablate, quantise, crf, boundaryDistance, split, without, cores, json};
}

/** How many threads are asked for; undefined where it is not said. @throws Error with a sentence for the reader on no such number */
export function coresOption(text: string | undefined): number | undefined {
  const cores = text === undefined ? undefined : Number(text);
  if (cores !== undefined && !(Number.isInteger(cores) && cores >= 1))
    throw new Error(`--cores is a whole number from 1 up, not "${text}".`);
  return cores;
}

function weightFormat(name: string): WeightFormat {
  const quantisation = quantisationNamed(name);
  if (name === "float16") return name;
  if (quantisation) return quantisationName(quantisation);
  throw new Error(`--quantise takes float16 and names such as int8-per-channel, not "${name}".`);
}

function crfOptions(
  isWanted: boolean,
  stated: {readonly grid: string | undefined; readonly iterations: string | undefined; readonly bilateral: string | undefined}
): CrfOptions | undefined {
  const extra = Object.entries(stated).find(([, value]) => value !== undefined);
  if (!isWanted && extra) throw new Error(`--crf-${extra[0]} says how --crf works: give both.`);
  if (!isWanted) return undefined;
  const {
    grid: gridText = RELEASED_CRF.grid,
    iterations: count = String(RELEASED_CRF.iterations),
    bilateral: numbers = bilateralText
  } = stated;
  const grid = CRF_GRIDS.find((each) => each === gridText);
  if (grid === undefined) throw new Error(`--crf-grid is ${CRF_GRIDS.join(" or ")}, not "${gridText}".`);
  const iterations = Number(count);
  if (!Number.isInteger(iterations) || iterations < 1) throw new Error(`--crf-iterations is a whole number from 1 up, not "${count}".`);
  const [weight, position, colour, ...more] = numbers.split(",").map(Number);
  if (!(weight! >= 0 && weight! < Infinity && position! >= 1 && colour! >= 1) || more.length > 0) {
    throw new Error(`--crf-bilateral is a weight from 0 up and two widths from 1 up with commas between, not "${numbers}".`);
  }
  return {...RELEASED_CRF, grid, iterations, bilateral: {weight: weight!, position: position!, colour: colour!}};
}

function boundaryDistanceOf(isWanted: boolean, stated: string | undefined): BoundaryDistance | undefined {
  if (stated === undefined) return isWanted ? BOUNDARY_DISTANCE : undefined;
  if (!isWanted) throw new Error("--boundary-distance says how --boundary measures: give both.");
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(stated) ?? [];
  const value = Number(number);
  if (percent === "%" && value > 0 && value <= 100) return {share: value / 100};
  if (percent === "" && Number.isInteger(value) && value >= 1) return {pixels: value};
  throw new Error(`--boundary-distance is a share of the diagonal, e.g. 2%, or a whole number of pixels from 1 up, not "${stated}".`);
}
