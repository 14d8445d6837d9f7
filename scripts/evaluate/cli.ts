import {ablationReport, ablationsOf, roundingsOf} from "../../src/evaluate/ablations.js";
import {evaluationOf} from "../../src/evaluate/counts.js";
import type {Setting} from "../../src/evaluate/setting.js";
import {reportOf} from "../../src/evaluate/report.js";
import type {Report} from "../../src/evaluate/report.js";
import {sha256} from "../models/folder.js";
import {startCounting} from "./counting.js";
import {openMeasured} from "./measured.js";
import {USAGE, evaluateOptions} from "./options.js";
import {progressBar} from "./progress.js";
import {ablationTable, table} from "./tables.js";

/**
 * Runs the command line: measures a model, and hands the figures to `log` as a table or as JSON.
 *
 * @throws Error with a sentence for the reader
 */
export async function runEvaluateCommand(args: string[], log: (text: string) => void): Promise<void> {
  const options = evaluateOptions(args);
  if (options === null) return log(USAGE);
  const measured = await openMeasured(options);
  const {model, bytes, split} = measured;

  const ablations = options.ablate ? ablationsOf(model.network) : options.quantise.length > 0 ? roundingsOf(options.quantise) : [];
  const counting = await startCounting(measured, options.cores);
  const bar = progressBar(split.items.length * (ablations.length || 1));
  const measure = async (ablation: Partial<Setting> = {}): Promise<Report> => {
    const setting = {...options, ...ablation};
    const evaluation = evaluationOf(await counting.count(setting, () => bar.advance()));
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
    await counting.close();
  }
}
