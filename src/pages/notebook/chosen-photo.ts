import type {Sample} from "../../data/samples/samples.js";
import type {Photo} from "../../engine/photo.js";
import {fetchSample, photoChoice} from "../../lab/photo-choice.js";
import {OWN, ownPhoto, rememberedPhoto} from "../../lab/photo-memory.js";
import {decodePhoto} from "../../media/decode.js";
import type {DecodedPhoto} from "../../media/decode.js";

export interface ChosenPhoto {
  /** The ways to choose one. */
  readonly element: HTMLElement;
  /** The photo of a name; null stands for the chosen one. @throws Error with a sentence where there is none */
  named(name: string | null): Promise<Photo>;
  dispose(): void;
}

/** The photos that cells can ask for: the one that the reader chose on this page or another, samples, and the reader's own. */
export function chosenPhoto({
  samples,
  onChosen,
  report
}: {
  readonly samples: readonly Sample[];
  onChosen(): void;
  report(reason: unknown): void;
}): ChosenPhoto {
  let came: (photo: DecodedPhoto) => void;
  let chosen = new Promise<DecodedPhoto>((resolve) => (came = resolve));
  let isFirst = true;
  const choice = photoChoice({
    samples,
    onWanted: () => {},
    onPhoto(photo) {
      report(null);
      if (isFirst) came(photo);
      else {
        chosen = Promise.resolve(photo);
        onChosen();
      }
      isFirst = false;
    },
    onFailed: report,
    onProblem: report
  });
  choice.open({sample: samples[0]!.id, address: "", own: "", ...rememberedPhoto()});
  return {
    element: choice.element,
    async named(name) {
      if (name === null) return chosen;
      if (name === OWN) {
        const kept = await ownPhoto(rememberedPhoto().own ?? "");
        if (!kept) throw new Error("There is no photo of your own in this browser: choose one above.");
        return decodePhoto(kept.blob, kept.name);
      }
      if (samples.some(({id}) => id === name)) return fetchSample(samples, name);
      throw new Error(`There is no photo "${name}". There are ${[...samples.map(({id}) => id), OWN].map((id) => `"${id}"`).join(", ")}.`);
    },
    dispose: choice.dispose
  };
}
