import {stat} from "node:fs/promises";
import path from "node:path";
import {parseArgs} from "node:util";
import type {Model} from "../../src/engine/model.js";
import {MINIMUM_SIDE} from "../../src/engine/plan.js";
import {writeOnnx} from "../../src/exporters/onnx/write-onnx.js";
import type {WrittenType} from "../../src/formats/element-types.js";
import {writeModel} from "../../src/importers/model-file.js";
import {modelNamed} from "../evaluate/model.js";
import {outputStrideOf} from "../evaluate/run-options.js";
import {writeWhole} from "./folder.js";

export const EXPORT_USAGE = `What export takes:
  --out <file>          where it goes; its folder has to be there
  --format <format>     onnx or safetensors; by default what the file's name ends in
  --type <type>         float32 (default) or float16, which stores the weights in half the room
  --force               write over a file that is there
of an ONNX graph, which is made for one size:
  --size <pixels>       height and width of the photo; 513 by default, and best of the form 16k + 1
  --output-stride <n>   8, 16 (default) or 32
  --full-size           enlarge the logits to the photo's size in the graph`;

const FORMATS = ["onnx", "safetensors"] as const;
type Format = (typeof FORMATS)[number];

const TYPES: Readonly<Record<string, WrittenType>> = {float32: "F32", float16: "F16"};

/** Options that say for which run a graph is made. */
const OF_A_RUN = ["size", "output-stride", "full-size"] as const;

interface ExportCommand {
  readonly model: string;
  readonly out: string;
  readonly force: boolean;
  /** @returns the bytes, and lines that say what they are */
  write(model: Model): {readonly bytes: Uint8Array; readonly told: readonly string[]};
}

/**
 * Writes a model of the folder, or one by its path, to a file.
 *
 * @returns 0
 * @throws Error with a sentence for the reader; no file is then written
 */
export async function exportModel(
  args: readonly string[],
  {folder, log}: {readonly folder: string; readonly log: (line: string) => void}
): Promise<number> {
  const {model, out, force, write} = exportCommand(args);
  await checkPlace(out, force);
  const {bytes, told} = write(await modelNamed(model, folder));
  await writeWhole(out, bytes);
  log(`Wrote ${model} to ${out} (${(bytes.length / 1e6).toFixed(1)} MB).`);
  for (const line of told) log(line);
  return 0;
}

function exportCommand(args: readonly string[]): ExportCommand {
  const {values, positionals} = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: {type: "string"},
      format: {type: "string"},
      type: {type: "string", default: "float32"},
      force: {type: "boolean", default: false},
      size: {type: "string"},
      "output-stride": {type: "string"},
      "full-size": {type: "boolean"}
    }
  });
  const [model, ...others] = positionals;
  if (model === undefined || others.length > 0)
    throw new Error(`Say one model to export: an id of "npm run model -- list", or the path of a .safetensors file.`);
  const {out, force} = values;
  if (out === undefined) throw new Error("Say where it goes: --out <file>.");
  const type = Object.hasOwn(TYPES, values.type) ? TYPES[values.type] : undefined;
  if (type === undefined) throw new Error(`--type is ${Object.keys(TYPES).join(" or ")}, not "${values.type}".`);
  const format = formatOf(values.format, out);
  const given = OF_A_RUN.find((option) => values[option] !== undefined);
  if (format === "safetensors") {
    if (given) throw new Error(`--${given} says for which run an ONNX graph is made; a .safetensors is for all of them: leave it out.`);
    return {model, out, force, write: (model) => ({bytes: writeModel(model, {type}), told: []})};
  }
  const size = sizeOf(values.size ?? "513");
  const outputStride = outputStrideOf(values["output-stride"] ?? "16");
  const options = {height: size, width: size, outputStride, type, fullSize: values["full-size"] ?? false};
  return {
    model,
    out,
    force,
    write(model) {
      const {bytes, input, output} = writeOnnx(model, options);
      return {bytes, told: [`It is given ${input}.`, `It gives ${output}.`]};
    }
  };
}

function formatOf(named: string | undefined, out: string): Format {
  const format = FORMATS.find((each) => each === named);
  if (named !== undefined && format === undefined) throw new Error(`--format is ${FORMATS.join(" or ")}, not "${named}".`);
  const ending = FORMATS.find((each) => out.toLowerCase().endsWith(`.${each}`));
  if (format && ending && format !== ending) throw new Error(`${out} ends in .${ending}, and --format says ${format}: change one of them.`);
  const found = format ?? ending;
  if (!found)
    throw new Error(`${out} ends in none of ${FORMATS.map((each) => `.${each}`).join(", ")}: say what it is to be with --format.`);
  return found;
}

function sizeOf(text: string): number {
  const size = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(size >= MINIMUM_SIDE)) throw new Error(`--size is a whole number of pixels from ${MINIMUM_SIDE} up, not "${text}".`);
  return size;
}

/** Before anything is computed. */
async function checkPlace(out: string, force: boolean): Promise<void> {
  const folder = path.dirname(out);
  if (!(await kindOf(folder))?.isDirectory()) throw new Error(`There is no folder ${folder}: make it first, or choose another with --out.`);
  const there = await kindOf(out);
  if (there?.isDirectory()) throw new Error(`${out} is a folder: say the name of the file in it, too.`);
  if (there && !force) throw new Error(`${out} is there already: choose another with --out, or write over it with --force.`);
}

function kindOf(place: string) {
  return stat(place).catch(() => null);
}
