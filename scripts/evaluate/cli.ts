import {ablationReport, ablationsOf, roundingsOf} from "../../src/evaluate/ablations.js";
import {evaluationOf} from "../../src/evaluate/counts.js";
import {evaluate} from "../../src/evaluate/evaluate.js";
import type {Setting} from "../../src/evaluate/setting.js";
import {reportOf} from "../../src/evaluate/report.js";
import type {Report} from "../../src/evaluate/report.js";
import {withoutPhotos} from "../../src/datasets/dataset.js";
import type {Split} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {readModel} from "../../src/importers/model-file.js";
import {namedSplit, sound} from "../dataset/look.js";
import {sha256} from "../models/folder.js";
import {useWasmInNode} from "./backend.js";
import {startCores, usefulCores} from "./cores.js";
import {filesAt} from "./disk.js";
import {modelBytes} from "./model.js";
import {USAGE, evaluateOptions} from "./options.js";
import {decodePixels} from "./photo.js";
import {progressBar} from "./progress.js";
import {ablationTable, table} from "./tables.js";

const CAN_MEND = '"npm run dataset -- convert <folder> --to voc --out <folder> --mend" writes it anew with what can be mended.';

/**
 * Runs the command line: measures a model, and hands the figures to `log` as a table or as JSON.
 *
 * @throws Error with a sentence for the reader
 */
export async function runEvaluateCommand(args: string[], log: (text: string) => void): Promise<void> {
  const options = evaluateOptions(args);
  if (options === null) return log(USAGE);
  const dataset = await openDataset(await filesAt(options.dataset));
  const whole = await namedSplit(dataset, options.split);
  const bytes = await modelBytes(options.model);
  const model = readModel(bytes);
  const split = await sound(dataset, withoutPhotos(whole, options.without), model.card, CAN_MEND);

  const ablations = options.ablate ? ablationsOf(model.network) : options.quantise.length > 0 ? roundingsOf(options.quantise) : [];
  const threads = options.cores ?? usefulCores(split.items.length);
  const cores = threads > 1 ? startCores(threads, {model, folder: options.dataset, split: split.name}) : null;
  if (!cores) await useWasmInNode();
  const bar = progressBar(split.items.length * (ablations.length || 1));
  const measure = async (ablation: Partial<Setting> = {}): Promise<Report> => {
    const setting = {...options, ...ablation};
    const onImage = () => bar.advance();
    const evaluation = cores
      ? evaluationOf(await cores.count(placesOf(split, whole), setting, onImage))
      : await evaluate(model, split, setting, {decode: decodePixels, onImage});
    return reportOf(evaluation, {...setting, model, name: options.model, split: split.name});
  };
  try {
    if (ablations.length === 0) {
      const report = await measure();
      return log(options.json ? JSON.stringify(report, null, 2) : table(report));
    }
    const reports: Report[] = [];
    for (const ablation of ablations) reports.push(await measure(ablation));
    const report = ablationReport(ablations, reports, sha256(bytes));
    log(options.json ? JSON.stringify(report, null, 2) : ablationTable(report));
  } finally {
    bar.stop();
    await cores?.close();
  }
}

/** Where the photos of a split stand in the whole of it. */
function placesOf({items}: Split, whole: Split): number[] {
  return items.map((item) => whole.items.indexOf(item));
}
