import {readSplit} from "../src/formats/voc.js";
import {useWasmInNode} from "./evaluate/backend.js";
import {folderTree} from "./evaluate/disk.js";
import {evaluate} from "./evaluate/evaluate.js";
import {modelNamed} from "./evaluate/model.js";
import {USAGE, evaluateOptions} from "./evaluate/options.js";
import {progressBar} from "./evaluate/progress.js";
import {reportOf, table} from "./evaluate/report.js";

async function main(): Promise<void> {
  const options = evaluateOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const tree = await folderTree(options.dataset);
  const split = await readSplit(tree, options.split);
  const model = await modelNamed(options.model);
  await useWasmInNode();
  const bar = progressBar(split.items.length);
  const evaluation = await evaluate(model, tree, split, options, () => bar.advance()).finally(() => bar.stop());
  const report = reportOf(evaluation, {...options, model, name: options.model, split: split.name});
  console.log(options.json ? JSON.stringify(report, null, 2) : table(report));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
