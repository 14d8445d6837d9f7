import {comparison} from "../../components/models/comparison.js";
import type {Comparison, ComparedResult} from "../../components/models/comparison.js";
import type {Sample} from "../../data/samples/samples.js";
import {PREPROCESSINGS, PREPROCESSING_IDS} from "../../engine/backbones/normalise.js";
import type {PreprocessingId} from "../../engine/backbones/normalise.js";
import {areNamesWanted} from "../../lab/names-choice.js";
import type {PageShell, Work} from "../../lab/page-shell.js";
import {fetchPhoto} from "../../lab/photo-address.js";
import {fetchSample} from "../../lab/photo-choice.js";
import {OWN, ownPhoto, rememberedPhoto} from "../../lab/photo-memory.js";
import {decodePhoto} from "../../media/decode.js";
import type {DecodedPhoto} from "../../media/decode.js";
import {keptId, keptUrl} from "../../shelf/kept-address.js";
import type {KeptModel} from "../../shelf/shelf.js";
import type {BackendId, Segmentation} from "../../worker/protocol.js";
import {segmented} from "../segmented.js";

/** How the workbench runs by default. */
const RUN = {outputStride: 16, inputSize: 513} as const;
/** More are too few pixels to be told by. */
const MOST_CLASSES = 5;

interface Asked {
  readonly kept: KeptModel;
  readonly view: Comparison;
  /** Reads the photo to compare on. */
  readonly photo: () => Promise<DecodedPhoto>;
}

/**
 * Runs kept models on a photo with each usual preprocessing, so that the reader sees which is theirs.
 *
 * @param options.backend where they run
 * @param options.onShown called with the name of the photo once the results stand
 * @returns begins with a model, shows the results in a place, and calls back with the one that the reader takes
 */
export function preprocessingComparisons(options: {
  readonly shell: PageShell;
  readonly samples: readonly Sample[];
  backend(): Promise<BackendId>;
  onShown(photo: string): void;
}): (kept: KeptModel, place: HTMLElement, onUse: (preprocessing: PreprocessingId) => void) => void {
  const {shell, samples, backend, onShown} = options;
  const computation = shell.computation({
    part: "compare",
    async work({kept, photo: read, engine, checkWanted}: Asked & Work) {
      const photo = await read();
      const where = await backend();
      const results: ComparedResult[] = [];
      for (const value of PREPROCESSING_IDS) {
        checkWanted();
        const run = {...RUN, modelUrl: keptUrl(keptId(kept.sha256), value), backend: where};
        results.push({value, title: PREPROCESSINGS[value].title, ...shownResult(photo, await engine.segment(photo, run))});
      }
      return {photo, results};
    },
    show({photo, results}, {view}) {
      view.show(photo.name, results, areNamesWanted());
      onShown(photo.name);
    }
  });
  return (kept, place, onUse) => {
    const view = comparison({
      label: `${kept.title}, with photos prepared in each way`,
      onUse: (value) => onUse(PREPROCESSING_IDS.find((id) => id === value)!),
      onPhoto: (file) => void computation.start({kept, view, photo: () => decodePhoto(file, file.name)})
    });
    place.replaceChildren(view);
    void computation.start({kept, view, photo: () => readersPhoto(samples)});
  };
}

function shownResult(photo: DecodedPhoto, result: Segmentation) {
  const {width, height, paint, names, classes} = segmented(photo, result);
  return {width, height, paint, names, classes: classes.slice(0, MOST_CLASSES)};
}

/** The photo that the reader works with on the other pages; the first sample where that cannot be had. */
async function readersPhoto(samples: readonly Sample[]): Promise<DecodedPhoto> {
  const {sample, address, own = ""} = rememberedPhoto();
  const kept = sample === OWN && !address ? await ownPhoto(own) : null;
  if (kept) return decodePhoto(kept.blob, kept.name);
  if (address) return fetchPhoto(address);
  return fetchSample(samples, samples.find(({id}) => id === sample)?.id ?? samples[0]!.id);
}
