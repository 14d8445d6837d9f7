import {percent} from "../../../components/classes/class-legend.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import {INPUT, LOGITS, stepNamed} from "../../../engine/plan.js";
import type {Plan, RunningUnit, Step} from "../../../engine/plan.js";
import {receptiveField} from "../../../engine/receptive-field.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import {operation} from "../../../lab/network-parts.js";
import {field, whole} from "../../../lab/quantities.js";
import type {Scores} from "./opened.js";
import type {NetworkState} from "./state.js";

/** A stop of the walk through the network. */
export interface WalkStop {
  readonly title: string;
  /** What is to be seen there. */
  readonly words: string;
  /** Where it is; of channels and cells the strongest, of scores those of the largest thing. */
  readonly layer: string;
  readonly zoom: NetworkState["zoom"];
}

/**
 * The walk from the photo to one score, through what the network of a plan has: every number in its words is the plan's, or of the scores.
 *
 * @param scores what the network said of the photo, where that is known
 */
export function walkThrough(plan: Plan, scores: Scores | null = null): WalkStop[] {
  return [...beginning(plan), ...backbone(plan), ...aspp(plan), ...decoder(plan), ...end(plan, scores)];
}

function beginning(plan: Plan): WalkStop[] {
  const first = plan.steps.find((step) => convolutionOf(step))!;
  const {kernel, stride} = convolutionOf(first)!;
  const read = stepNamed(plan, first.inputs[0]!).channels;
  const size = kernel.join(" × ");
  return [
    {
      title: "The photo",
      words: "Three maps: how red, green and blue each place is, from −1 to 1. Nothing is computed yet.",
      layer: INPUT,
      zoom: "layer"
    },
    {
      title: "The first layer",
      words: `${whole(first.channels)} kernels of ${size} × ${read} weights. Each is laid on every place of the photo, and what it gives is one map. ${strideInWords(stride)}`,
      layer: first.name,
      zoom: "layer"
    },
    {
      title: "One channel",
      words: "One kernel, one map: the answers to one question, asked at every place. The lighter a cell, the larger its value.",
      layer: first.name,
      zoom: "channel"
    },
    {
      title: "One cell",
      words: `${whole(kernel[0] * kernel[1] * read)} values under the kernel, each times its weight, together with a bias: that sum, through ${first.activation === "linear" ? "no activation" : "the activation"}, is what the tensor holds here. All that follows is made of such sums.`,
      layer: first.name,
      zoom: "cell"
    }
  ];
}

function backbone(plan: Plan): WalkStop[] {
  const {units, steps, features} = plan;
  const layersOf = (unit: RunningUnit) => layersBetween(plan, units[units.indexOf(unit) - 1]?.endPoint ?? INPUT, unit.endPoint);
  const most = Math.max(...units.map((unit) => layersOf(unit).length));
  const pattern = most > 1 ? units.find((unit) => layersOf(unit).length === most) : undefined;
  const turned = units.find(({stride, trainedStride}) => stride < trainedStride);
  const dilated = units.find(({rate}) => rate > 1);
  const {extent, jump} = receptiveField(steps, features);
  return [
    ...(pattern
      ? [
          {
            title: "A unit of the backbone",
            words: `One pattern, again and again: ${layersOf(pattern)
              .map((step) => `${operation(step)} to ${whole(step.channels)} channels`)
              .join(", then ")}. The backbone is ${units.length} units in a row: each sees a little more of the photo than the one before.`,
            layer: pattern.carrier,
            zoom: "network" as const
          }
        ]
      : []),
    ...(turned && dilated
      ? [
          {
            title: "A stride becomes a rate",
            words: `As it was trained, unit “${turned.name}” had stride ${turned.trainedStride} and made the map smaller. Here it has stride ${turned.stride} and keeps it; from “${dilated.name}” on kernels step over cells instead, at rate ${dilated.rate}. Weights and reach stay.`,
            layer: dilated.carrier,
            zoom: "network" as const
          }
        ]
      : []),
    {
      title: "What the backbone gives",
      words: `${whole(stepNamed(plan, features).channels)} maps. A step from cell to cell is ${jump} pixels of the photo, and a cell sees ${field(extent)} of it: fewer places than the photo has, and more about each.`,
      layer: features,
      zoom: "layer"
    }
  ];
}

