import {runModelCommand} from "./models/cli.js";
import {MODELS_FOLDER} from "./models/folder.js";

process.exitCode = await runModelCommand(process.argv.slice(2), {
  folder: MODELS_FOLDER,
  mirror: process.env["DEEPLAB_MIRROR"],
  log: console.log,
  error: console.error
});
