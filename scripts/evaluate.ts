import {runEvaluateCommand} from "./evaluate/cli.js";

try {
  await runEvaluateCommand(process.argv.slice(2), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
