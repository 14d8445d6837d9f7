import {expect, it} from "vitest";
import {ablationFigure} from "../../../components/tables/ablation-figure.js";

const ablations = {
  model: "nano",
  images: 44,
  inputSize: 513,
  outputStride: 16,
  runs: [
    {name: "As trained", meanIoU: 0.6, losses: []},
    {
      name: "Skip muted",
      meanIoU: 0.585,
      losses: [
        {name: "bicycle", change: -0.2},
        {name: "person", change: -0.031}
      ]
    },
    {name: "Image pooling muted", meanIoU: 0.605, losses: []}
  ]
};

it("shows the network as trained, then the parts asked for, with signed changes in points", () => {
  const figure = ablationFigure({title: "Without parts", ablations, names: ["Image pooling muted", "Skip muted"]});
  const rows = [...figure.querySelectorAll("tbody tr")].map((row) => [...row.children].map(({textContent}) => textContent));
  expect(rows).toEqual([
    ["As trained", "60.0 %", "", ""],
    ["Skip muted", "58.5 %", "−1.5", "bicycle −20.0, person −3.1"],
    ["Image pooling muted", "60.5 %", "+0.5", ""]
  ]);
  expect(figure.querySelector("figcaption")!.textContent).toContain(
    "nano on 44 labelled photos that it was not trained on, input 513, output stride 16"
  );
});
