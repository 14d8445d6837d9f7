import type {Expected} from "../datasets/finding.js";
import type {Passes} from "../engine/crf/grid.js";
import type {CrfOptions} from "../engine/crf/options.js";
import type {Photo} from "../engine/photo.js";
import type {Answers} from "../engine/questions.js";
import type {MaskFile, WantedFiles} from "../masks/files.js";
import type {KeptModel} from "../shelf/shelf.js";
import type {CheckedSplit, DatasetChoice, DatasetFacts, SeenPhoto, SplitChoice, WriteChoice} from "../worker/dataset-messages.js";
import type {DemonstrationInput, DemonstrationName, DemonstrationResult} from "../worker/demonstrations/index.js";
import type {InspectionAnswer, InspectionName, InspectionQuestion} from "../worker/inspections/index.js";
import type {LiveOptions} from "../worker/live/messages.js";
import type {ComparedPhoto, MeasureChoice, MeasuredPhoto} from "../worker/measure-messages.js";
import type {AskTraining, TrainingAnswer, TrainingCallName} from "../worker/training-messages.js";
import type {
  BackendId,
  Brought,
  Capabilities,
  Forecast,
  Imported,
  MaskChoice,
  Memory,
  ModelDescription,
  Progress,
  Refinement,
  RunChoice,
  SegmentOptions,
  Segmentation,
  WhereItRuns
} from "../worker/protocol.js";
import {EngineLost} from "./engine.js";
import type {Ask, Engine} from "./engine.js";
import {startInPage} from "./engine-in-page.js";
import {startWorker} from "./engine-worker.js";
import {superseded} from "./latest.js";

/**
 * The page's hand on the engine. Every call may reject with an Error whose message is a sentence for the reader. One that is given a signal
 * rejects at once with its reason when that says so: it is not begun if it waits still, and ended before its next step if it runs.
 */
