import {runTrainCommand} from "./train/cli.js";

const stop = new AbortController();
// The step under way is finished and kept; pressed again, the process ends as it stands.
process.once("SIGINT", () => stop.abort());
try {
  process.exitCode = await runTrainCommand(process.argv.slice(2), console.log, stop.signal);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
