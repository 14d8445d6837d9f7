import type {Expected} from "../datasets/finding.js";
import {cost} from "../engine/cost.js";
import type {Passes} from "../engine/crf/grid.js";
import type {CrfOptions} from "../engine/crf/options.js";
import type {Model} from "../engine/model.js";
import type {Photo} from "../engine/photo.js";
import {fitInput} from "../engine/preprocess.js";
import {plan as planRun} from "../engine/plan.js";
import type {Answers} from "../engine/questions.js";
import type {MaskFile, WantedFiles} from "../masks/files.js";
import type {KeptModel} from "../shelf/shelf.js";
import {bestBackend, fetchAhead, probeBackends} from "./backends.js";
import type {CheckedSplit, DatasetChoice, DatasetFacts, SeenPhoto, SplitChoice, WriteChoice} from "./dataset-messages.js";
import type {DatasetAnswers} from "./datasets/datasets.js";
import type {Measuring} from "./datasets/measured.js";
import type {DemonstrationInput, DemonstrationName, DemonstrationResult} from "./demonstrations/index.js";
import {whileDeviceLasts} from "./device-lost.js";
import {fetchModel} from "./fetch-model.js";
import {bothDone} from "./both-done.js";
import {forecast, newRates} from "./forecast.js";
import {keptInputs} from "./inputs.js";
import type {InspectionAnswer, InspectionName, InspectionQuestion} from "./inspections/index.js";
import type {Prepared} from "./inspections/prepared.js";
import {keptLast} from "./kept.js";
import {keptFaster} from "./kept-faster.js";
import {keptWeights} from "./kept-weights.js";
import type {LiveOptions} from "./live/messages.js";
import type {ComparedPhoto, MeasureChoice, MeasuredPhoto} from "./measure-messages.js";
import {memory} from "./memory.js";
import {openedLayer} from "./opened-layer.js";
import {PARTS} from "./parts.js";
import {newPauses} from "./pauses.js";
import type {
  BackendId,
  Brought,
  Capabilities,
  Forecast,
  Imported,
  Memory,
  MaskChoice,
  ModelDescription,
  Progress,
  Refinement,
  RunChoice,
  SegmentOptions,
  Segmentation
} from "./protocol.js";
import {EXPORTED, tensorsOn} from "./protocol.js";
import {segment} from "./segment.js";
import {stopwatch} from "./stopwatch.js";
import type {AskTraining} from "./training-messages.js";
import {backendUser} from "./use-backend.js";
import type {Started} from "./use-backend.js";

/**
 * The one owner of backend, weights and GPU; lives in the worker or, where there is none, in the page. Calls must not overlap.
 * One that is given a signal ends before the next step of its run once that says so, with a DOMException "AbortError"; what is loaded
 * stays.
 */
