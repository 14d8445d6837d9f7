import {ablationReport, ablationsOf, roundingsOf} from "../../src/evaluate/ablations.js";
import {evaluate} from "../../src/evaluate/evaluate.js";
import type {Setting} from "../../src/evaluate/evaluate.js";
import {reportOf} from "../../src/evaluate/report.js";
import type {Report} from "../../src/evaluate/report.js";
import {withoutPhotos} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {readModel} from "../../src/importers/model-file.js";
import {namedSplit, sound} from "../dataset/look.js";
import {sha256} from "../models/folder.js";
import {useWasmInNode} from "./backend.js";
import {folderTree} from "./disk.js";
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
  const dataset = await openDataset(await folderTree(options.dataset));
  const wanted = withoutPhotos(await namedSplit(dataset, options.split), options.without);
  const bytes = await modelBytes(options.model);
  const model = readModel(bytes);
  const split = await sound(dataset, wanted, model.card, CAN_MEND);
  await useWasmInNode();

  const ablations = options.ablate ? ablationsOf(model.network) : options.quantise.length > 0 ? roundingsOf(options.quantise) : [];
  const bar = progressBar(split.items.length * (ablations.length || 1));
  const measure = async (ablation: Partial<Setting> = {}): Promise<Report> => {
    const setting = {...options, ...ablation};
    return reportOf(await evaluate(model, split, setting, {decode: decodePixels, onImage: () => bar.advance()}), {
      ...setting,
      model,
      name: options.model,
      split: split.name
    });
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
  }
}
