import * as tf from "@tensorflow/tfjs-core";
import {labelsFor} from "../../data/labels/index.js";
import {ONE_PASS} from "../../engine/averaging.js";
import {mobileNetV2} from "../../engine/backbones/mobilenetv2.js";
import {resNetV1, resNetV2} from "../../engine/backbones/resnet.js";
import {xception} from "../../engine/backbones/xception.js";
import {cost} from "../../engine/cost.js";
import {labelsOf, refining} from "../../engine/crf/dense-crf.js";
import {RELEASED_CRF} from "../../engine/crf/options.js";
import type {CrfOptions} from "../../engine/crf/options.js";
import {executeInTurns} from "../../engine/execute.js";
import type {Replacement, TurnsOptions} from "../../engine/execute.js";
import {inputGradient, pointSeed} from "../../engine/gradient.js";
import {v3Head, v3PlusHead} from "../../engine/heads.js";
import {averagedLabels} from "../../engine/labels/averaged.js";
import {labelsFromLogits} from "../../engine/labels/labels.js";
import {confusionMatrix, countPixels, metrics as metricsOf} from "../../engine/labels/metrics.js";
import type {ClassMetrics, Metrics} from "../../engine/labels/metrics.js";
import {covered} from "../../engine/labels/postprocess.js";
import type {Covered} from "../../engine/labels/postprocess.js";
import type {Model} from "../../engine/model.js";
import type {Backbone, Head, Network} from "../../engine/network.js";
import {positionAmong} from "../../engine/neighbours.js";
import {runPasses} from "../../engine/passes.js";
import type {Photo} from "../../engine/photo.js";
import {LOGITS, plan as planRun, smallestPlan, stepNamed} from "../../engine/plan.js";
import type {Plan, PlanOptions} from "../../engine/plan.js";
import {fitInput} from "../../engine/preprocess.js";
import type {Fit} from "../../engine/preprocess.js";
import {randomWeights} from "../../engine/random-weights.js";
import {squareHolding} from "../../engine/readings/field-mass.js";
import {receptiveField} from "../../engine/receptive-field.js";
import {runInTurns} from "../../engine/run.js";
import {loadWeights} from "../../engine/weights.js";
import type {DeviceWeights} from "../../engine/weights.js";
import {inputFrom} from "../inputs.js";
import {keptLast} from "../kept.js";
import {readBack, readLogits} from "../read-back.js";
import {Mask} from "./mask.js";

/** What the names need of where they run: the page's worker, or Node. */
export interface Surroundings {
  /** @param name id of a sample; null for the photo that the reader chose */
  photo(name: string | null): Promise<Photo>;
  /** @param id of the site, or of a kept one; null for the best that there is */
  model(id: string | null): Promise<Model>;
  /** How a run makes room for what may end it. */
  turns(): Pick<TurnsOptions, "signal" | "pause">;
}

export interface Setting {
  /** Long side of the network's input in pixels. */
  readonly size?: number;
  readonly outputStride?: number;
  readonly rates?: readonly number[];
}

export interface RunSetting extends Setting {
  /** End points whose activations are wanted too. */
  readonly taps?: readonly string[];
  /** End points whose place something else takes: zeros, a tensor of the same shape, or what the network makes of another photo there. */
  readonly replaced?: Readonly<Record<string, Replacement | Photo>>;
  /** Input sizes to average over, as factors. */
  readonly scales?: readonly number[];
  /** Whether the mirrored photo is averaged over as well. */
  readonly flip?: boolean;
}

/** What a network says of a photo. */
export interface Run {
  readonly mask: Mask;
  /** [1, height, width, classes], before softmax; of the photo as it is. */
  readonly logits: tf.Tensor4D;
  /** What the photo covers of the logits: shares of their height and width. */
  readonly covered: Covered;
  readonly taps: Readonly<Record<string, tf.Tensor4D>>;
  readonly plan: Plan;
}

