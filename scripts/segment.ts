import {runSegmentCommand} from "./segment/cli.js";

const stop = new AbortController();
// What is under way is left out whole; pressed again, the process ends as it stands.
process.once("SIGINT", () => stop.abort());
try {
  process.exitCode = await runSegmentCommand(process.argv.slice(2), console.log, stop.signal);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
