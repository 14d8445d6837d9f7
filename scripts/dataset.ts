import {runDatasetCommand} from "./dataset/cli.js";

try {
  process.exitCode = await runDatasetCommand(process.argv.slice(2), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
