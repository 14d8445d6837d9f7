import * as tf from "@tensorflow/tfjs-core";
import {labelsFromLogits} from "../engine/labels/labels.js";
import type {Model} from "../engine/model.js";
import type {Photo} from "../engine/photo.js";
import {networkWeights, plan as planRun} from "../engine/plan.js";
import type {Plan} from "../engine/plan.js";
import {covered} from "../engine/labels/postprocess.js";
import {atPrecision} from "../engine/precision.js";
import {photoInput} from "../engine/photo-input.js";
import {fitInput} from "../engine/preprocess.js";
import type {Fit} from "../engine/preprocess.js";
import {execute} from "../engine/execute.js";
import {run} from "../engine/run.js";
import type {Replacement} from "../engine/execute.js";
import {loadWeights} from "../engine/weights.js";
import type {DeviceWeights} from "../engine/weights.js";
import {activateBackend, bestBackend, probeBackends} from "./backends.js";
import {demonstrate} from "./demonstrations/index.js";
import type {DemonstrationInput, DemonstrationName, DemonstrationResult} from "./demonstrations/index.js";
import {whileDeviceLasts} from "./device-lost.js";
import {inspect} from "./inspections/index.js";
import type {InspectionAnswer, InspectionName, InspectionQuestion} from "./inspections/index.js";
import type {Prepared} from "./inspections/prepared.js";
import {keptLast} from "./kept.js";
import {readBack} from "./read-back.js";
import {settle} from "./settle.js";
import {median, stopwatch} from "./stopwatch.js";
import {liveSession} from "./live/session.js";
import type {LiveOptions} from "./live/messages.js";
import {memory} from "./memory.js";
import {fetchModel} from "./fetch-model.js";
import {warmUp} from "./warm-up.js";
import type {Activations} from "../engine/activations.js";
import type {BackendId, Capabilities, Memory, ModelDescription, Progress, RunChoice, SegmentOptions, Segmentation} from "./protocol.js";