export interface GradientSetting extends Setting {
  /** The end point; the logits by default. */
  readonly of?: string;
  readonly channel: number;
  /** In pixels of the photo; its middle by default. */
  readonly x?: number;
  readonly y?: number;
  /** End points through which no gradient flows. */
  readonly without?: readonly string[];
}

export interface NamedMetrics extends Metrics {
  readonly perClass: readonly (ClassMetrics & {readonly name: string})[];
}

/** Long side of an input where nobody says otherwise: as the release was evaluated. */
const SIZE = 513;
/** Networks whose weights stay on the device. */
const KEPT = 3;

/** The names of the engine that cells have in scope: thin calls of its own functions. */
export function engineNames({photo, model, turns}: Surroundings) {
  const onDevice = keptLast<Model, DeviceWeights>(KEPT, (weights) => weights.dispose());
  const weightsOf = (of: Model): DeviceWeights => {
    const found = onDevice.find(of);
    if (found) return found;
    const loaded = loadWeights(of);
    // The cell that runs now is not what they are made for.
    for (const tensor of Object.values(loaded.tensors)) tf.keep(tensor);
    return onDevice.keep(of, loaded);
  };

  function prepared(of: Model, from: Photo, {size = SIZE, outputStride, rates}: Setting) {
    const network = networkOf(of);
    if (!isModel(of)) throw new TypeError("A network without weights cannot run: give it some by untrained(network), or take a model.");
    if (!isPhoto(from)) throw new TypeError("A run takes a model and a photo, e.g. run(await model(), await photo()).");
    const fit = fitInput(from.height, from.width, size);
    const {height, width} = fit;
    const plan = planRun(network, {height, width, ...(outputStride && {outputStride}), ...(rates && {rates})});
    return {fit, plan, weights: weightsOf(of)};
  }

  async function replacements(wanted: NonNullable<RunSetting["replaced"]>, plan: Plan, weights: DeviceWeights, fit: Fit) {
    const found: Record<string, Replacement> = {};
    for (const [name, value] of Object.entries(wanted)) {
      if (!isPhoto(value)) found[name] = value;
      else found[name] = (await executeInTurns(plan.steps, weights, inputFrom(value, fit), [name], turns()))[name]!;
    }
    return found;
  }

  async function run(of: Model, from: Photo, options: RunSetting = {}): Promise<Run> {
    const {taps = [], scales = ONE_PASS.scales, flip = ONE_PASS.flip, size = SIZE, outputStride = 16, rates} = options;
    const {fit, plan, weights} = prepared(of, from, options);
    const {height, width, rgba} = from;
    const replaced = await replacements(options.replaced ?? {}, plan, weights, fit);
    const {logits, taps: tapped} = await runInTurns(plan, weights, inputFrom(from, fit), {taps, replaced, ...turns()});
    const extent = covered(fit);
    const isSingle = scales.join() === "1" && !flip;
    const labels = isSingle
      ? labelsFromLogits(await readLogits(logits), extent, height, width)
      : await averagedLabels(
          await runPasses(
            of.network,
            weights,
            {height, width, channels: 4, values: rgba},
            {outputStride, inputSize: size, rates},
            {scales, flip},
            {plain: {logits, extent, plan}, replaced, ...turns()}
          ),
          height,
          width
        );
    return {mask: new Mask(width, height, labels, of.card.classes, of.card.palette), logits, covered: extent, taps: tapped, plan};
  }

  async function crf({logits, covered: extent, mask}: Run, from: Photo, options: Partial<CrfOptions> = {}): Promise<Mask> {
    const {height, width, rgba} = from;
    const scores = [{logits: await readLogits(logits), covered: extent}];
    const {signal} = turns();
    let labels = mask.labels;
    for (const marginals of refining({height, width, channels: 4, values: rgba}, scores, {...RELEASED_CRF, ...options})) {
      labels = labelsOf(marginals, height, width);
      signal?.throwIfAborted();
    }
    return new Mask(width, height, labels, mask.classes, mask.palette);
  }

  return {
    photo: (name?: string) => photo(name ?? null),
    model: (id?: string) => model(id ?? null),
    mobileNetV2,
    resNetV1,
    resNetV2,
    xception,
    v3Head,
    v3PlusHead,
    network: ({backbone, head, classes = 21, padding = "same"}: NetworkParts): Network => ({backbone, head, classes, padding}),
    untrained(network: Network, {seed = 1}: {readonly seed?: number} = {}): Model {
      const labels = labelsFor(network.classes);
      return {
        network,
        weights: randomWeights(smallestPlan(network).steps, seed),
        card: {name: "untrained", ...labels, license: "", source: "made in a notebook", measured: "Random weights: its masks mean nothing."}
      };
    },
    plan(of: Model | Network, {photo: from, size = SIZE, ...options}: PlanWish = {}): Plan {
      const {height, width} = from ? fitInput(from.height, from.width, size) : {height: size, width: size};
      return planRun(networkOf(of), {height, width, ...options});
    },
    cost,
    receptiveField: ({steps}: Plan, endPoint: string) => receptiveField(steps, endPoint),
    input: (from: Photo, {size = SIZE}: {readonly size?: number} = {}): tf.Tensor4D =>
      inputFrom(from, fitInput(from.height, from.width, size)),
    run,
    crf,
    async tap(of: Model, from: Photo, endPoint: string, options: Setting = {}): Promise<tf.Tensor4D> {
      const {fit, plan, weights} = prepared(of, from, options);
      return (await executeInTurns(plan.steps, weights, inputFrom(from, fit), [endPoint], turns()))[endPoint]!;
    },
    replaced: (of: Model, from: Photo, places: NonNullable<RunSetting["replaced"]>, options: RunSetting = {}) =>
      run(of, from, {...options, replaced: places}),
    async gradient(
      of: Model,
      from: Photo,
      {of: endPoint = LOGITS, channel, without = [], ...options}: GradientSetting
    ): Promise<tf.Tensor4D> {
      const {fit, plan, weights} = prepared(of, from, options);
      const {x = (from.width - 1) / 2, y = (from.height - 1) / 2} = options;
      const step = stepNamed(plan, endPoint);
      const extent = covered(fit);
      const row = positionAmong(y, from.height, step.height, extent.height);
      const column = positionAmong(x, from.width, step.width, extent.width);
      return inputGradient(plan.steps, weights, inputFrom(from, fit), endPoint, pointSeed(step, {channel, row, column}), {without});
    },
    async squareHolding(strength: tf.Tensor4D, at: {readonly row: number; readonly column: number}, share: number): Promise<number> {
      if (strength.shape[3] !== 1)
        throw new RangeError("squareHolding takes one value a pixel: sum the gradient's size over its colours first.");
      return squareHolding(await readBack(strength), at, share);
    },
    evaluate(predicted: Mask, truth: Mask): NamedMetrics {
      const matrix = confusionMatrix(Math.max(predicted.classes.length, truth.classes.length));
      countPixels(matrix, truth.labels, predicted.labels);
      const measured = metricsOf(matrix);
      return {...measured, perClass: measured.perClass.map((each, id) => ({name: truth.classes[id] ?? predicted.classes[id]!, ...each}))};
    }
  };
}

interface NetworkParts {
  readonly backbone: Backbone;
  readonly head: Head;
  readonly classes?: number;
  readonly padding?: Network["padding"];
}

interface PlanWish extends Partial<PlanOptions> {
  readonly photo?: Photo;
  readonly size?: number;
}

export function isModel(value: unknown): value is Model {
  return typeof value === "object" && value !== null && "network" in value && "weights" in value && "card" in value;
}

export function isPhoto(value: unknown): value is Photo {
  return typeof value === "object" && value !== null && "rgba" in value && "width" in value && "height" in value;
}

function networkOf(of: Model | Network): Network {
  return isModel(of) ? of.network : of;
}
