import {runLessonCommand} from "./lesson/cli.js";
import {ROOT} from "./site/root.js";

process.exitCode = await runLessonCommand(process.argv.slice(2), {root: ROOT, log: console.log, error: console.error});
