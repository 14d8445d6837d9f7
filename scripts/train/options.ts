import {parseArgs} from "node:util";
import {NO_AUGMENTATION, RELEASED_RANGES} from "../../src/train/augment.js";
import type {AugmentationRanges} from "../../src/train/augment.js";
import type {Frozen} from "../../src/train/classes.js";
import type {HardExamples} from "../../src/train/cross-entropy.js";
import type {LearningRate} from "../../src/train/learning-rate.js";
import type {Optimiser} from "../../src/train/optimiser.js";
import type {DecoderChoice} from "../../src/train/start.js";
import {outputStrideOf} from "../evaluate/run-options.js";

export const USAGE = `Usage: npm run train -- --dataset <folder|zip> --model <id|path.safetensors> --out <file.safetensors> [options]

Trains a model on a data set, after a look at every photo and mask. What is interrupted (Ctrl-C, or worse) goes on from its last checkpoint,
beside <file>, when the same is asked for again.

  --dataset <folder|zip>    as npm run evaluate takes it
  --model <id|path>         what it starts from: an id of "npm run model -- list", or the path of a .safetensors file
  --out <path>              the trained model; <path>.log.jsonl tells of every step, a JSON object a line
  --split <name>            list of photos to learn from; by default the first of train, trainval and training, else the first there is
  --val <name>              list to measure on in the end, or none; val by default, where there is one
  --classes <a,b>           names of the classes, in the order of their ids, the background first; by default what the data set tells, or the
                            model's own. Where they are not the model's, its last layer begins anew
  --freeze <part>           backbone (default), logits (all but the last layer) or nothing
  --decoder <on|off>        on adds a decoder as v3+ has it to a model without one, off takes the model's away; by default as the model has it
  --steps <n>               1000 by default
  --batch <n>               crops a step; 4 by default
  --crop <pixels>           side of a crop; 257 by default
  --photo-side <pixels>     photos with a longer side are made smaller first; 513 by default
  --output-stride <stride>  8, 16 (default) or 32
  --rates <6,12,18>         atrous rates of ASPP, stated at output stride 16; the model's own by default
  --optimiser <kind>        adamw (default), adam or sgd
  --rate <number>           learning rate at its highest; 0.001 by default, 0.007 with sgd
  --power <number>          of the 'poly' policy, by which the rate falls; 0.9 by default
  --warm-up <steps>         over which the rate rises; 50 by default
  --weight-decay <number>   of kernels; 0.001 by default, 0.00004 with sgd
  --clip <number>           largest length of the gradient; 5 by default
  --class-weights <1,2>     what pixels of each class count
  --hard <share,steps>      let only the hardest pixels count: which share of them, and over how many steps it comes to that
  --colour <number>         how far brightness, contrast and saturation change; 0.1 by default
  --no-augment              no scaling, mirroring and colours: crops alone
  --seed <n>                of all that is drawn; 1 by default
  --checkpoint-every <n>    steps; 50 by default
  --help                    print this`;

export interface TrainOptions {
  readonly dataset: string;
  readonly model: string;
  readonly out: string;
  /** Undefined: the first that is usual. */
  readonly split: string | undefined;
  readonly val: string | undefined;
  readonly classes: readonly string[] | undefined;
  readonly frozen: Frozen;
  readonly decoder: DecoderChoice;
  readonly steps: number;
  readonly batch: number;
  readonly crop: number;
  readonly photoSide: number;
  readonly outputStride: number;
  readonly rates: readonly number[] | undefined;
  readonly optimiser: Optimiser;
  readonly rate: LearningRate;
  readonly clip: number;
  readonly classWeights: readonly number[] | undefined;
  readonly hardExamples: HardExamples | undefined;
  readonly augmentation: AugmentationRanges;
  readonly seed: number;
  readonly checkpointEvery: number;
}

const DECODER: readonly DecoderChoice[] = ["own", "on", "off"];
const FREEZE: Readonly<Record<string, Frozen>> = {backbone: "backbone", logits: "all but the logits", nothing: "nothing"};

/**
 * The options of a command line.
 *
 * @returns null where help is asked for
 * @throws Error with a sentence for the reader when an option is missing, unknown or out of range
 */
