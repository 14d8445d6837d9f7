import {runVisCommand} from "./vis/cli.js";

try {
  await runVisCommand(process.argv.slice(2), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
