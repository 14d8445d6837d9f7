import {execFile} from "node:child_process";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {promisify} from "node:util";
import {writeSafetensors} from "../../../src/formats/safetensors.js";
import {MOMENTUM, RATE, batchValues} from "./batch.js";
import type {TimedSteps, TrainingSetting} from "./report.js";

const run = promisify(execFile);
/** Debian's packages are its own. */
const PYTHON = "/usr/bin/python3";
const SCRIPT = path.join(import.meta.dirname, "pytorch.py");

/** The version of PyTorch that is here; null where there is none. */
export async function pytorchVersion(): Promise<string | null> {
  return run(PYTHON, ["-c", "import torch; print(torch.__version__)"]).then(
    ({stdout}) => stdout.trim(),
    () => null
  );
}

/** Times steps of the same training in PyTorch, after one that is not counted. @returns null where they do not end in time */
export async function timePytorch(
  model: string,
  classes: number,
  setting: TrainingSetting,
  {runs, threads, limitMs}: {readonly runs: number; readonly threads: number; readonly limitMs: number}
): Promise<TimedSteps | null> {
  const {crop, batch} = setting;
  const {input, labels} = batchValues(setting, classes);
  const folder = await mkdtemp(path.join(tmpdir(), "bench-training-"));
  try {
    const file = path.join(folder, "batch.safetensors");
    const tensors = {input: {shape: [batch, crop, crop, 3], values: input}, labels: {shape: [batch, crop, crop], values: labels}};
    await writeFile(file, writeSafetensors({type: "F32", tensors}));
    const args = [SCRIPT, model, file, ...[runs, threads, RATE, MOMENTUM].map(String)];
    const {stdout} = await run(PYTHON, args, {timeout: limitMs});
    return JSON.parse(stdout) as TimedSteps;
  } catch (error) {
    if ((error as {killed?: boolean}).killed) return null;
    throw error;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
