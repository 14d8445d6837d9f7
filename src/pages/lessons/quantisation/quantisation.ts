import {html} from "htl";
import {percent} from "../../../components/classes/class-legend.js";
import {registeredModel} from "../../../data/models/registry.js";
import type {Sample} from "../../../data/samples/samples.js";
import {depthwiseFirst, kernelLayers} from "../../../engine/readings/rounding.js";
import {released} from "../../../engine/released.js";
import {lesson} from "../../../lab/lesson.js";
import {rangeOf} from "../../../lab/try-this.js";
import type {ListedModel} from "../../../lab/model-list.js";
import type {Rounding} from "../../../worker/inspections/rounding.js";
import {modelChoice} from "../model-choice.js";
import {pageAddress} from "../../../site.js";
import {layersFigure} from "./layers.js";
import type {AloneChange} from "./layers.js";
import {masksFigure} from "./masks.js";
import type {RoundedRuns} from "./masks.js";
import {BITS_NAMES, FORMAT, GRID_NAMES, PER_NAMES, asTrained, formatOf, quantisationTable} from "./state.js";
import {formatControls, lostChannels, weightsFigure} from "./weights.js";
import {modelUrl} from "../../../lab/model-list.js";

/** The network that one scale per tensor ruins, and its first depthwise layers: the very first does most of it. */
const RUINED = registeredModel("mobilenetv2-100-pascal");
const [FIRST, , THIRD] = kernelLayers(released(1)).flatMap(({op, name}) => (op === "depthwise" ? [name] : []));

const NAMES = {bits: BITS_NAMES, per: PER_NAMES, grid: GRID_NAMES};

/** Shares of a layer's channels, and of the mask, to predict. */
const LOST = [{text: "none", below: Number.MIN_VALUE}, {text: "less than half", below: 0.5}, {text: "half or more"}];
const CHANGED = [{text: "less than 1 %", below: 0.01}, {text: "1 to 10 %", below: 0.1}, {text: "more than 10 %"}];

/** The page about rounding weights to few bits. */
export function quantisationLesson({
  main,
  samples,
  models
}: {
  readonly main: HTMLElement;
  readonly samples: readonly Sample[];
  readonly models: readonly ListedModel[];
}) {
  const table = quantisationTable(models.map(({id}) => id));
  const page = lesson({main, table, samples, strip: ({model}) => modelUrl(model)});
  let rounding: Rounding | null = null;
  let roundedTo: ReturnType<typeof formatOf> | null = null;
  let runs: RoundedRuns | null = null;
  let alone: readonly AloneChange[] | null = null;

  const model = modelChoice(page, models);
  const isRuinedHere = models.some(({id}) => id === RUINED.id);
  const presets = page.presets([
    {
      label: "One scale per tensor",
      look: "The widest channel sets the step for all. Look how few steps the median channel is left.",
      state: {bits: 8, per: "tensor", grid: "int"}
    },
    {
      label: "One per channel",
      look: "Each channel has as many steps as any other: the line follows the bars, and the mask stands.",
      state: {bits: 8, per: "channel", grid: "int"}
    },
    {
      label: "4 bits, one scale",
      look: "Seven steps to either side of zero: most channels fall below the line, and hardly anything of the mask stands.",
      state: {bits: 4, per: "tensor", grid: "int"}
    },
    ...(isRuinedHere
      ? [
          {
            label: "The one that is ruined",
            look: "MobileNetV2 1.0 at 8 bits with one scale per tensor: its first depthwise layer alone has a channel that reaches 65, among others that reach 1.",
            state: {model: RUINED.id, bits: 8, per: "tensor", grid: "int", layer: FIRST!} as const
          },
          {
            label: "Zero off the grid",
            look: "Its weights lie on a grid already. On another, from smallest to largest, they all err to one side: look at the mean error.",
            state: {model: RUINED.id, bits: 8, per: "tensor", grid: "minmax", layer: THIRD!} as const
          }
        ]
      : [])
  ]);
  const missing = isRuinedHere
    ? []
    : [
        html`<p class="hint wide">MobileNetV2 1.0, which one scale per tensor ruins, is not on this site; add its file (<code>${RUINED.release[0]!.url.split("/").at(-1)!}</code>) on the page
          <a href=${pageAddress("/models")}>Models</a> to see it here.</p>`
      ];
  const weights = weightsFigure(page, [model.field, ...formatControls(page, NAMES)], [model.lacks, ...missing, presets]);
  const masks = masksFigure(page, {
    controls: formatControls(page, NAMES),
    onRuns(found) {
      runs = found;
      attempts.masks.refresh();
    }
  });
  const layers = layersFigure(page, (changes) => {
    alone = changes;
    attempts.layers.refresh();
  });

  page.compute({
    on: ["model", "layer", ...FORMAT],
    photo: true,
    work: (context) =>
      context.engine.inspect(context.photo, asTrained(context), "rounding", {format: formatOf(context.state), layer: context.state.layer}),
    show(found, {state}) {
      rounding = found;
      roundedTo = formatOf(state);
      weights.show(found);
      layers.show(found);
      attempts.weights.refresh();
      attempts.layers.refresh();
    }
  });

  const attempts = {
    weights: page.tryThis(
      [
        {
          ask: "Take 4 bits, with one scale per tensor. How many channels of this layer are lost?",
          guesses: LOST.map(({text}) => text),
          answer(state) {
            if (!rounding || state.bits !== 4 || state.per !== "tensor" || formatOf(state) !== roundedTo) return null;
            const {layer} = rounding;
            const lost = lostChannels(layer);
            return {
              right: rangeOf(lost / layer.channels, LOST),
              text: `${lost} of ${layer.channels}: of a lost one no weight reaches half a step.`
            };
          }
        }
      ],
      "bits"
    ),
    masks: page.tryThis(
      [
        {
          ask: "At 8 bits, give each channel its own scale. How much of the mask still changes?",
          guesses: CHANGED.map(({text}) => text),
          answer: (state) =>
            runs && formatOf(runs.state) === "int8-per-channel" && state.bits === 8
              ? {right: rangeOf(runs.changed, CHANGED), text: `${percent(runs.changed)} of the pixels.`}
              : null
        }
      ],
      "the mask"
    ),
    layers: page.tryThis(
      [
        {
          ask: "Round each depthwise layer alone. Is the one that harms the mask most the noisiest, too?",
          guesses: ["yes", "no"],
          answer() {
            const worst = alone?.toSorted((a, b) => b.changed - a.changed)[0];
            const noisiest = rounding && depthwiseFirst(rounding.layers).toSorted((a, b) => a.medianDecibels - b.medianDecibels)[0];
            if (!worst || !noisiest) return null;
            const isSame = noisiest.layer === worst.layer;
            return {
              right: isSame ? "yes" : "no",
              text: `${worst.layer} changes ${percent(worst.changed)} of the pixels; the noisiest is ${isSame ? "the same" : noisiest.layer}.`
            };
          }
        }
      ],
      "layer by layer"
    )
  };

  return {bar: page.bar, show: page.show, attempts, weights: weights.element, masks, layers: layers.element, dispose: page.dispose};
}