export interface EngineClient {
  /** Which backends this machine has, the best of them, and whether the engine runs in a worker. */
  capabilities(): Promise<Capabilities & {where: WhereItRuns}>;
  describe(modelUrl: string, signal?: AbortSignal): Promise<ModelDescription>;
  /** What segmenting a photo of this size would take. */
  forecast(photo: Pick<Photo, "height" | "width">, choice: MaskChoice, signal?: AbortSignal): Promise<Forecast>;
  segment(photo: Photo, options: SegmentOptions, signal?: AbortSignal): Promise<Segmentation>;
  /** Imports what a reader brings, and keeps it in the browser. */
  importModels(brought: Brought, signal?: AbortSignal): Promise<Imported>;
  /** Writes what a reader answers about a kept model into its file. @param hash its SHA-256 @returns it as it is kept now */
  answerModel(hash: string, answers: Answers): Promise<KeptModel>;
  /** Writes a model as an ONNX graph for photos of the usual size. */
  exportOnnx(modelUrl: string): Promise<Uint8Array>;
  /** Refines a run's scores with a fully connected CRF. @param everyStep whether label maps after each iteration are wanted */
  refine(photo: Photo, passes: Passes, options: CrfOptions, everyStep: boolean, signal?: AbortSignal): Promise<Refinement>;
  /** Draws the outlines of labels to the photo's edges. @param reach about how far they may move, in pixels */
  snapLabels(photo: Photo, labels: Uint8Array, reach: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** Segments one of many photos and makes files of its mask. */
  maskFiles(photo: Photo, choice: MaskChoice, wanted: WantedFiles, signal?: AbortSignal): Promise<MaskFile[]>;
  /** What a data set is, before its pictures are opened. */
  openDataset(choice: DatasetChoice, signal?: AbortSignal): Promise<DatasetFacts>;
  /** Looks at every photo and mask of a list. */
  checkSplit(choice: SplitChoice, expected: Expected, signal?: AbortSignal): Promise<CheckedSplit>;
  /** A photo of a list by its place, with its mask. */
  seePhoto(choice: SplitChoice, place: number, signal?: AbortSignal): Promise<SeenPhoto>;
  /** Writes a data set into a zip. */
  writeDataset(choice: DatasetChoice, how: WriteChoice, signal?: AbortSignal): Promise<Blob>;
  /** Segments one photo of a list and counts its pixels against its mask. @returns null where it is what `known` is the digest of */
  measurePhoto(
    data: SplitChoice,
    place: number,
    choice: MeasureChoice,
    known: string | null,
    signal?: AbortSignal
  ): Promise<MeasuredPhoto | null>;
  /** A photo of a list with what its mask says and what the network does. */
  comparePhoto(data: SplitChoice, place: number, choice: MeasureChoice, signal?: AbortSignal): Promise<ComparedPhoto>;
  /** Looks inside a run: one of the inspector's questions about a network on a photo. */
  inspect<Name extends InspectionName>(
    photo: Photo,
    choice: RunChoice,
    name: Name,
    question: InspectionQuestion<Name>,
    signal?: AbortSignal
  ): Promise<InspectionAnswer<Name>>;
  demonstrate<Name extends DemonstrationName>(
    backend: BackendId,
    name: Name,
    input: DemonstrationInput<Name>,
    signal?: AbortSignal
  ): Promise<DemonstrationResult<Name>>;
  /**
   * Starts a live session: frames go and pictures come over a port.
   *
   * @param onPort is given the page's end of the port; a session that was lost begins again with another one
   * @returns settles when the session ends
   */
  live(options: LiveOptions, onPort: (port: MessagePort) => void): Promise<void>;
  /**
   * Puts a question about a training. Of one that was open in a worker that is lost nothing is asked anew: the call rejects with
   * `EngineLost`, and `goOn` takes it up in a new worker.
   */
  readonly train: AskTraining;
  memory(): Promise<Memory>;
  /** Addresses of what was fetched for the engine so far, and of what is done with masks, which is fetched for this. */
  fetched(): Promise<string[]>;
  dispose(): void;
}

/** Questions about a training that is open in the worker, and only there. */
const OF_OPEN: ReadonlySet<TrainingCallName> = new Set(["advance", "keep", "close"]);

/**
 * Connects a page to the engine: in a worker that owns the GPU, or in the page itself where there is no worker.
 * A worker that crashes or loses its device is replaced, and the work is done once more.
 *
 * @param options.onReplaced called when that happens
 */
export function connectEngine({
  onProgress = () => {},
  onReplaced = () => {}
}: {onProgress?: (progress: Progress) => void; onReplaced?: () => void} = {}): EngineClient {
  let engine: Promise<Engine> | null = null;
  let disposed = false;

  const start = () => (engine ??= startEngine(onProgress));
  const stop = () => {
    void engine?.then(({dispose}) => dispose());
    engine = null;
  };

  async function withRetry<T>(work: (ask: Ask) => Promise<T>, signal?: AbortSignal, isOnce = false): Promise<T> {
    for (let again = isOnce; ; again = true) {
      // Work that was on its way when the page was left must not start an engine for nobody.
      if (disposed) throw superseded();
      const mine = start();
      const {ask} = await mine;
      try {
        return await work(ask);
      } catch (error) {
        if (!(error instanceof EngineLost) || disposed || signal?.aborted) throw error;
        // Later calls need a new one too; another call may have begun that already.
        if (engine === mine) stop();
        if (again) throw error;
        onReplaced();
      }
    }
  }

  return {
    async capabilities() {
      const {ask, where} = await start();
      return {...(await ask("capabilities", [])), where};
    },
    describe: (modelUrl, signal) => withRetry((ask) => ask("describe", [modelUrl], signal), signal),
    importModels: (brought, signal) => withRetry((ask) => ask("importModels", [brought], signal), signal),
    forecast: (photo, choice, signal) => withRetry((ask) => ask("forecast", [photo, choice], signal), signal),
    answerModel: (hash, answers) => withRetry((ask) => ask("answerModel", [hash, answers])),
    exportOnnx: (modelUrl) => withRetry((ask) => ask("exportOnnx", [modelUrl])),
    segment: (photo, options, signal) => withRetry((ask) => ask("segment", [photo, options], signal), signal),
    refine: (photo, passes, options, everyStep, signal) =>
      withRetry((ask) => ask("refine", [photo, passes, options, everyStep], signal), signal),
    snapLabels: (photo, labels, reach, signal) => withRetry((ask) => ask("snapLabels", [photo, labels, reach], signal), signal),
    maskFiles: (photo, choice, wanted, signal) => withRetry((ask) => ask("maskFiles", [photo, choice, wanted], signal), signal),
    openDataset: (choice, signal) => withRetry((ask) => ask("openDataset", [choice], signal), signal),
    checkSplit: (choice, expected, signal) => withRetry((ask) => ask("checkSplit", [choice, expected], signal), signal),
    seePhoto: (choice, place, signal) => withRetry((ask) => ask("seePhoto", [choice, place], signal), signal),
    writeDataset: (choice, how, signal) => withRetry((ask) => ask("writeDataset", [choice, how], signal), signal),
    measurePhoto: (data, place, choice, known, signal) =>
      withRetry((ask) => ask("measurePhoto", [data, place, choice, known], signal), signal),
    comparePhoto: (data, place, choice, signal) => withRetry((ask) => ask("comparePhoto", [data, place, choice], signal), signal),
    inspect: (photo, choice, name, question, signal) =>
      withRetry((ask) => ask("inspect", [photo, choice, name, question], signal) as Promise<InspectionAnswer<typeof name>>, signal),
    demonstrate: (backend, name, input, signal) =>
      withRetry((ask) => ask("demonstrate", [backend, name, input], signal) as Promise<DemonstrationResult<typeof name>>, signal),
    live: (options, onPort) =>
      withRetry((ask) => {
        const {port1, port2} = new MessageChannel();
        onPort(port1);
        // At once: a frame that is sent to a session that was lost would be closed by nobody.
        return ask("live", [port2, options]).finally(() => port1.close());
      }),
    train: (name, question, signal) =>
      withRetry((ask) => ask("train", [name, question], signal) as Promise<TrainingAnswer<typeof name>>, signal, OF_OPEN.has(name)),
    memory: () => withRetry((ask) => ask("memory", [])),
    fetched: () => withRetry((ask) => ask("fetched", [])),
    dispose() {
      disposed = true;
      stop();
    }
  };
}

/** The same engine, whose calls are all cancelled once a signal says so. */
export function cancellable(engine: EngineClient, signal: AbortSignal): EngineClient {
  const either = (own?: AbortSignal) => (own ? AbortSignal.any([own, signal]) : signal);
  return {
    ...engine,
    describe: (modelUrl, own) => engine.describe(modelUrl, either(own)),
    forecast: (photo, choice, own) => engine.forecast(photo, choice, either(own)),
    segment: (photo, options, own) => engine.segment(photo, options, either(own)),
    refine: (photo, passes, options, everyStep, own) => engine.refine(photo, passes, options, everyStep, either(own)),
    snapLabels: (photo, labels, reach, own) => engine.snapLabels(photo, labels, reach, either(own)),
    maskFiles: (photo, choice, wanted, own) => engine.maskFiles(photo, choice, wanted, either(own)),
    openDataset: (choice, own) => engine.openDataset(choice, either(own)),
    checkSplit: (choice, expected, own) => engine.checkSplit(choice, expected, either(own)),
    seePhoto: (choice, place, own) => engine.seePhoto(choice, place, either(own)),
    writeDataset: (choice, how, own) => engine.writeDataset(choice, how, either(own)),
    measurePhoto: (data, place, choice, known, own) => engine.measurePhoto(data, place, choice, known, either(own)),
    comparePhoto: (data, place, choice, own) => engine.comparePhoto(data, place, choice, either(own)),
    inspect: (photo, choice, name, question, own) => engine.inspect(photo, choice, name, question, either(own)),
    demonstrate: (backend, name, input, own) => engine.demonstrate(backend, name, input, either(own)),
    train: (name, question, own) => engine.train(name, question, either(own))
  };
}

async function startEngine(onProgress: (progress: Progress) => void): Promise<Engine> {
  try {
    return await startWorker(onProgress);
  } catch (error) {
    return startInPage(onProgress, error instanceof Error ? error.message : String(error));
  }
}
