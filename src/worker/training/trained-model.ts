import {sha256} from "../../formats/sha256.js";
import {modelFacts} from "../../importers/model-facts.js";
import {writeModel} from "../../importers/model-file.js";
import {openShelf} from "../../shelf/shelf.js";
import type {KeptModel} from "../../shelf/shelf.js";
import {trainedCard} from "../../train/card.js";
import {settingsInWords} from "../../train/settings-in-words.js";
import type {TrainedModel} from "../training-messages.js";
import type {StoredTraining} from "./store.js";

/**
 * The model that a training made, with a card that tells of the run, as it is put on the shelf.
 *
 * @param which the weights that did best, or the last
 */
export async function trainedModel(
  {said, model, state, best, course}: StoredTraining,
  which: "best" | "last"
): Promise<Omit<TrainedModel, "problem">> {
  const isBest = which === "best" && best !== undefined && said.best !== null;
  const step = isBest ? said.best.step : state.step;
  const measured = course.measured.find((each) => each.step === step);
  const last = course.measured.at(-1);
  const {settings, photos, from, title} = said;
  const card = trainedCard(
    {
      ...{name: title, start: model.card, from, photos, step, steps: settings.steps},
      settings: settingsInWords({...settings, hasNewDecoder: said.fresh.decoder !== undefined}),
      score: measured ? (measured.val ?? measured.train) : null,
      measuredHow: `no longer than ${settings.photoSide} pixels, output stride ${settings.outputStride}, square padding`,
      lossInTheEnd: last ? {train: last.train.loss, val: last.val?.loss ?? null} : null
    },
    model.card
  );
  const trained = {...model, weights: {...model.weights, ...(isBest ? best : state.weights)}, card};
  const bytes = writeModel(trained);
  const kept: KeptModel = {
    sha256: await sha256(bytes),
    title,
    from: "trained in this browser",
    added: Date.now(),
    facts: modelFacts(trained, bytes.length)
  };
  return {kept, file: new Blob([bytes as BlobPart])};
}

/** Puts a trained model on the shelf. @returns why it is not there, in a sentence for the reader; null where it is */
export async function whyNotShelved({kept, file}: Omit<TrainedModel, "problem">): Promise<string | null> {
  const shelf = await openShelf();
  if (!shelf) return "This browser lets the site keep no files, as in some private windows.";
  return shelf.keep(kept, file).then(
    () => null,
    (error: Error) => error.message
  );
}
