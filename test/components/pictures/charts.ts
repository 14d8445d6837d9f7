import {bandFigure} from "../../../src/components/charts/band-figure.js";
import {cellRuler} from "../../../src/components/charts/cell-ruler.js";
import {channelRanges} from "../../../src/components/charts/channel-ranges.js";
import {contributionPair} from "../../../src/components/charts/contribution-pair.js";
import {costBars} from "../../../src/components/charts/cost-bars.js";
import {layerNoise} from "../../../src/components/charts/layer-noise.js";
import {lineChart} from "../../../src/components/charts/line-chart.js";
import {rateCurve} from "../../../src/components/charts/rate-curve.js";
import {roundingHistogram} from "../../../src/components/charts/rounding-histogram.js";
import {shareChart} from "../../../src/components/charts/share-chart.js";
import {signalFigure} from "../../../src/components/charts/signal-figure.js";
import {signedBars} from "../../../src/components/charts/signed-bars.js";
import {sizedDrawing} from "../../../src/components/charts/sized-drawing.js";
import {spreadRows} from "../../../src/components/charts/spread-rows.js";
import {stageSquares} from "../../../src/components/charts/stage-squares.js";
import {timeChart} from "../../../src/components/charts/time-chart.js";
import {unitChart} from "../../../src/components/charts/unit-chart.js";
import {nothing, shown} from "./some.js";

const BANDS = {
  model: "nano",
  images: 44,
  inputSize: 513,
  outputStride: 16,
  runs: [
    {
      name: "whole",
      meanIoU: 0.6,
      losses: [],
      bands: [
        {width: 1, meanIoU: 0.4},
        {width: 5, meanIoU: 0.5}
      ],
      boundaryIoU: 0.45
    },
    {
      name: "at once",
      meanIoU: 0.59,
      losses: [],
      bands: [
        {width: 1, meanIoU: 0.35},
        {width: 5, meanIoU: 0.48}
      ],
      boundaryIoU: 0.41
    }
  ]
};

