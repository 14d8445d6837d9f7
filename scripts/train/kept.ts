import {appendFile, readFile, rename, rm, writeFile} from "node:fs/promises";
import {readCheckpoint, writeCheckpoint} from "../../src/train/checkpoint.js";
import type {TrainingState} from "../../src/train/training.js";

/** What a training leaves beside its model: a checkpoint while it is under way, and a log. */
export interface Kept {
  /** Where it goes on; undefined: at the start. */
  readonly from: TrainingState | undefined;
  keep(state: TrainingState): Promise<void>;
  log(line: object): Promise<void>;
  /** Takes the checkpoint away. */
  done(): Promise<void>;
}

/**
 * @param settings all that the training was told: a checkpoint of another is not gone on from
 * @throws Error with a sentence for the reader where a checkpoint is damaged or of another training
 */
export async function keptBeside(out: string, settings: string): Promise<Kept> {
  const file = `${out}.checkpoint`;
  const logFile = `${out}.log.jsonl`;
  const bytes = await readFile(file).catch(() => null);
  const found = bytes && readCheckpoint(bytes);
  if (found && found.settings !== settings) {
    throw new Error(`${file} is of a training with other settings: ask for the same, choose another --out, or delete it.`);
  }
  if (!found) await rm(logFile, {force: true});
  return {
    from: found?.state,
    async keep(state) {
      // Whole or not at all, whatever happens while it is written.
      await writeFile(`${file}.part`, writeCheckpoint({state, settings}));
      await rename(`${file}.part`, file);
    },
    log: (line) => appendFile(logFile, `${JSON.stringify(line)}\n`),
    done: () => rm(file, {force: true})
  };
}