export function trainOptions(args: readonly string[]): TrainOptions | null {
  const {values} = parseArgs({
    args: [...args],
    options: {
      dataset: {type: "string"},
      model: {type: "string"},
      out: {type: "string"},
      split: {type: "string"},
      val: {type: "string"},
      classes: {type: "string"},
      freeze: {type: "string", default: "backbone"},
      decoder: {type: "string", default: "own"},
      steps: {type: "string", default: "1000"},
      batch: {type: "string", default: "4"},
      crop: {type: "string", default: "257"},
      "photo-side": {type: "string", default: "513"},
      "output-stride": {type: "string", default: "16"},
      rates: {type: "string"},
      optimiser: {type: "string", default: "adamw"},
      rate: {type: "string"},
      power: {type: "string", default: "0.9"},
      "warm-up": {type: "string", default: "50"},
      "weight-decay": {type: "string"},
      clip: {type: "string", default: "5"},
      "class-weights": {type: "string"},
      hard: {type: "string"},
      colour: {type: "string", default: "0.1"},
      "no-augment": {type: "boolean", default: false},
      seed: {type: "string", default: "1"},
      "checkpoint-every": {type: "string", default: "50"},
      help: {type: "boolean", default: false}
    }
  });
  if (values.help) return null;
  const {dataset, model, out} = values;
  if (dataset === undefined) throw new Error("Say what to learn from: --dataset <folder>.");
  if (model === undefined) throw new Error("Say which model to start from: --model <id|path.safetensors>.");
  if (!out?.endsWith(".safetensors")) throw new Error("Say where the trained model goes: --out <file.safetensors>.");
  const frozen = FREEZE[values.freeze];
  if (frozen === undefined) throw new Error(`--freeze is ${Object.keys(FREEZE).join(", ")}; not "${values.freeze}".`);
  const decoder = DECODER.find((choice) => choice === values.decoder);
  if (decoder === undefined) throw new Error(`--decoder is on or off; not "${values.decoder}".`);
  const steps = whole("--steps", values.steps, 1);
  const isSgd = values.optimiser === "sgd";
  return {
    ...{dataset, model, out, frozen, decoder, steps},
    split: values.split,
    val: values.val,
    classes: values.classes?.split(",").map((name) => name.trim()),
    batch: whole("--batch", values.batch, 1),
    crop: whole("--crop", values.crop, 33),
    photoSide: whole("--photo-side", values["photo-side"], 33),
    outputStride: outputStrideOf(values["output-stride"]),
    rates: values.rates === undefined ? undefined : numbers("--rates", values.rates),
    optimiser: optimiserOf(values.optimiser, amount("--weight-decay", values["weight-decay"] ?? (isSgd ? "0.00004" : "0.001"))),
    rate: {
      base: amount("--rate", values.rate ?? (isSgd ? "0.007" : "0.001")),
      power: amount("--power", values.power),
      steps,
      warmUp: whole("--warm-up", values["warm-up"], 0)
    },
    clip: amount("--clip", values.clip),
    classWeights: values["class-weights"] === undefined ? undefined : numbers("--class-weights", values["class-weights"]),
    hardExamples: values.hard === undefined ? undefined : hardOf(values.hard),
    augmentation: values["no-augment"] ? NO_AUGMENTATION : {...RELEASED_RANGES, colour: amount("--colour", values.colour)},
    seed: whole("--seed", values.seed, 0),
    checkpointEvery: whole("--checkpoint-every", values["checkpoint-every"], 1)
  };
}

function optimiserOf(kind: string, weightDecay: number): Optimiser {
  if (kind === "sgd") return {kind, momentum: 0.9, weightDecay};
  if (kind === "adam" || kind === "adamw") return {kind, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay};
  throw new Error(`--optimiser is adamw, adam or sgd; not "${kind}".`);
}

function hardOf(text: string): HardExamples {
  const [share, steps, ...more] = numbers("--hard", text);
  if (!(share! > 0 && share! <= 1) || !Number.isInteger(steps) || more.length > 0) {
    throw new Error(`--hard is a share above 0 and up to 1 and a number of steps with a comma between, not "${text}".`);
  }
  return {share: share!, steps: steps!};
}

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least)
    throw new Error(`${option} is a whole number from ${least} up, not "${text}".`);
  return value;
}

function amount(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value < Infinity)) throw new Error(`${option} is a number from 0 up, not "${text}".`);
  return value;
}

function numbers(option: string, text: string): number[] {
  const values = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!values.every((value) => value >= 0 && value < Infinity)) {
    throw new Error(`${option} are numbers from 0 up with commas between, not "${text}".`);
  }
  return values;
}
