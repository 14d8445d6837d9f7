import type {Answers} from "../engine/questions.js";
import {answered} from "../importers/answered.js";
import {modelFacts} from "../importers/model-facts.js";
import {readModel, writeModel} from "../importers/model-file.js";
import {sha256} from "../formats/sha256.js";
import {openShelf} from "../shelf/shelf.js";
import type {KeptModel} from "../shelf/shelf.js";

/**
 * Writes what a reader answers about a kept model into its file. Another answer is another file with another SHA-256, and takes the
 * place of what was kept.
 *
 * @param hash its SHA-256
 * @param answers in the place of all before
 * @returns what is kept now
 * @throws Error with a sentence where an answer does not fit, or it is not kept
 */
export async function answerModel(hash: string, answers: Answers): Promise<KeptModel> {
  const shelf = await openShelf();
  const found = await shelf?.find(hash);
  if (!shelf || !found) throw new Error("This model is no longer kept in this browser: add it again.");
  const {kept: before, file} = found;
  const model = answered(readModel(new Uint8Array(await file.arrayBuffer())), answers);
  const bytes = writeModel(model);
  const now = await sha256(bytes);
  const kept: KeptModel = {...before, sha256: now, answers, facts: modelFacts(model, bytes.length)};
  if (now === before.sha256) {
    await shelf.change(kept);
    return kept;
  }
  const replaced: KeptModel = {...kept, formerly: [...(before.formerly ?? []).filter((each) => each !== now), before.sha256]};
  await shelf.keep(replaced, new Blob([bytes as BlobPart]));
  await shelf.remove(before);
  return replaced;
}