export const charts = {
  "band-figure": () =>
    bandFigure({
      title: "Along outlines",
      ablations: BANDS,
      curves: [
        {run: "whole", colour: "var(--concept-decoder)"},
        {run: "at once", colour: "var(--rate-12)", dashes: "9 5"}
      ],
      from: {source: {authors: "Somebody", title: "A paper", where: "2018 (its name)", url: "https://example.org/abs/2"}, place: "table 2"},
      others: [{name: "the paper's", narrowest: 0.048, whole: 0.0164}],
      notes: "Of the paper only what it states."
    }),

  "channel-ranges": () =>
    shown(channelRanges({label: "Reach of each channel"}), (view) =>
      view.update({reach: [12.7, 1, 0.12, 0.04, 0], steps: [0.1, 0.1, 0.1, 0.1, 0.1], marked: 2})
    ),

  "cell-ruler": () =>
    shown(cellRuler({label: "Cells along the side"}), (view) =>
      view.update(17, [
        {name: "Stride 4", text: "5 cells", first: 0, step: 4, cells: 5},
        {name: "Stride 8", text: "3 cells", first: 0, step: 8, cells: 3}
      ])
    ),

  "contribution-pair": () =>
    shown(contributionPair(), (view) =>
      view.update({
        first: {title: "Towards cat", logit: 1.5},
        second: {title: "Towards dog", logit: -1},
        parts: [
          {name: "1 × 1", colour: "var(--rate-1)", first: 2, second: -4},
          {name: "biases", colour: "var(--concept-cost)", first: -0.5, second: 3}
        ]
      })
    ),

  "cost-bars": () =>
    shown(costBars({label: "Multiply-adds"}), (view) =>
      view.update([
        {name: "standard", value: 4, text: "4 G"},
        {name: "separable", value: 0.5, text: "0.5 G", colour: "var(--concept-output)"}
      ])
    ),

  "line-chart": () =>
    shown(lineChart({label: "Rates", xTitle: "width"}), (view) =>
      view.update([
        {
          name: "solid",
          colour: "var(--concept-decoder)",
          points: [
            {x: 1, y: 0.3},
            {x: 3, y: 0.45},
            {x: 20, y: 0.6}
          ]
        },
        {
          name: "dashed",
          colour: "var(--ink)",
          dashes: "2 5",
          points: [
            {x: 1, y: 0.25},
            {x: 3, y: 0.4},
            {x: 20, y: 0.58}
          ]
        }
      ])
    ),

  "share-chart": () =>
    shown(shareChart({label: "Taps inside the map", xTitle: "rate"}), (view) =>
      view.update(
        [
          {name: "9 taps", colour: "var(--rate-18)", shares: [1, 0.6, 0.25]},
          {name: "fewer", colour: "var(--rate-6)", shares: [0, 0.3, 0.35]},
          {name: "1 tap", colour: "var(--rate-1)", shares: [0, 0.1, 0.4]}
        ],
        2
      )
    ),

  "signal-figure": () =>
    shown(signalFigure({label: "A signal and its convolution", onChoose: nothing}), (view) =>
      view.update({
        input: [0, 0.2, 1, 0.4, 0.1, 0.8, 0],
        output: [0.3, -0.6, 0.2],
        weights: [1, -2, 1],
        taps: [1, 3, 5],
        chosen: 1,
        place: (output) => 2 * output + 1
      })
    ),

  "signed-bars": () =>
    shown(signedBars({label: "Contributions"}), (view) =>
      view.update(
        [
          {name: "1 × 1", value: 2, colour: "var(--rate-1)"},
          {name: "rate 6", value: -1, colour: "var(--rate-6)"}
        ],
        2
      )
    ),

  "stage-squares": () =>
    shown(stageSquares({label: "Sizes of maps"}), (view) =>
      view.update(
        [
          {name: "a", cells: 33, stride: 2, rate: 1, changed: false},
          {name: "b", cells: 33, stride: 1, rate: 2, changed: true}
        ],
        66
      )
    ),

  "time-chart": () =>
    shown(
      timeChart({
        label: "Stages",
        span: 4000,
        colours: ["var(--stage-upload)", "var(--stage-network)"],
        text: (value) => `${value.toFixed(1)} ms`,
        least: 10
      }),
      (view) =>
        view.update(
          [
            {at: 1000, values: [2, 30]},
            {at: 2000, values: [3, 34]},
            {at: 4000, values: [2, 22]}
          ],
          5000,
          "now"
        )
    ),

  "layer-noise": () =>
    shown(layerNoise({label: "Signal to noise", onLayer: nothing}), (view) =>
      view.update({
        layers: [
          {name: "conv", decibels: 35.52, isDepthwise: false},
          {name: "depthwise", decibels: 14.4, isDepthwise: true},
          {name: "exact", decibels: Infinity, isDepthwise: false}
        ],
        marked: "depthwise"
      })
    ),

  "unit-chart": () =>
    shown(unitChart({label: "Units"}), (view) =>
      view.update([
        {name: "conv", side: 129, trainedStride: 2, stride: 2, rate: 1, skip: false},
        {name: "block_01", side: 65, trainedStride: 2, stride: 2, rate: 1, skip: true},
        {name: "block_02", side: 65, trainedStride: 2, stride: 1, rate: 1, skip: false},
        {name: "block_03", side: 65, trainedStride: 1, stride: 1, rate: 2, skip: true}
      ])
    ),

  "rate-curve": () =>
    shown(rateCurve({label: "Loss by rate", onRate: nothing}), (view) =>
      view.update({
        before: 0.5,
        after: [
          {rate: 1e-3, loss: 0.4},
          {rate: 1e-2, loss: 0.1},
          {rate: 1e-1, loss: Infinity}
        ],
        chosen: 1
      })
    ),

  "rounding-histogram": () =>
    shown(roundingHistogram({label: "Before and after", xTitle: "weight"}), (view) =>
      view.update({first: -1, width: 0.5, before: [0.1, 0.2, 0.3, 0.2, 0.1], after: [0, 0, 0.8, 0, 0.1]})
    ),

  "spread-rows": () =>
    shown(spreadRows({label: "Means of batches", xTitle: "deviations", rows: 2}), (view) =>
      view.update({
        rows: [
          {name: "batches of 1", colour: "var(--rate-6)", values: Float32Array.from([-3, -1, 0, 1, 1])},
          {name: "batches of 4", colour: "var(--rate-12)", values: Float32Array.from([0, 0.5])}
        ],
        ideal: 0,
        idealName: "running",
        from: -2,
        to: 2
      })
    ),

  "sized-drawing": () =>
    shown(
      sizedDrawing<string>({
        label: "A drawing",
        height: 40,
        draw: (text, width) => ({nodes: [document.createTextNode(`${text} ${width}`)], spoken: "It says so.", legend: []})
      }),
      (view) => view.update("for")
    )
};
