import {ablationReport, ablationsOf} from "../src/evaluate/ablations.js";
import {evaluate} from "../src/evaluate/evaluate.js";
import type {Setting} from "../src/evaluate/evaluate.js";
import {reportOf} from "../src/evaluate/report.js";
import type {Report} from "../src/evaluate/report.js";
import {readSplit} from "../src/formats/voc.js";
import {readModel} from "../src/importers/model-file.js";
import {useWasmInNode} from "./evaluate/backend.js";
import {folderTree} from "./evaluate/disk.js";
import {modelBytes} from "./evaluate/model.js";
import {USAGE, evaluateOptions} from "./evaluate/options.js";
import {decodePixels} from "./evaluate/photo.js";
import {progressBar} from "./evaluate/progress.js";
import {ablationTable, table} from "./evaluate/tables.js";
import {sha256} from "./models/folder.js";

async function main(): Promise<void> {
  const options = evaluateOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const tree = await folderTree(options.dataset);
  const split = await readSplit(tree, options.split);
  const bytes = await modelBytes(options.model);
  const model = readModel(bytes);
  await useWasmInNode();

  const ablations = options.ablate ? ablationsOf(model.network) : [];
  const bar = progressBar(split.items.length * (ablations.length || 1));
  const measure = async (ablation: Partial<Setting> = {}): Promise<Report> => {
    const setting = {...options, ...ablation};
    return reportOf(await evaluate(model, tree, split, setting, {decode: decodePixels, onImage: () => bar.advance()}), {
      ...setting,
      model,
      name: options.model,
      split: split.name
    });
  };
  try {
    if (!options.ablate) {
      const report = await measure();
      console.log(options.json ? JSON.stringify(report, null, 2) : table(report));
      return;
    }
    const reports: Report[] = [];
    for (const ablation of ablations) reports.push(await measure(ablation));
    const report = ablationReport(ablations, reports, sha256(bytes));
    console.log(options.json ? JSON.stringify(report, null, 2) : ablationTable(report));
  } finally {
    bar.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