function aspp(plan: Plan): WalkStop[] {
  const {branches, encoded} = plan;
  const widest = branches.filter(({rate}) => rate > 1).toSorted((a, b) => b.rate - a.rate)[0];
  const pooling = branches.find(({kind}) => kind === "image_pooling");
  const carrier = widest && carrierOf(plan, widest);
  return [
    {
      title: "ASPP",
      words: `${inWords(branches.length)} the same maps at once, each with a reach of its own.`,
      layer: branches[0]!.endPoint,
      zoom: "network"
    },
    ...(widest && carrier
      ? [
          {
            title: "The widest branch",
            words: `At rate ${widest.rate} the taps of a kernel are ${widest.rate} cells apart: it asks about a place and about what is far around it, with as many weights as at rate 1.`,
            layer: carrier,
            zoom: "cell" as const
          }
        ]
      : []),
    ...(pooling
      ? [
          {
            title: "Image pooling",
            words: "One value a channel for the whole photo: the mean over all places. Each place hears it.",
            layer: pooling.endPoint,
            zoom: "layer" as const
          }
        ]
      : []),
    ...(branches.some(({endPoint}) => endPoint === encoded)
      ? []
      : [
          {
            title: "What ASPP gives",
            words: `What the branches say is joined and mixed: ${whole(stepNamed(plan, encoded).channels)} maps, as coarse as the backbone's.`,
            layer: encoded,
            zoom: "layer" as const
          }
        ])
  ];
}

function decoder(plan: Plan): WalkStop[] {
  return plan.skips.flatMap(({from, endPoint, joined, convolutions}) => {
    const finer = Math.round(stepNamed(plan, from).width / plan.featureWidth);
    const last = convolutions.at(-1) ?? joined;
    return [
      {
        title: "The skip",
        words: `An early map of the backbone comes back, ${whole(stepNamed(plan, endPoint).channels)} channels of it: about ${finer} times as fine as what ASPP gives, and it knows less of what is where.`,
        layer: endPoint,
        zoom: "layer" as const
      },
      {
        title: "The decoder",
        words: `ASPP's maps, enlarged, and the skip's: ${whole(stepNamed(plan, joined).channels)} channels side by side${convolutions.length > 0 ? `, mixed into ${whole(stepNamed(plan, last).channels)}` : ""}. What is where meets where exactly it ends.`,
        layer: last,
        zoom: "layer" as const
      }
    ];
  });
}

function end(plan: Plan, scores: Scores | null): WalkStop[] {
  const {channels} = stepNamed(plan, LOGITS);
  return [
    {
      title: "The scores",
      words: `${whole(channels)} maps, one a class: how much speaks for it at each place.`,
      layer: LOGITS,
      zoom: "layer"
    },
    {
      title: "One score",
      words: `${scores ? lookedAt(scores) : "One class's score at one cell."} What each channel adds to it, and what share softmax makes of it among the others. At every place the class with the largest score wins; that, enlarged to the photo, is the mask.`,
      layer: LOGITS,
      zoom: "cell"
    }
  ];
}

/** Which cell the walk ends at, and why. */
function lookedAt({classes, thing}: Scores): string {
  const name = classes[thing.id]!;
  const where = "this is the cell where its score is largest.";
  if (name === BACKGROUND) return `All of the picture is background for this network; ${where}`;
  const most = `${name} takes most of the picture: ${percent(thing.share)} of the cells; ${where}`;
  return classes.includes(BACKGROUND) ? `Besides background, ${most}` : `${most[0]!.toUpperCase()}${most.slice(1)}`;
}

function strideInWords(stride: number): string {
  return stride === 1 ? "" : `It moves ${stride} cells at a time, so the map has fewer.`;
}

function inWords(branches: number): string {
  return branches === 1 ? "One branch reads" : `${branches} branches read`;
}

/** The convolutions from behind one end point up to another. */
function layersBetween({steps}: Plan, before: string, last: string): Step[] {
  const place = (name: string) => steps.findIndex((step) => step.name === name);
  return steps.slice(place(before) + 1, place(last) + 1).filter((step) => convolutionOf(step));
}

/** The end point of the layer that carries a branch's rate. */
function carrierOf(plan: Plan, {endPoint, rate}: Plan["branches"][number]): string | null {
  let step = stepNamed(plan, endPoint);
  while (convolutionOf(step)?.rate !== rate) {
    if (step.inputs.length !== 1) return null;
    step = stepNamed(plan, step.inputs[0]!);
  }
  return step.name;
}