export interface Host {
  capabilities(): Promise<Capabilities>;
  /** Fetches a model and tells what it is. @throws Error with a sentence for the reader */
  describe(modelUrl: string): Promise<ModelDescription>;
  /** Imports what a reader brings, and keeps it in the browser. @throws Error with a sentence for the reader */
  importModels(brought: Brought, signal: AbortSignal): Promise<Imported>;
  /** Tells what segmenting a photo of this size would take. @throws Error with a sentence for the reader */
  forecast(photo: Pick<Photo, "height" | "width">, choice: MaskChoice, signal: AbortSignal): Promise<Forecast>;
  /** Writes what a reader answers about a kept model into its file, which is another then. @throws Error with a sentence for the reader */
  answerModel(hash: string, answers: Answers): Promise<KeptModel>;
  /** Writes a model as an ONNX graph for photos of the usual size. @throws Error with a sentence for the reader */
  exportOnnx(modelUrl: string): Promise<Uint8Array>;
  /** Segments one photo. @throws Error with a sentence for the reader */
  segment(photo: Photo, options: SegmentOptions, signal: AbortSignal): Promise<Segmentation>;
  /** Refines a run's scores with a fully connected CRF. @param everyStep whether label maps after each iteration are wanted */
  refine(photo: Photo, passes: Passes, options: CrfOptions, everyStep: boolean, signal: AbortSignal): Promise<Refinement>;
  /** Draws the outlines of labels to the photo's edges. @param reach as `snappedLabels` takes it */
  snapLabels(photo: Photo, labels: Uint8Array, reach: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Segments one of many photos and makes files of its mask. @throws Error with a sentence for the reader */
  maskFiles(photo: Photo, choice: MaskChoice, wanted: WantedFiles, signal: AbortSignal): Promise<MaskFile[]>;
  /** Opens a data set. @throws Error with a sentence for the reader where it is none */
  openDataset(choice: DatasetChoice, signal: AbortSignal): Promise<DatasetFacts>;
  /** Looks at every photo and mask of a list. @throws Error with a sentence for the reader where it cannot be read at all */
  checkSplit(choice: SplitChoice, expected: Expected, signal: AbortSignal): Promise<CheckedSplit>;
  /** A photo of a list by its place, with its mask. @throws Error with a sentence for the reader */
  seePhoto(choice: SplitChoice, place: number, signal: AbortSignal): Promise<SeenPhoto>;
  /** Writes a data set into a zip. @throws Error with a sentence for the reader on a mask that cannot be read */
  writeDataset(choice: DatasetChoice, how: WriteChoice, signal: AbortSignal): Promise<Blob>;
  /**
   * Segments one photo of a list and counts its pixels against its mask.
   *
   * @param known digest of what was measured in its place before
   * @returns null where the photo is still that one
   * @throws Error with a sentence for the reader, as the command does
   */
  measurePhoto(
    data: SplitChoice,
    place: number,
    choice: MeasureChoice,
    known: string | null,
    signal: AbortSignal
  ): Promise<MeasuredPhoto | null>;
  /** A photo of a list with what its mask says and what the network does. @throws as `measurePhoto` */
  comparePhoto(data: SplitChoice, place: number, choice: MeasureChoice, signal: AbortSignal): Promise<ComparedPhoto>;
  /**
   * Looks inside a run: answers one of the inspector's questions about a network on a photo.
   *
   * @throws Error with a sentence for the reader
   */
  inspect<Name extends InspectionName>(
    photo: Photo,
    choice: RunChoice,
    name: Name,
    question: InspectionQuestion<Name>,
    signal: AbortSignal
  ): Promise<InspectionAnswer<Name>>;
  /** Runs one of the lessons' small computations on a backend. @throws Error with a sentence for the reader */
  demonstrate<Name extends DemonstrationName>(
    backend: BackendId,
    name: Name,
    input: DemonstrationInput<Name>
  ): Promise<DemonstrationResult<Name>>;
  /**
   * Segments frames that come over a port until the page says stop there; other calls wait meanwhile.
   *
   * @throws Error with a sentence for the reader
   */
  live(port: MessagePort, options: LiveOptions): Promise<void>;
  /** Answers a question about a training, by its name. @throws Error with a sentence for the reader */
  train: AskTraining;
  /** What TensorFlow.js holds now. */
  memory(): Promise<Memory>;
  /** Addresses of what was fetched so far where this runs; what is done with a mask is fetched before it answers. */
  fetched(): Promise<string[]>;
  dispose(): void;
}

/** Models, and weights and photos on a device, that are kept: two, so that two runs can be compared in turn. */
const KEPT = 2;

/** @param onProgress called while a model is fetched, a backend started or shaders compiled */
export function createHost(onProgress: (progress: Progress) => void): Host {
  const models = keptLast<string, Model>(KEPT);
  const loaded = keptWeights(KEPT);
  const inputs = keptInputs(KEPT);
  const opened = openedLayer();
  const pauses = newPauses();
  const rates = newRates();
  let answers: Promise<DatasetAnswers> | null = null;
  const datasets = () => (answers ??= PARTS.datasets().then(({datasetAnswers}) => datasetAnswers(onProgress)));
  let trainings: Promise<AskTraining> | null = null;
  const training = () => (trainings ??= PARTS.trainings().then(({trainingAnswers}) => trainingAnswers(lent)));
  const use = backendUser(onProgress);
  /** Runs whose shaders are compiled. */
  const warm = new Set<string>();

  const modelAt = async (url: string): Promise<Model> => models.find(url) ?? models.keep(url, await fetchModel(url, onProgress));

  /** A model, and its backend started: one is fetched while the other starts. */
  async function ready({modelUrl, backend, isWhole}: Started, signal: AbortSignal): Promise<Model> {
    const [model] = await bothDone(modelAt(modelUrl), use(backend, isWhole));
    signal.throwIfAborted();
    return model;
  }

  /** Runs a model on photos that are not kept. */
  async function onModel<T>(
    choice: RunChoice,
    signal: AbortSignal,
    work: (measuring: Omit<Measuring, "choice">) => Promise<T>
  ): Promise<T> {
    const model = await ready(choice, signal);
    return whileDeviceLasts(work({model, weights: loaded.of(model, choice), turns: pauses.of(signal)}));
  }

  async function onPrepared<T>(
    photo: Photo,
    choice: Started,
    signal: AbortSignal,
    work: (prepared: Prepared & {readonly upload: number}) => Promise<T>
  ): Promise<T> {
    const model = await ready(choice, signal);
    return whileDeviceLasts(prepared(model, photo, choice, signal).then(work));
  }

  /**
   * The network that a choice means, planned for a photo, and the milliseconds until that was on the device: next to none where it was
   * already.
   */
  async function prepared(model: Model, photo: Photo, choice: RunChoice, signal: AbortSignal) {
    const {outputStride, inputSize, rates} = choice;
    const weights = loaded.of(model, choice);
    const fit = fitInput(photo.height, photo.width, inputSize);
    const plan = planRun(model.network, {height: fit.height, width: fit.width, outputStride, ...(rates && {rates})});
    const clock = stopwatch();
    const input = await inputs.of(photo, fit);
    const run = {plan, weights, input, turns: pauses.of(signal)};
    return {...run, model, fit, upload: clock(), open: (layer: string) => opened.of(run, layer)};
  }

  const lent = {
    ...{model: modelAt, use, onProgress},
    facts: async (data: SplitChoice) => (await datasets()).open(data),
    list: async (data: SplitChoice) => (await datasets()).list(data),
    rate: () => whileDeviceLasts(rates.now())
  };

  return {
    async capabilities() {
      const [backends, onCpu] = await Promise.all([probeBackends(), keptFaster()]);
      const best = bestBackend(backends, onCpu);
      fetchAhead(best);
      return {backends, best};
    },

    async describe(modelUrl) {
      const {network, card} = await modelAt(modelUrl);
      return {network, card};
    },

    importModels: async (brought, signal) => (await PARTS.importModels()).importModels(brought, onProgress, signal),

    async forecast(photo, choice, signal) {
      const {network} = await ready({...choice, isWhole: false}, signal);
      return forecast(network, photo, choice, await whileDeviceLasts(rates.now()));
    },
    answerModel: async (hash, answers) => (await PARTS.answerModel()).answerModel(hash, answers),

    async exportOnnx(modelUrl) {
      const {writeOnnx} = await PARTS.onnx();
      // The model is read anew, with the name and the labels that it has by now.
      return writeOnnx(await fetchModel(modelUrl, onProgress), EXPORTED).bytes;
    },

    segment: (photo, options, signal) =>
      onPrepared(photo, {...options, isWhole: !!options.averaging}, signal, async (prepared) => {
        const result = await segment(prepared, photo, options, warm, onProgress);
        rates.note(result.backend, cost(result.plan).multiplyAdds, result.timings.network);
        return result;
      }),

    refine: async (photo, passes, options, everyStep, signal) =>
      (await PARTS.refine()).refine(photo, passes, options, {everyStep, signal, onProgress}),
    snapLabels: async (photo, labels, reach) => (await PARTS.snapped()).snappedLabels(photo, labels, reach),

    async maskFiles(photo, choice, wanted, signal) {
      const {photoMaskFiles} = await PARTS.maskFiles();
      return onModel(choice, signal, ({model, weights, turns}) => photoMaskFiles(model, weights, photo, choice, wanted, turns));
    },

    openDataset: async (choice) => (await datasets()).open(choice),
    checkSplit: async (choice, expected, signal) => (await datasets()).check(choice, expected, signal),
    seePhoto: async (choice, place) => (await datasets()).see(choice, place),
    writeDataset: async (choice, how, signal) => (await datasets()).write(choice, how, signal),

    async measurePhoto(data, place, choice, known, signal) {
      const item = await (await datasets()).photo(data, place);
      const {measuredPhoto} = await PARTS.measured();
      return onModel(choice, signal, (measuring) => measuredPhoto(item, {...measuring, choice}, known));
    },

    async comparePhoto(data, place, choice, signal) {
      const item = await (await datasets()).photo(data, place);
      const {comparedPhoto} = await PARTS.measured();
      return onModel(choice, signal, (measuring) => comparedPhoto(item, {...measuring, choice}));
    },

    inspect: (photo, choice, name, question, signal) =>
      PARTS.inspections().then(({inspect, answeredOn}) => {
        const started = {...choice, ...answeredOn(name, choice.backend)};
        return onPrepared(photo, started, signal, (prepared) => inspect(name, prepared, question));
      }),

    demonstrate: (backend, name, input) =>
      bothDone(PARTS.demonstrations(), use(tensorsOn(backend))).then(([{demonstrate}]) => whileDeviceLasts(demonstrate(name, input))),

    async live(port, options) {
      const {liveSession} = await PARTS.live();
      const model = await modelAt(options.modelUrl);
      await use(options.backend);
      const weights = loaded.of(model, options);
      return whileDeviceLasts(liveSession({port, model, weights, start: options, onProgress}));
    },

    train: async (name, question, signal) => (await training())(name, question, signal),

    memory: () => Promise.resolve(memory()),
    async fetched() {
      // What is done with any mask is there on the next visit too, without a network.
      await Promise.allSettled([PARTS.refine(), PARTS.maskFiles(), PARTS.snapped()]);
      return performance.getEntriesByType("resource").map(({name}) => name);
    },

    dispose() {
      loaded.clear();
      inputs.clear();
      opened.clear();
    }
  };
}
