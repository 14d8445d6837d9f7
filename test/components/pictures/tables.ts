import {ablationFigure} from "../../../src/components/tables/ablation-figure.js";
import type {Ablations} from "../../../src/components/tables/ablation-figure.js";
import {asTable} from "../../../src/components/tables/as-table.js";
import {modelTable} from "../../../src/components/tables/model-table.js";
import {paperTable} from "../../../src/components/tables/paper-table.js";
import {readouts} from "../../../src/components/tables/readouts.js";
import {roundingFigure} from "../../../src/components/tables/rounding-figure.js";
import {runFacts} from "../../../src/components/tables/run-facts.js";
import {runsTable} from "../../../src/components/tables/runs-table.js";
import {strideTable} from "../../../src/components/tables/stride-table.js";
import {tapSum} from "../../../src/components/tables/tap-sum.js";
import {shown} from "./some.js";

/** A model measured as trained, and perhaps with rounded weights. */
function roundedModel(...[trained, rounded]: [trained: number, rounded?: number]): Ablations {
  const runs = [
    {name: "As trained", meanIoU: trained, losses: []},
    ...(rounded === undefined ? [] : [{name: "int8-per-tensor", meanIoU: rounded, losses: []}])
  ];
  return {model: "m", images: 44, inputSize: 513, outputStride: 16, runs};
}

export const tables = {
  "ablation-figure": () =>
    ablationFigure({
      title: "What the parts are worth",
      ablations: {
        model: "nano",
        images: 44,
        inputSize: 257,
        outputStride: 16,
        runs: [
          {name: "as trained", meanIoU: 0.451, losses: []},
          {name: "without the skip", meanIoU: 0.402, losses: [{name: "bird", change: -0.1}]},
          {name: "not shown", meanIoU: 0.3, losses: []}
        ]
      },
      names: ["without the skip"]
    }),

  "model-table": () =>
    modelTable([
      {title: "nano", bytes: 2_840_000, license: "Apache-2.0", measured: "45.1 % mIoU", lacks: ""},
      {title: "MobileNetV2 0.5", bytes: 2_830_000, license: "Apache-2.0", measured: "", lacks: "No decoder."}
    ]),

  "paper-table": () =>
    paperTable(
      {
        title: "What a paper measured",
        columns: ["Rates", "mIoU"],
        rows: [
          ["6, 12, 18", "76.58 %"],
          ["6, 12, 18, 24", "76.46 %"]
        ],
        measured: "mIoU of a network",
        from: {
          source: {authors: "Somebody", title: "A paper", where: "2017 (its name)", url: "https://example.org/abs/1"},
          place: "table 1"
        }
      },
      "One rate more is not better."
    ),

  "as-table": () => asTable(document.createTextNode("rows and columns")),

  readouts: () =>
    shown(
      readouts(["Feature size", "Multiply-adds"], (name) => name.toLowerCase()),
      (view) => view.update({"Feature size": "33 × 33"})
    ),

  "rounding-figure": () =>
    roundingFigure({
      title: "What rounding costs",
      models: [
        {title: "one", measured: roundedModel(0.575, 0.537)},
        {title: "another", measured: roundedModel(0.645)}
      ],
      formats: {"As trained": "32-bit floats", "int8-per-tensor": "8 bits"}
    }),

  "run-facts": () =>
    shown(runFacts({title: "This run"}), (view) =>
      view.update([
        ["Input", "513 × 385"],
        ["Network", "120 ms"]
      ])
    ),

  "runs-table": () =>
    shown(runsTable(), (view) =>
      view.update([
        ["Model", "nano", "nano"],
        ["Output stride", "16", "8"]
      ])
    ),

  "stride-table": () =>
    shown(strideTable({label: "Strides and rates"}), (view) =>
      view.update([
        {name: "block 6", trainingStride: 2, stride: 2, rate: 1, size: "33 × 33", change: ""},
        {name: "block 13", trainingStride: 2, stride: 1, rate: 2, size: "33 × 33", change: "stride 1, rate 2"}
      ])
    ),

  "tap-sum": () =>
    shown(tapSum(), (view) =>
      view.update(
        [
          {input: 0.5, weight: 2, inside: true},
          {input: 9, weight: 9, inside: false},
          {input: 1, weight: -3, inside: true}
        ],
        3,
        -2
      )
    )
};