/** The one owner of backend, weights and GPU; lives in the worker or, where there is none, in the page. Calls must not overlap. */
export interface Host {
  capabilities(): Promise<Capabilities>;
  /** Fetches a model and tells what it is. @throws Error with a sentence for the reader */
  describe(modelUrl: string): Promise<ModelDescription>;
  /** Segments one photo. @throws Error with a sentence for the reader */
  segment(photo: Photo, options: SegmentOptions): Promise<Segmentation>;
  /** Looks inside a run: answers one of the inspector's questions about a network on a photo. @throws Error with a sentence for the reader */
  inspect<Name extends InspectionName>(
    photo: Photo,
    choice: RunChoice,
    name: Name,
    question: InspectionQuestion<Name>
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
  /** What TensorFlow.js holds now. */
  memory(): Promise<Memory>;
  dispose(): void;
}

/** Models, and weights on a device, that are kept: two, so that two runs can be compared in turn. */
const KEPT = 2;

/** Milliseconds that repeated runs may take together. */
const REPEATS_BUDGET = 1000;

/** @param onProgress called while a model is fetched, a backend started or shaders compiled */
export function createHost(onProgress: (progress: Progress) => void): Host {
  const models = keptLast<Model>(KEPT);
  /** Weights on the device of a backend. */
  const loaded = keptLast<DeviceWeights>(KEPT, (weights) => weights.dispose());
  /** Runs whose shaders are compiled. */
  const warm = new Set<string>();

  async function modelAt(url: string): Promise<Model> {
    return models.find(url) ?? models.keep(url, await fetchModel(url, onProgress));
  }

  async function use(backend: BackendId): Promise<void> {
    if (tf.getBackend() === backend) return;
    onProgress({stage: "backend", fraction: null, message: `Starting ${backend}`});
    await activateBackend(backend);
  }

  function weightsOf(
    model: Model,
    {modelUrl, backend, precision = "float32"}: Pick<RunChoice, "modelUrl" | "backend" | "precision">
  ): DeviceWeights {
    const key = `${backend} ${precision} ${modelUrl}`;
    return (
      loaded.find(key) ??
      loaded.keep(key, loadWeights({network: model.network, weights: atPrecision(model.weights, precision, networkWeights(model.network))}))
    );
  }

  /** The network that a choice means, planned for a photo, and where the photo lies in its input. */
  function prepare(model: Model, photo: Photo, choice: RunChoice): Omit<Prepared, "input"> {
    const {outputStride, inputSize, rates} = choice;
    const weights = weightsOf(model, choice);
    const fit = fitInput(photo.height, photo.width, inputSize);
    const plan = planRun(model.network, {height: fit.height, width: fit.width, outputStride, ...(rates && {rates})});
    return {model, weights, fit, plan};
  }

  async function onPrepared<T>(photo: Photo, choice: RunChoice, work: (prepared: Prepared) => Promise<T>): Promise<T> {
    const model = await modelAt(choice.modelUrl);
    await use(choice.backend);
    const prepared = prepare(model, photo, choice);
    const input = inputFrom(photo, prepared.fit);
    try {
      return await work({...prepared, input});
    } finally {
      input.dispose();
    }
  }

  async function segment(model: Model, photo: Photo, options: SegmentOptions): Promise<Segmentation> {
    const {modelUrl, backend, rates, taps = [], repeats = 0} = options;
    const {weights, fit, plan} = prepare(model, photo, options);
    const owned: tf.Tensor[] = [];
    const own = <T extends tf.Tensor>(tensor: T): T => {
      owned.push(tensor);
      return tensor;
    };
    try {
      const clock = stopwatch();
      const input = own(inputFrom(photo, fit));
      await settle(input);
      const upload = clock();

      const key = [modelUrl, backend, plan.outputStride, plan.inputHeight, plan.inputWidth, rates].join(" ");
      if (!warm.has(key)) await warmUp(plan, weights, input, onProgress);
      warm.add(key);
      onProgress({stage: "run", fraction: null, message: "Segmenting"});
      const replaced = replacements(options.replaced ?? {}, plan, weights, fit, own);
      clock();
      const found = run(plan, weights, input, {taps, replaced});
      own(found.logits);
      Object.values(found.taps).forEach(own);
      const logits = await readBack(found.logits);
      const times = [clock()];
      while (times.length <= repeats && times.reduce((sum, time) => sum + time, 0) < REPEATS_BUDGET) {
        const again = run(plan, weights, input, {replaced}).logits;
        await again.data();
        times.push(clock());
        again.dispose();
      }

      clock();
      const extent = covered(fit);
      const logitsArray = {height: logits.height, width: logits.width, classes: logits.channels, values: logits.values};
      const labels = labelsFromLogits(logitsArray, extent, photo.height, photo.width);
      const upsampling = clock();
      const activations: Record<string, Activations> = {};
      for (const tap of taps) activations[tap] = await readBack(found.taps[tap]!);
      tf.dispose(owned.splice(0));
      return {
        width: photo.width,
        height: photo.height,
        labels,
        logits: logitsArray,
        covered: extent,
        classes: model.card.classes,
        palette: model.card.palette,
        plan,
        backend,
        // The first of several runs still allocates and packs; the median of the others is what a run takes.
        timings: {upload, network: median(times.length > 1 ? times.slice(1) : times), upsampling},
        timedRuns: Math.max(1, times.length - 1),
        memory: memory(),
        taps: activations
      };
    } finally {
      tf.dispose(owned);
    }
  }

  return {
    async capabilities() {
      const backends = await probeBackends();
      return {backends, best: bestBackend(backends)};
    },

    async describe(modelUrl) {
      const {network, card} = await modelAt(modelUrl);
      return {network, card};
    },

    async segment(photo, options) {
      const model = await modelAt(options.modelUrl);
      await use(options.backend);
      return whileDeviceLasts(segment(model, photo, options));
    },

    inspect: (photo, choice, name, question) =>
      onPrepared(photo, choice, (prepared) => whileDeviceLasts(inspect(name, prepared, question))),

    demonstrate: (backend, name, input) => use(backend).then(() => whileDeviceLasts(demonstrate(name, input))),

    async live(port, options) {
      const model = await modelAt(options.modelUrl);
      await use(options.backend);
      const weights = weightsOf(model, options);
      return whileDeviceLasts(liveSession({port, model, weights, start: options, onProgress}));
    },

    async memory() {
      return memory();
    },

    dispose() {
      loaded.clear();
    }
  };
}

function inputFrom({height, width, rgba}: Photo, fit: Fit): tf.Tensor4D {
  return photoInput({height, width, channels: 4, values: rgba}, fit);
}

/** What takes the place of end points: zeros, or what the same network makes of another photo there. */
function replacements(
  wanted: NonNullable<SegmentOptions["replaced"]>,
  plan: Plan,
  weights: DeviceWeights,
  fit: Fit,
  own: (tensor: tf.Tensor4D) => tf.Tensor4D
): Record<string, Replacement> {
  const replace = (name: string, value: "zero" | Photo): Replacement => {
    if (value === "zero") return value;
    const input = inputFrom(value, fit);
    try {
      return own(execute(plan.steps, weights, input, [name])[name]!);
    } finally {
      input.dispose();
    }
  };
  return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, replace(name, value)]));
}
